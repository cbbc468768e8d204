//! Draws a picture of a visitor's anew.

use image::codecs::jpeg::JpegEncoder;
use image::imageops::{FilterType, overlay};
use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};

use super::decode::{Decoded, Readable, decode, in_turn, mistake};
use super::model::UploadMistake;
use super::receive::Upload;
use crate::error::Result;

const READABLE: Readable = Readable {
    formats: &[ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP],
    most_pixels: 40_000_000,
};
/// Pixels of the longer side of what is kept: the print of a receipt can still be read.
const KEPT_SIDE: u32 = 1_600;
/// Of 100.
const KEPT_QUALITY: u8 = 80;

/// Makes a JPEG of our own of it: upright, at most 1,600 pixels a side, on white, a few hundred kB
/// and without metadata. The same picture always makes the same bytes.
pub async fn redraw(upload: Upload) -> Result<Result<Vec<u8>, UploadMistake>> {
    let drawn = in_turn(move || draw(&upload.bytes)).await?;
    Ok(drawn.unwrap_or(Err(UploadMistake::Unreadable)))
}

fn draw(bytes: &[u8]) -> Result<Vec<u8>, UploadMistake> {
    let Decoded { mut picture, orientation, .. } = decode(bytes, READABLE)?;
    picture.apply_orientation(orientation);
    let picture = on_white(&fitted(picture));
    let mut drawn = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut drawn, KEPT_QUALITY);
    picture.write_with_encoder(encoder).map_err(mistake)?;
    Ok(drawn)
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
    use std::io::Cursor;

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
