//! What a picture is, and what may be wrong with one.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

use crate::ids::MediaId;
use crate::jobs::{Kind, Queue};
use crate::language::LocalText;
use crate::uploads::{Head, UploadMistake};
use crate::web::Picture;

/// A job about the [`MediaId`] of a picture: makes it in its widths.
pub(super) const MAKE: Kind = Kind { queue: Queue::Pictures, name: "pictures.make" };
/// How many pictures a product has at most.
pub const MOST_PICTURES: usize = 40;
/// In pixels: what the pages ask for, on a screen of two pixels a point too, and a large one to look
/// at closely.
const WIDTHS: [u32; 7] = [160, 320, 480, 640, 960, 1_280, 1_920];
/// The folder of what was uploaded.
pub(super) const ORIGINALS: &str = "originals";
/// Of the part of a name that says what a picture shows.
const LONGEST_STEM: usize = 40;

/// How far a picture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Its widths are being made.
    Waiting,
    Ready,
    /// It could not be made: its file is damaged.
    Failed,
}

impl Status {
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Ready => "ready",
            Self::Failed => "failed",
        }
    }

    pub(super) fn parse(code: &str) -> Self {
        match code {
            "waiting" => Self::Waiting,
            "failed" => Self::Failed,
            _ => Self::Ready,
        }
    }
}

/// Why a picture is not taken: the merchant can do something about each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureMistake {
    Upload(UploadMistake),
    /// The product shows this very picture.
    AlreadyThere,
    /// The product has [`MOST_PICTURES`].
    TooMany,
}

impl PictureMistake {
    /// The message in `locales/`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Upload(UploadMistake::Missing) => "picture-missing",
            Self::Upload(UploadMistake::TooLarge) => "picture-too-large",
            Self::Upload(UploadMistake::Heic) => "picture-heic",
            Self::Upload(UploadMistake::Avif) => "picture-avif",
            Self::Upload(UploadMistake::NotAPicture) => "picture-not-a-picture",
            Self::Upload(UploadMistake::TooManyPixels) => "picture-too-many-pixels",
            Self::Upload(UploadMistake::Unreadable) => "picture-unreadable",
            Self::AlreadyThere => "picture-already-there",
            Self::TooMany => "picture-too-many",
        }
    }
}

/// A picture that lies ready in its widths, in the binary.
pub struct NewPicture<'a> {
    pub name: &'a str,
    pub width: i64,
    pub height: i64,
    /// Ascending, separated by commas.
    pub widths: String,
    pub alt: &'a LocalText,
}

/// What it shows, by the code of the language.
pub type Words = BTreeMap<String, String>;

/// A picture of a product, as staff see it.
#[derive(Debug, Clone)]
pub struct PictureRow {
    pub id: MediaId,
    pub status: Status,
    pub picture: Picture,
    pub words: Words,
}

/// A picture that was uploaded, as the job finds it.
#[derive(Debug, Clone, Queryable)]
pub(super) struct Uploaded {
    pub id: MediaId,
    pub name: String,
    /// The name of its file.
    pub original: String,
    pub status: String,
    pub widths: String,
    /// Of the largest rendition.
    pub width: i64,
    pub height: i64,
}

impl Uploaded {
    /// All its files: the renditions first, as nothing can make them again without the original.
    pub fn files(&self) -> Vec<String> {
        let width = u32::try_from(self.width).unwrap_or(0);
        let renditions = widths_of(width).into_iter().map(|width| rendition(&self.name, width));
        renditions.chain([self.original.clone()]).collect()
    }
}

/// A file that was sent and that we can read, before it is kept.
#[derive(Debug, Clone)]
pub(super) struct Arrival {
    pub name: String,
    pub original: String,
    /// SHA-256 of the file, in hex.
    pub hash: String,
    pub width: u32,
    pub height: u32,
}

