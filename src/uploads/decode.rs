//! Reads a picture within limits: its header first, so that what is too large is never decoded.

use actix_web::web;
use image::metadata::Orientation;
use image::{
    DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, guess_format,
};
use std::io::Cursor;
use tokio::sync::Semaphore;

use super::model::UploadMistake;
use crate::error::{Error, Result};

/// Pixels.
const MOST_SIDE: u32 = 12_000;
/// What a decoder may take of the memory.
const MOST_DECODED_BYTES: u64 = 256 << 20;

/// A picture takes hundreds of megabytes while it is decoded.
static TURNS: Semaphore = Semaphore::const_new(2);

/// What somebody may send.
#[derive(Debug, Clone, Copy)]
pub struct Readable {
    pub formats: &'static [ImageFormat],
    pub most_pixels: u64,
}

/// What the header of a picture says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    pub format: ImageFormat,
    /// Of the picture as it is meant to be seen.
    pub width: u32,
    pub height: u32,
}

/// A picture as its file holds it.
pub struct Decoded {
    pub picture: DynamicImage,
    /// How it has to be turned.
    pub orientation: Orientation,
    /// What its colours mean (ICC), unless they are those of any screen.
    pub colours: Option<Vec<u8>>,
}

/// Runs what decodes a picture when it is its turn: two at once. `None` when it panicked: then it has
/// met what it cannot read.
pub async fn in_turn<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<Option<T>> {
    let _turn = TURNS.acquire().await.map_err(|error| Error::internal(error.to_string()))?;
    Ok(web::block(work).await.ok())
}

/// Reads the header alone.
pub fn read_head(bytes: &[u8], readable: Readable) -> Result<Head, UploadMistake> {
    let (format, mut decoder) = open(bytes, readable)?;
    let (width, height) = decoder.dimensions();
    let (width, height) = match is_turned(orientation(&mut decoder)) {
        true => (height, width),
        false => (width, height),
    };
    Ok(Head { format, width, height })
}

/// Reads the picture; of one that moves the first frame.
pub fn decode(bytes: &[u8], readable: Readable) -> Result<Decoded, UploadMistake> {
    let (_, mut decoder) = open(bytes, readable)?;
    let (orientation, colours) = (orientation(&mut decoder), decoder.icc_profile().ok().flatten());
    let picture = DynamicImage::from_decoder(decoder).map_err(mistake)?;
    Ok(Decoded { picture, orientation, colours })
}

/// Whether width and height change places.
pub fn is_turned(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}

fn open(
    bytes: &[u8],
    readable: Readable,
) -> Result<(ImageFormat, impl ImageDecoder + '_), UploadMistake> {
    let format = match guess_format(bytes) {
        Ok(format) if readable.formats.contains(&format) => format,
        _ => return Err(stranger(bytes)),
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits());
    let decoder = reader.into_decoder().map_err(mistake)?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels > readable.most_pixels || decoder.total_bytes() > MOST_DECODED_BYTES {
        return Err(UploadMistake::TooManyPixels);
    }
    Ok((format, decoder))
}

fn orientation(decoder: &mut impl ImageDecoder) -> Orientation {
    decoder.orientation().unwrap_or(Orientation::NoTransforms)
}

/// What telephones and cameras write and we do not read begins with a box of brands (ISO/IEC
/// 14496-12, 4.3): HEIC (23008-12, annex B.4) or AVIF.
fn stranger(bytes: &[u8]) -> UploadMistake {
    let length = bytes.first_chunk().map_or(0, |length| u32::from_be_bytes(*length));
    let end = usize::try_from(length).unwrap_or(0).clamp(8, 128).min(bytes.len());
    match bytes.get(4..8) {
        Some(b"ftyp") => {
            let has = |names: &[&[u8]]| bytes[8..end].chunks(4).any(|name| names.contains(&name));
            match (has(&[b"avif", b"avis"]), has(&[b"heic", b"heix", b"heim", b"hevc", b"mif1"])) {
                (true, _) => UploadMistake::Avif,
                (_, true) => UploadMistake::Heic,
                _ => UploadMistake::NotAPicture,
            }
        }
        _ => UploadMistake::NotAPicture,
    }
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_SIDE);
    limits.max_image_height = Some(MOST_SIDE);
    limits.max_alloc = Some(MOST_DECODED_BYTES);
    limits
}

pub(super) fn mistake(error: ImageError) -> UploadMistake {
    match error {
        ImageError::Limits(_) => UploadMistake::TooManyPixels,
        _ => UploadMistake::Unreadable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_telephones_write_is_known_by_its_name() {
        let file = |brands: &[u8]| [&[0, 0, 0, 28], &b"ftyp"[..], brands, &[0; 64]].concat();
        assert_eq!(stranger(&file(b"heic\0\0\0\0mif1heic")), UploadMistake::Heic);
        assert_eq!(stranger(&file(b"mif1\0\0\0\0mif1heic")), UploadMistake::Heic);
        assert_eq!(stranger(&file(b"mif1\0\0\0\0avifmif1")), UploadMistake::Avif);
        assert_eq!(stranger(&file(b"isom\0\0\0\0mp42mp41")), UploadMistake::NotAPicture);
        for short in [&b""[..], b"\0\0\0\x1cftyp", b"<svg>"] {
            assert_eq!(stranger(short), UploadMistake::NotAPicture);
        }
    }
}
