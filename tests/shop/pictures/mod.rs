//! Pictures of the goods: from a merchant's file to a shopper's page.

mod adding;
mod arranging;
mod bucket;
mod keeping;

use diesel::prelude::*;
use etalase::db::schema::{media, product, product_media};
use etalase::ids::{MediaId, ProductId};

use crate::kit::upload::{Sent, jpeg};
use crate::kit::{Office, Page, TestShop, Visitor, goods};
use image::{Rgb, RgbImage};

/// A product without pictures.
async fn cup(shop: &TestShop) -> ProductId {
    shop.with_db(|conn| goods("cup").put(conn)).await
}

fn id_of(shop: &TestShop, slug: &str) -> ProductId {
    let of_slug = product::table.filter(product::slug.eq(slug)).select(product::id);
    of_slug.first(&mut shop.fresh.conn()).unwrap()
}

fn address(product: ProductId) -> String {
    format!("/admin/products/{product}/pictures")
}

/// A photograph in one colour.
fn photo(red: u8) -> Vec<u8> {
    jpeg(&RgbImage::from_pixel(200, 250, Rgb([red, 90, 60])))
}

fn file<'a>(name: &'a str, bytes: &'a [u8]) -> Sent<'a> {
    // What it says to be is not believed.
    Sent { field: "pictures", name, kind: "application/octet-stream", bytes }
}

/// Adds photographs of these reds.
async fn add(staff: &Visitor, product: ProductId, reds: &[u8]) {
    let photos: Vec<Vec<u8>> = reds.iter().map(|red| photo(*red)).collect();
    let files: Vec<Sent<'_>> = photos.iter().map(|bytes| file("cup.jpg", bytes)).collect();
    staff.upload_all(&address(product), &files).await.expect_status(303);
}

fn pictures(shop: &TestShop, of: ProductId) -> Vec<MediaId> {
    let shown = product_media::table.filter(product_media::product_id.eq(of));
    let shown = shown.order(product_media::position).select(product_media::media_id);
    shown.load(&mut shop.fresh.conn()).unwrap()
}

fn places(shop: &TestShop, of: ProductId) -> Vec<i64> {
    let shown = product_media::table.filter(product_media::product_id.eq(of));
    let shown = shown.order(product_media::position).select(product_media::position);
    shown.load(&mut shop.fresh.conn()).unwrap()
}

/// Name, status and file.
fn row(shop: &TestShop, picture: MediaId) -> (String, String, String) {
    let row = media::table.find(picture).select((media::name, media::status, media::original));
    row.first(&mut shop.fresh.conn()).unwrap()
}

/// Lets the jobs be done.
async fn made(shop: &TestShop) {
    Office::of(shop).work().await;
}

/// The files in the shop's folder of pictures.
fn kept(shop: &TestShop) -> Vec<String> {
    kept_in(&shop.settings.data_dir.join("media"))
}

fn kept_in(folder: &std::path::Path) -> Vec<String> {
    let names = |folder: &std::path::Path, before: &str| {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let files = entries.filter(|entry| entry.path().is_file());
        files.map(|it| format!("{before}{}", it.file_name().to_string_lossy())).collect::<Vec<_>>()
    };
    let mut all = names(folder, "");
    all.extend(names(&folder.join("originals"), "originals/"));
    all.sort();
    all
}

fn sources(page: &Page) -> Vec<String> {
    page.attributes(".gallery-track img", "src")
}
