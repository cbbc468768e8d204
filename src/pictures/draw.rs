//! Draws a picture in the widths that pages use.

use image::imageops::FilterType;
use image::{DynamicImage, ImageFormat};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};
use webp::Encoder;

use super::model::{height_at, largest, widths_of};
use crate::uploads::{Decoded, Readable, UploadMistake, decode, is_turned};

/// What a merchant may upload: a telephone of 50 megapixels has room.
pub(super) const READABLE: Readable = Readable {
    formats: &[ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif],
    most_pixels: 64_000_000,
};
/// Of 100.
const QUALITY: f32 = 80.0;

/// A WebP and how wide it is.
pub(super) type Rendition = (u32, Vec<u8>);

/// Every width, the smallest first; nothing of what the file says besides its pixels is in them.
pub(super) fn draw(bytes: &[u8]) -> Result<Vec<Rendition>, UploadMistake> {
    let full = upright(decode(bytes, READABLE)?);
    let size = (full.width(), full.height());
    let widths = widths_of(full.width()).into_iter();
    let renditions = widths.map(|width| {
        let drawn = shrunk(&full, (width, height_at(width, size)));
        Ok((width, packed(&drawn)?))
    });
    renditions.collect()
}

/// The largest rendition, as it is meant to be seen. It is made smaller before it is turned and its
/// colours are looked at: that is a tenth of the work.
fn upright(Decoded { picture, orientation, colours }: Decoded) -> DynamicImage {
    let swap = |(a, b)| if is_turned(orientation) { (b, a) } else { (a, b) };
    let (width, height) = swap((picture.width(), picture.height()));
    let small = shrunk(&picture, swap(largest(width, height)));
    drop(picture);
    let mut small = match small.color().has_alpha() {
        true => DynamicImage::ImageRgba8(small.into_rgba8()),
        false => DynamicImage::ImageRgb8(small.into_rgb8()),
    };
    small.apply_orientation(orientation);
    if let Some(profile) = colours {
        let _ = show_on_screens(&mut small, &profile);
    }
    small
}

/// In two steps where it is much: the first one is rough and needs little memory.
fn shrunk(picture: &DynamicImage, (width, height): (u32, u32)) -> DynamicImage {
    if (picture.width(), picture.height()) == (width, height) {
        return picture.clone();
    }
    match picture.width() > 4 * width && picture.height() > 4 * height {
        true => picture.thumbnail_exact(2 * width, 2 * height).resize_exact(
            width,
            height,
            FilterType::Lanczos3,
        ),
        false => picture.resize_exact(width, height, FilterType::Lanczos3),
    }
}

/// Telephones write colours that most screens do not have (Display P3): without this they would look
/// pale. A profile that is no use is none; `None` says so.
fn show_on_screens(picture: &mut DynamicImage, profile: &[u8]) -> Option<()> {
    let from = ColorProfile::new_from_slice(profile).ok()?;
    let is_colour = from.color_space == DataColorSpace::Rgb;
    let layout = if picture.color().has_alpha() { Layout::Rgba } else { Layout::Rgb };
    let to = ColorProfile::new_srgb();
    let options = TransformOptions::default();
    let from = Some(from).filter(|_| is_colour)?;
    let change = from.create_transform_8bit(layout, &to, layout, options).ok()?;
    let mut changed = vec![0; picture.as_bytes().len()];
    change.transform(picture.as_bytes(), &mut changed).ok()?;
    let (width, height) = (picture.width(), picture.height());
    *picture = match layout {
        Layout::Rgba => image::RgbaImage::from_raw(width, height, changed)?.into(),
        _ => image::RgbImage::from_raw(width, height, changed)?.into(),
    };
    Some(())
}

fn packed(picture: &DynamicImage) -> Result<Vec<u8>, UploadMistake> {
    let (bytes, width, height) = (picture.as_bytes(), picture.width(), picture.height());
    let encoder = match picture.color().has_alpha() {
        true => Encoder::from_rgba(bytes, width, height),
        false => Encoder::from_rgb(bytes, width, height),
    };
    let packed = encoder.encode_simple(false, QUALITY).map_err(|_| UploadMistake::Unreadable)?;
    Ok(packed.to_vec())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use image::{ImageEncoder, Rgb, RgbImage, Rgba, RgbaImage};
    use std::io::Cursor;

    fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn seen(rendition: &Rendition) -> DynamicImage {
        image::load_from_memory_with_format(&rendition.1, ImageFormat::WebP).unwrap()
    }

    #[test]
    fn every_format_is_drawn_in_its_widths() {
        let red = DynamicImage::from(RgbImage::from_pixel(700, 350, Rgb([200, 40, 20])));
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif] {
            let drawn = draw(&written(&red, format)).unwrap();
            let sizes: Vec<_> =
                drawn.iter().map(|it| (seen(it).width(), seen(it).height())).collect();
            assert_eq!(sizes, [(160, 80), (320, 160), (480, 240), (640, 320), (700, 350)]);
            let Rgb([r, g, b]) = *seen(&drawn[0]).into_rgb8().get_pixel(80, 40);
            assert!(r > 180 && g < 60 && b < 40, "{format:?}: {r} {g} {b}");
        }
    }

    #[test]
    fn what_can_be_seen_through_stays_so() {
        let glass = DynamicImage::from(RgbaImage::from_pixel(40, 40, Rgba([9, 9, 9, 0])));
        let drawn = draw(&written(&glass, ImageFormat::Png)).unwrap();
        assert!(seen(&drawn[0]).into_rgba8().pixels().all(|pixel| pixel[3] < 5));
    }

    #[test]
    fn colours_of_other_screens_are_shown_as_they_were_meant() {
        let mut file = Vec::new();
        let mut encoder = image::codecs::png::PngEncoder::new(&mut file);
        encoder.set_icc_profile(ColorProfile::new_display_p3().encode().unwrap()).unwrap();
        let green = RgbImage::from_pixel(20, 20, Rgb([80, 160, 80]));
        green.write_with_encoder(encoder).unwrap();
        let Rgb([r, g, b]) = *seen(&draw(&file).unwrap()[0]).into_rgb8().get_pixel(10, 10);
        // By the matrices of both it is 38, 162, 69: stronger than the numbers in the file say.
        assert!(
            (30..46).contains(&r) && (155..170).contains(&g) && (60..78).contains(&b),
            "{r} {g} {b}"
        );
    }

    #[test]
    fn a_file_that_ends_too_early_is_damaged() {
        let noise = RgbImage::from_fn(64, 64, |x, y| Rgb([(x * y % 251) as u8, 0, 0]));
        let file = written(&noise.into(), ImageFormat::Png);
        assert_eq!(draw(&file[..file.len() / 2]), Err(UploadMistake::Unreadable));
    }
}
