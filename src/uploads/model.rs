//! What may be wrong with a file.

/// Why a file is not taken: the shopper can do something about each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadMistake {
    /// No file was chosen, or an empty one.
    Missing,
    /// It has more bytes than we take.
    TooLarge,
    /// A photograph as iPhones keep it.
    Heic,
    Avif,
    /// It is no picture that we read.
    NotAPicture,
    /// It is wider, higher or larger than we decode.
    TooManyPixels,
    /// It is damaged.
    Unreadable,
}

impl UploadMistake {
    /// The message in `locales/`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Missing => "upload-missing",
            Self::TooLarge => "upload-too-large",
            Self::Heic => "upload-heic",
            Self::Avif => "upload-avif",
            Self::NotAPicture => "upload-not-a-picture",
            Self::TooManyPixels => "upload-too-many-pixels",
            Self::Unreadable => "upload-unreadable",
        }
    }
}
