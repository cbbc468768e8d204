//! What shoppers and staff are told, and how it reaches them.

mod sending;
mod writing;

use crate::kit::{Page, TestShop, goods};

/// An order of one cup, in English; the page is the order's.
async fn order(shop: &TestShop) -> Page {
    let known = shop.shop.db.read(|conn| crate::kit::goods::product_id(conn, "cup")).await;
    if known.is_err() {
        shop.with_db(|conn| goods("cup").named("Plain cup").costing(50_000).put(conn)).await;
    }
    let guest = shop.shopper();
    guest.add("cup", &[], 1).await;
    guest.order().await
}
