//! Files that visitors send, good and bad.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::webp::WebPEncoder;
use image::{ImageEncoder, ImageFormat, Rgb, RgbImage};
use reqwest::Method;
use std::io::Cursor;

use super::page::Page;
use super::visitor::Visitor;

const BOUNDARY: &str = "----a-boundary-of-the-tests";

/// A file as a browser sends it.
pub struct Sent<'a> {
    pub field: &'a str,
    pub name: &'a str,
    pub kind: &'a str,
    pub bytes: &'a [u8],
}

impl Visitor {
    /// Sends a form with one file: one answer, a redirect too.
    pub async fn upload(&self, path: &str, file: &Sent<'_>) -> Page {
        self.upload_all(path, std::slice::from_ref(file)).await
    }

    /// Sends a form with several.
    pub async fn upload_all(&self, path: &str, files: &[Sent<'_>]) -> Page {
        let request = self
            .request(Method::POST, path)
            .header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"))
            .header("sec-fetch-site", "same-origin")
            .body(form_of(files));
        self.send(request).await
    }
}

pub fn body(file: &Sent<'_>) -> Vec<u8> {
    form_of(std::slice::from_ref(file))
}

fn form_of(files: &[Sent<'_>]) -> Vec<u8> {
    let part = |Sent { field, name, kind, bytes }: &Sent<'_>| {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: {kind}\r\n\r\n"
        );
        [head.as_bytes(), bytes, b"\r\n"].concat()
    };
    let parts: Vec<Vec<u8>> = files.iter().map(part).collect();
    [parts.concat(), format!("--{BOUNDARY}--\r\n").into_bytes()].concat()
}

/// A picture, blue above and red below.
pub fn drawn(width: u32, height: u32) -> RgbImage {
    let colour = |_, y| if y < height / 2 { Rgb([20, 40, 200]) } else { Rgb([200, 40, 20]) };
    RgbImage::from_fn(width, height, colour)
}

pub fn png(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

pub fn jpeg(picture: &RgbImage) -> Vec<u8> {
    jpeg_with(picture, None)
}

/// What a telephone writes: lying on its side, with the place where it was taken.
pub fn photo(picture: &RgbImage, place: &str) -> Vec<u8> {
    let number = |tag: u16, kind: u16, count: u32, value: u32| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value.to_le_bytes()]
            .concat()
    };
    let length = u32::try_from(place.len()).unwrap();
    let exif = [
        &b"II*\0\x08\0\0\0\x02\0"[..],
        // To be turned by a quarter, clockwise.
        &number(0x0112, 3, 1, 6),
        &number(0x8825, 4, 1, 38),
        &[0; 4],
        &1_u16.to_le_bytes(),
        // The name of a place, where the first part of the GPS data ends.
        &number(0x001c, 2, length, 56),
        &[0; 4],
        place.as_bytes(),
    ];
    jpeg_with(picture, Some(exif.concat()))
}

fn jpeg_with(picture: &RgbImage, exif: Option<Vec<u8>>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 90);
    if let Some(exif) = exif {
        encoder.set_exif_metadata(exif).unwrap();
    }
    picture.write_with_encoder(encoder).unwrap();
    bytes
}

/// A WebP that shows one picture after the other.
pub fn moving(pictures: &[&RgbImage]) -> Vec<u8> {
    let (width, height) = pictures[0].dimensions();
    let size = |side: u32| (side - 1).to_le_bytes()[..3].to_vec();
    let canvas = [size(width), size(height)].concat();
    let mut chunks = chunk(b"VP8X", &[&[0x02, 0, 0, 0], &canvas[..]].concat());
    chunks.extend(chunk(b"ANIM", &[0; 6]));
    for picture in pictures {
        let mut still = Vec::new();
        picture.write_with_encoder(WebPEncoder::new_lossless(&mut still)).unwrap();
        // Place, size, a tenth of a second, and the picture's own chunk.
        let frame = [&[0; 6], &canvas[..], &[100, 0, 0, 0], &still[12..]].concat();
        chunks.extend(chunk(b"ANMF", &frame));
    }
    chunk(b"RIFF", &[b"WEBP", &chunks[..]].concat())
}

fn chunk(name: &[u8; 4], bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(bytes.len()).unwrap().to_le_bytes();
    let padding = &[0][..bytes.len() % 2];
    [name, &length[..], bytes, padding].concat()
}

/// A PNG that says to be so large, in so many bits a colour, and holds next to nothing.
pub fn bomb(width: u32, height: u32, bits: u8) -> Vec<u8> {
    let kind = if bits == 16 { 6 } else { 0 };
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[bits, kind, 0, 0, 0]].concat();
    let nothing = [0x78, 0x9c, 0x63, 0x00, 0x00, 0x00, 0x01, 0x00, 0x01];
    let parts = [png_part(b"IHDR", &head), png_part(b"IDAT", &nothing), png_part(b"IEND", &[])];
    [&b"\x89PNG\r\n\x1a\n"[..], &parts.concat()].concat()
}

fn png_part(name: &[u8; 4], bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(bytes.len()).unwrap().to_be_bytes();
    let checked = [name, bytes].concat();
    [&length[..], &checked, &crc(&checked).to_be_bytes()].concat()
}

/// The checksum of a part of a PNG.
fn crc(bytes: &[u8]) -> u32 {
    let step = |sum: u32, byte: &u8| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| match sum & 1 {
            1 => 0xedb8_8320 ^ (sum >> 1),
            _ => sum >> 1,
        })
    };
    !bytes.iter().fold(!0, step)
}
