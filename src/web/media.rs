//! Pictures of the goods: what a merchant uploads lies in the data folder, the demo shop's pictures are in the binary.
//!
//! Both have names like `mug-clay-3f2a9c1b-320.webp`: what it shows, a hash of the content, the width. The content behind
//! a name never changes, so a browser keeps it for a year.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::{self, Bytes, Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};
use std::io;
use std::path::PathBuf;

use super::assets::{FOREVER, not_found};

include!(concat!(env!("OUT_DIR"), "/media.rs"));

/// The folder of uploaded pictures.
#[derive(Clone, Debug)]
pub struct MediaDir(pub PathBuf);

/// A picture of the demo shop.
#[derive(Debug)]
pub struct DemoImage {
    /// What `demo/catalog.json` calls it: `mug-clay`
    pub stem: &'static str,
    /// Its name with the hash, to which a width is added: `mug-clay-3f2a9c1b`
    pub name: &'static str,
    /// Pixels of the largest rendition
    pub width: u16,
    /// Pixels of the largest rendition
    pub height: u16,
    /// Pixels of all renditions, the smallest first
    pub widths: &'static [u16],
}

/// All pictures of the demo shop, by stem.
pub fn demo_images() -> impl Iterator<Item = &'static DemoImage> {
    DEMO_IMAGES.iter()
}

/// The picture that `demo/catalog.json` means by `stem`.
pub fn find_demo_image(stem: &str) -> Option<&'static DemoImage> {
    let at = DEMO_IMAGES.binary_search_by(|image| image.stem.cmp(stem)).ok()?;
    DEMO_IMAGES.get(at)
}

/// Where browsers find a picture: `/media/mug-clay-3f2a9c1b-320.webp`
pub fn url(name: &str, width: u16) -> String {
    format!("/media/{name}-{width}.webp")
}

/// All renditions for an `<img srcset>`: `/media/mug-clay-3f2a9c1b-160.webp 160w, …`
pub fn srcset(name: &str, widths: &[u16]) -> String {
    let candidates: Vec<String> =
        widths.iter().map(|width| format!("{} {width}w", url(name, *width))).collect();
    candidates.join(", ")
}

/// `GET /media/{file}`
///
/// Looks into the binary first: that costs nothing, and a name means the same content wherever it lies.
pub async fn show(dir: Data<MediaDir>, file: Path<String>) -> HttpResponse {
    let file = file.into_inner();
    let Some(content_type) = content_type(&file) else {
        return not_found();
    };
    if let Some(bytes) = find_demo_file(&file) {
        return picture(content_type).body(Bytes::from_static(bytes));
    }
    let path = dir.0.join(&file);
    match web::block(move || std::fs::read(path)).await {
        Ok(Ok(bytes)) => picture(content_type).body(bytes),
        Ok(Err(error)) if error.kind() == io::ErrorKind::NotFound => not_found(),
        Ok(Err(error)) => unreadable(&file, &error),
        Err(error) => unreadable(&file, &error),
    }
}

/// The type that a picture's name promises. `None` for a name that no picture has: only small letters, digits, `-`, `_` and
/// one dot before a known ending, so that nothing leads out of the folder.
fn content_type(file: &str) -> Option<&'static str> {
    let (stem, ending) = file.split_once('.')?;
    let is_plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-' || c == b'_';
    if stem.is_empty() || file.len() > 200 || !stem.bytes().all(is_plain) {
        return None;
    }
    match ending {
        "webp" => Some("image/webp"),
        "avif" => Some("image/avif"),
        "jpg" | "jpeg" => Some("image/jpeg"),
        "png" => Some("image/png"),
        _ => None,
    }
}

fn find_demo_file(file: &str) -> Option<&'static [u8]> {
    let at = DEMO_FILES.binary_search_by(|(name, _)| (*name).cmp(file)).ok()?;
    DEMO_FILES.get(at).map(|(_, bytes)| *bytes)
}

fn picture(content_type: &'static str) -> HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    answer.content_type(content_type).insert_header((CACHE_CONTROL, FOREVER));
    answer
}

fn unreadable(file: &str, error: &dyn std::fmt::Display) -> HttpResponse {
    tracing::error!(file, %error, "a picture could not be read");
    HttpResponse::InternalServerError().finish()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use actix_web::body::MessageBody;
    use actix_web::http::StatusCode;

    async fn get(dir: &std::path::Path, file: &str) -> HttpResponse {
        show(Data::new(MediaDir(dir.to_owned())), Path::from(file.to_owned())).await
    }

    #[test]
    fn the_demo_pictures_can_be_found() {
        assert!(DEMO_IMAGES.is_sorted_by_key(|image| image.stem));
        assert!(DEMO_FILES.is_sorted_by_key(|(file, _)| *file));
        let mug = find_demo_image("mug-clay").unwrap();
        assert_eq!((mug.width, mug.height, mug.widths), (640, 800, &[160, 320, 480, 640][..]));
        assert!(find_demo_image("mug-pink").is_none());
    }

    #[test]
    fn every_demo_picture_has_all_its_renditions() {
        for image in demo_images() {
            assert_eq!(image.widths.last(), Some(&image.width));
            for width in image.widths {
                assert!(find_demo_file(&format!("{}-{width}.webp", image.name)).is_some());
            }
        }
    }

    #[test]
    fn a_srcset_lists_every_width() {
        assert_eq!(
            srcset("mug", &[160, 320]),
            "/media/mug-160.webp 160w, /media/mug-320.webp 320w"
        );
    }

    #[actix_web::test]
    async fn a_demo_picture_comes_from_the_binary() {
        let mug = find_demo_image("mug-clay").unwrap();
        let answer = get(std::path::Path::new("/nowhere"), &format!("{}-320.webp", mug.name)).await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers().get("content-type").unwrap(), "image/webp");
        assert_eq!(answer.headers().get("cache-control").unwrap(), FOREVER);
    }

    #[actix_web::test]
    async fn an_uploaded_picture_comes_from_the_folder() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("cup-12345678-320.webp"), "cup").unwrap();
        let answer = get(dir.path(), "cup-12345678-320.webp").await;
        assert_eq!(answer.into_body().try_into_bytes().unwrap(), "cup");
    }

    #[actix_web::test]
    async fn nothing_leads_out_of_the_folder() {
        let dir = tempfile::tempdir().unwrap();
        let media = dir.path().join("media");
        std::fs::create_dir(&media).unwrap();
        std::fs::write(dir.path().join("secret.webp"), "secret").unwrap();
        for file in [
            "../secret.webp",
            "..%2fsecret.webp",
            "..\\secret.webp",
            "/etc/passwd",
            ".webp",
            "..",
            "a..webp",
            "a.b.webp",
            "shop.db",
            "",
        ] {
            assert_eq!(get(&media, file).await.status(), StatusCode::NOT_FOUND, "{file}");
        }
    }
}
