//! What happens to the goods of an order: shipped, cancelled, sent back.

mod asking;
mod moving;

use diesel::prelude::*;

use crate::kit::goods::variant_ids;
use crate::kit::{TestShop, goods};
use etalase::db::Conn;
use etalase::db::schema::{orders, stock};
use etalase::error::Result;
use etalase::fulfilment::{Asked, Parcel, ReturnReason, ReturnWish, Wanted};
use etalase::ids::OrderId;
use etalase::orders::{By, Moved};
use etalase::values::Quantity;
use etalase::web::visit::now;

/// An order of five cups and two plates.
async fn ordered(shop: &TestShop) -> OrderId {
    shop.with_db(|conn| {
        goods("cup").on_hand(10).put(conn)?;
        goods("plate").on_hand(10).put(conn)
    })
    .await;
    let shopper = shop.shopper();
    shopper.add("cup", &[], 5).await;
    shopper.add("plate", &[], 2).await;
    shopper.order().await;
    shop.with_db(|conn| Ok(orders::table.select(orders::id).first(conn)?)).await
}

/// Runs a move as its callers do: one transaction, undone when it is refused.
async fn run<T: Send + 'static>(
    shop: &TestShop,
    step: impl Fn(&mut Conn) -> Moved<T> + Clone + Send + Sync + 'static,
) -> Moved<T> {
    shop.with_db(move |conn| Ok(conn.transaction(|conn| step(conn)))).await
}

fn rani() -> By {
    By::staff("rani", now())
}

fn wanted(position: i64, quantity: i64) -> Wanted {
    Wanted { position, quantity: Quantity::new(quantity).unwrap() }
}

fn parcel(lines: &[(i64, i64)]) -> Parcel {
    let lines = lines.iter().map(|(position, quantity)| wanted(*position, *quantity)).collect();
    Parcel { lines, carrier: "Kurir Kita".into(), ..Parcel::default() }
}

/// On hand and reserved.
fn level(conn: &mut Conn, slug: &str) -> Result<(i64, i64)> {
    let id = variant_ids(conn, slug)?[0];
    Ok(stock::table.find(id).select((stock::on_hand, stock::reserved)).first(conn)?)
}

async fn levels(shop: &TestShop) -> [(i64, i64); 2] {
    shop.with_db(|conn| Ok([level(conn, "cup")?, level(conn, "plate")?])).await
}

/// A request of these units of lines.
fn asked(lines: &[(i64, i64)]) -> Asked {
    Asked {
        lines: lines.iter().map(|(position, units)| wanted(*position, *units)).collect(),
        reason: ReturnReason::Damaged,
        wish: ReturnWish::Refund,
        note: "the handle is off".into(),
    }
}