impl Arrival {
    /// Its name has what the file was called, and a hash of the content, whose it is and the instant:
    /// the same file sent again is another picture, so that no name ever stands for a file that is
    /// being removed.
    pub fn new((bytes, called): (&[u8], &str), head: Head, of: &str, now: NaiveDateTime) -> Self {
        let hash = hex(&Sha256::digest(bytes));
        let mark = hex(&Sha256::digest(format!("{hash} {of} {now}")));
        let name = format!("{}-{}", stem(called), &mark[..16]);
        let ending = head.format.extensions_str().first().unwrap_or(&"picture");
        let (width, height) = largest(head.width, head.height);
        Self { original: format!("{ORIGINALS}/{name}.{ending}"), name, hash, width, height }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `IMG 2041 (Cangkir).JPG` becomes `img-2041-cangkir`.
fn stem(called: &str) -> String {
    let called = called.rsplit(['/', '\\']).next().unwrap_or_default();
    let called = called.rsplit_once('.').map_or(called, |(stem, _)| stem);
    let plain = deunicode::deunicode(called).to_ascii_lowercase();
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut stem = words.collect::<Vec<_>>().join("-");
    stem.truncate(LONGEST_STEM);
    match stem.trim_end_matches('-') {
        "" => "picture".to_owned(),
        stem => stem.to_owned(),
    }
}

/// The name of the file of a width.
pub(super) fn rendition(name: &str, width: u32) -> String {
    format!("{name}-{width}.webp")
}

/// The size of the largest rendition.
pub(super) fn largest(width: u32, height: u32) -> (u32, u32) {
    let most = WIDTHS[WIDTHS.len() - 1];
    if width <= most { (width, height) } else { (most, height_at(most, (width, height))) }
}

/// The height at another width, rounded, at least a pixel.
pub(super) fn height_at(new: u32, (width, height): (u32, u32)) -> u32 {
    let (new, width, height) = (u64::from(new), u64::from(width.max(1)), u64::from(height));
    u32::try_from((2 * new * height + width) / (2 * width)).unwrap_or(u32::MAX).max(1)
}

/// The widths that are made of a picture whose largest rendition is so wide.
pub(super) fn widths_of(largest: u32) -> Vec<u32> {
    WIDTHS.into_iter().filter(|width| *width < largest).chain([largest]).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use image::ImageFormat;

    #[test]
    fn a_picture_is_made_in_the_widths_that_it_is_large_enough_for() {
        assert_eq!(widths_of(1_920), [160, 320, 480, 640, 960, 1_280, 1_920]);
        assert_eq!(widths_of(640), [160, 320, 480, 640]);
        assert_eq!(widths_of(500), [160, 320, 480, 500]);
        assert_eq!(widths_of(1), [1]);
    }

    #[test]
    fn no_picture_is_made_larger_and_none_is_bent() {
        assert_eq!(largest(5_472, 3_648), (1_920, 1_280));
        assert_eq!(largest(400, 12_000), (400, 12_000));
        assert_eq!(largest(12_000, 1), (1_920, 1));
        assert_eq!(height_at(160, (640, 801)), 200);
    }

    #[test]
    fn a_file_is_named_by_what_it_was_called_and_by_its_content() {
        for (called, stem_of_it) in [
            ("IMG 2041 (Cangkir).JPG", "img-2041-cangkir"),
            ("C:\\photos\\Küche.png", "kuche"),
            ("../../etc/passwd", "passwd"),
            ("写真.webp", "xie-zhen"),
            ("", "picture"),
            (".jpg", "picture"),
        ] {
            assert_eq!(stem(called), stem_of_it, "{called}");
        }
        assert_eq!(stem(&"abc ".repeat(50)).len(), 39, "cut, and no dash at its end");
    }

    #[test]
    fn the_same_file_sent_again_has_another_name() {
        let head = Head { format: ImageFormat::Jpeg, width: 10, height: 10 };
        let at = |second| NaiveDateTime::default() + chrono::TimeDelta::seconds(second);
        let named = |at| Arrival::new((b"x", "mug.jpg"), head, "1", at);
        let (first, second) = (named(at(0)), named(at(1)));
        assert_eq!(first.hash, second.hash);
        assert_ne!(first.name, second.name);
        assert!(first.original.starts_with("originals/mug-") && first.original.ends_with(".jpg"));
    }
}
