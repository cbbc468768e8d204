//! Invoices and credit notes: numbered without gaps, written once, the same for ever.

mod crediting;
mod issuing;
mod reading;

use diesel::prelude::*;

use crate::kit::TestShop;
use crate::kit::sale::{Sold, sell};
use etalase::db::Conn;
use etalase::db::schema::invoice;
use etalase::error::Result;
use etalase::ids::{InvoiceId, OrderId};
use etalase::invoices::Document;
use etalase::language::Language;
use etalase::settings::{self, ShopSettings};

/// Two rates, three lines, a coupon, delivery with a discount, a fee, and cash that is rounded.
const MIXED: &str = r#"{
  "currency": "IDR", "at": "2026-11-23T03:00:00Z", "prices_include_tax": true,
  "tax_rounding": "line", "cash_rounding": 500, "codes": ["HEMAT10"],
  "lines": [
    {"id": "1", "sku": "MUG", "product": "mug", "quantity": 7, "unit_price": 135999, "tax_class": "standard", "requires_shipping": true},
    {"id": "2", "sku": "SYRUP", "product": "syrup", "quantity": 3, "unit_price": 33333, "tax_class": "luxury", "requires_shipping": true},
    {"id": "3", "sku": "BOOK", "product": "book", "quantity": 1, "unit_price": 80000, "tax_class": "none", "requires_shipping": false}],
  "promotions": [
    {"id": "hemat10", "lane": "order", "code": "HEMAT10", "benefit": {"kind": "percent", "ppm": 100000}},
    {"id": "ongkir", "lane": "shipping", "benefit": {"kind": "amount", "amount": 7000}}],
  "shipping": {"id": "regular", "tax_class": "standard", "rate": {"kind": "flat", "amount": 18001}},
  "fees": [{"id": "cod", "amount": 5000, "tax_class": "standard"}],
  "tax_rates": [
    {"id": "ppn", "name": "PPN 11%", "tax_class": "standard", "ppm": 110000},
    {"id": "ppn-l", "name": "PPN 11%", "tax_class": "luxury", "ppm": 110000},
    {"id": "ppnbm", "name": "PPnBM 20%", "tax_class": "luxury", "ppm": 200000}]
}"#;

/// An order of all that.
async fn sold(shop: &TestShop) -> Sold {
    shop.with_db(|conn| sell(conn, MIXED, Language::En)).await
}

async fn change_settings(shop: &TestShop, change: impl Fn(&mut ShopSettings) + Send + 'static) {
    shop.with_db(move |conn| {
        let mut settings = settings::load(conn)?;
        change(&mut settings);
        settings::save(conn, &settings)
    })
    .await;
}

fn document(conn: &mut Conn, id: InvoiceId) -> Result<Document> {
    let text: String = invoice::table.find(id).select(invoice::document).first(conn)?;
    Ok(serde_json::from_str(&text).unwrap())
}

/// The papers of an order, the oldest first.
fn papers(conn: &mut Conn, order: OrderId) -> Result<Vec<Document>> {
    let ids: Vec<InvoiceId> = invoice::table
        .filter(invoice::order_id.eq(order))
        .order(invoice::id)
        .select(invoice::id)
        .load(conn)?;
    ids.into_iter().map(|id| document(conn, id)).collect()
}
