//! `GET /media/{file}`: a picture in one of its widths.
//!
//! The content behind a name never changes, so a browser keeps it for a year and a proxy may, too.

use actix_web::http::header::{CACHE_CONTROL, ETAG, EntityTag, Header, IfNoneMatch};
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};

use crate::error::Result;
use crate::web::{Shop, assets, media};

pub async fn show(
    shop: Data<Shop>,
    request: HttpRequest,
    file: Path<String>,
) -> Result<HttpResponse> {
    let Some(content_type) = content_type(&file) else { return Ok(assets::not_found()) };
    let tag = EntityTag::new_strong(file.clone());
    if is_known(&request, &tag) {
        return Ok(forever(HttpResponse::NotModified(), tag).finish());
    }
    match find(&shop, &file).await? {
        Some(bytes) => Ok(forever(HttpResponse::Ok(), tag).content_type(content_type).body(bytes)),
        None => Ok(assets::not_found()),
    }
}

/// Whoever knows the name's tag has been given its content, for good.
fn is_known(request: &HttpRequest, tag: &EntityTag) -> bool {
    match IfNoneMatch::parse(request) {
        Ok(IfNoneMatch::Items(tags)) => tags.iter().any(|known| known.weak_eq(tag)),
        _ => false,
    }
}

fn forever(mut answer: HttpResponseBuilder, tag: EntityTag) -> HttpResponseBuilder {
    answer.insert_header((CACHE_CONTROL, assets::FOREVER)).insert_header((ETAG, tag));
    answer
}

/// Looks into the binary first: that costs nothing, and a name means the same content wherever it lies.
async fn find(shop: &Shop, file: &str) -> Result<Option<Bytes>> {
    match media::find_demo_file(file) {
        Some(bytes) => Ok(Some(Bytes::from_static(bytes))),
        None => shop.files.find(file).await,
    }
}

/// The type that a picture's name promises. `None` for a name that no picture has: only small letters,
/// digits, `-`, `_` and one dot before the ending, so that nothing leads out of the folder or to what
/// was uploaded.
fn content_type(file: &str) -> Option<&'static str> {
    let (stem, ending) = file.split_once('.')?;
    let is_plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-' || c == b'_';
    let is_name = !stem.is_empty() && file.len() <= 200 && stem.bytes().all(is_plain);
    match ending {
        "webp" if is_name => Some("image/webp"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::content_type;

    #[test]
    fn nothing_but_a_picture_has_a_type() {
        assert_eq!(content_type("cup-12345678-320.webp"), Some("image/webp"));
        for file in [
            "../secret.webp",
            "..%2fsecret.webp",
            "..\\secret.webp",
            "originals/cup-12345678.webp",
            "/etc/passwd",
            ".webp",
            "..",
            "a..webp",
            "a.b.webp",
            "shop.db",
            "cup.jpg",
            "",
        ] {
            assert_eq!(content_type(file), None, "{file}");
        }
    }
}
