//! Decodes a picture within limits, and draws it anew.

use actix_web::web;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::{FilterType, overlay};
use image::metadata::Orientation;
use image::{
    DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, Rgba, RgbaImage,
    guess_format,
};
use std::io::Cursor;
use tokio::sync::Semaphore;

use super::model::UploadMistake;
use super::receive::Upload;
use crate::error::{Error, Result};

/// Pixels.
const MOST_SIDE: u32 = 12_000;
const MOST_PIXELS: u64 = 40_000_000;
/// What a decoder may take of the memory.
const MOST_DECODED_BYTES: u64 = 256 << 20;
/// Pixels of the longer side of what is kept: the print of a receipt can still be read.
const KEPT_SIDE: u32 = 1_600;
/// Of 100.
const KEPT_QUALITY: u8 = 80;

/// A picture takes hundreds of megabytes while it is decoded.
static TURNS: Semaphore = Semaphore::const_new(2);

/// Makes a JPEG of our own of it: upright, at most 1,600 pixels a side, on white, a few hundred kB
/// and without metadata. The same picture always makes the same bytes.
pub async fn redraw(upload: Upload) -> Result<Result<Vec<u8>, UploadMistake>> {
    let _turn = TURNS.acquire().await.map_err(|error| Error::internal(error.to_string()))?;
    // A decoder that panics has met what it cannot read.
    let drawn = web::block(move || draw(&upload.bytes)).await;
    Ok(drawn.unwrap_or(Err(UploadMistake::Unreadable)))
}

fn draw(bytes: &[u8]) -> Result<Vec<u8>, UploadMistake> {
    let picture = on_white(&fitted(decode(bytes)?));
    let mut drawn = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut drawn, KEPT_QUALITY);
    picture.write_with_encoder(encoder).map_err(mistake)?;
    Ok(drawn)
}

/// The header is read first: what is too large is never decoded.
fn decode(bytes: &[u8]) -> Result<DynamicImage, UploadMistake> {
    let format = match guess_format(bytes) {
        Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) => format,
        _ => return Err(UploadMistake::NotAPicture),
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits());
    let mut decoder = reader.into_decoder().map_err(mistake)?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels > MOST_PIXELS || decoder.total_bytes() > MOST_DECODED_BYTES {
        return Err(UploadMistake::TooManyPixels);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(mistake)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_SIDE);
    limits.max_image_height = Some(MOST_SIDE);
    limits.max_alloc = Some(MOST_DECODED_BYTES);
    limits
}

fn mistake(error: ImageError) -> UploadMistake {
    match error {
        ImageError::Limits(_) => UploadMistake::TooManyPixels,
        _ => UploadMistake::Unreadable,
    }
}

/// A large picture is made smaller in two steps: the first one is rough and needs little memory.
fn fitted(picture: DynamicImage) -> DynamicImage {
    let side = |picture: &DynamicImage| picture.width().max(picture.height());
    let picture = match side(&picture) > 2 * KEPT_SIDE {
        true => picture.thumbnail(2 * KEPT_SIDE, 2 * KEPT_SIDE),
        false => picture,
    };
    match side(&picture) > KEPT_SIDE {
        true => picture.resize(KEPT_SIDE, KEPT_SIDE, FilterType::CatmullRom),
        false => picture,
    }
}

/// JPEG knows nothing that can be seen through.
fn on_white(picture: &DynamicImage) -> DynamicImage {
    let white = Rgba([255, 255, 255, 255]);
    let mut paper = RgbaImage::from_pixel(picture.width(), picture.height(), white);
    overlay(&mut paper, &picture.to_rgba8(), 0, 0);
    DynamicImage::ImageRgb8(DynamicImage::ImageRgba8(paper).into_rgb8())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn png(picture: &DynamicImage) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn what_can_be_seen_through_is_drawn_on_white() {
        let glass = RgbaImage::from_pixel(8, 8, Rgba([0, 0, 0, 0])).into();
        let drawn = image::load_from_memory(&draw(&png(&glass)).unwrap()).unwrap().into_rgb8();
        assert!(drawn.pixels().all(|pixel| pixel.0.iter().all(|part| *part > 250)));
    }

    #[test]
    fn the_same_picture_makes_the_same_bytes() {
        let picture = png(&DynamicImage::new_rgb8(40, 30));
        assert_eq!(draw(&picture), draw(&picture));
    }
}
