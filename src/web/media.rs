//! Where browsers find pictures of the goods, and those of the demo shop, which are in the binary.
//!
//! All have names like `mug-clay-3f2a9c1b-320.webp`: what it shows, a hash of the content, the width.

include!(concat!(env!("OUT_DIR"), "/media.rs"));

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

/// A file of the demo shop's pictures.
pub fn find_demo_file(file: &str) -> Option<&'static [u8]> {
    let at = DEMO_FILES.binary_search_by(|(name, _)| (*name).cmp(file)).ok()?;
    DEMO_FILES.get(at).map(|(_, bytes)| *bytes)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

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
}
