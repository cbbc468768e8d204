//! What shoppers and staff are told, and how it reaches them.

mod asking;
mod keeping;
mod sending;
mod telling;
mod waiting;
mod writing;

use diesel::prelude::*;

use crate::kit::goods::rupiah;
use crate::kit::office::mails;
use crate::kit::{Office, Page, Shopper, TestShop, goods};
use etalase::db::Conn;
use etalase::db::schema::{job, order_event, orders, payment};
use etalase::ids::{AttemptToken, OrderId};
use etalase::mail::Mail;
use etalase::orders::{By, Ending, EventKind, Moved, note};
use etalase::payments::{Observed, Receipt, Seen, call_off, receive};
use etalase::web::visit::now;

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

/// Three cups and two plates that somebody orders, and whose mails are written: she and the staff
/// have been told.
async fn ordered(shop: &TestShop, shopper: &Shopper) -> OrderId {
    shop.with_db(|conn| {
        goods("cup").named("Plain cup").costing(50_000).put(conn)?;
        goods("plate").named("Flat plate").costing(80_000).put(conn)
    })
    .await;
    shopper.add("cup", &[], 3).await;
    shopper.add("plate", &[], 2).await;
    shopper.order().await;
    Office::of(shop).work().await;
    shop.with_db(|conn| Ok(orders::table.select(orders::id).first(conn)?)).await
}

/// An order of a cup that waits for a page of a gateway's; nobody has been told. Its try to pay.
async fn waiting_for_page(shop: &TestShop) -> (OrderId, AttemptToken) {
    order(shop).await;
    let token = AttemptToken::random();
    let attempt = token.as_str().to_owned();
    let order = shop.with_db(move |conn| {
        let waits = (orders::payment_method.eq("stripe"), orders::status.eq("pending"));
        diesel::update(orders::table).set(waits).execute(conn)?;
        // It was placed as one that waits: its event says so.
        diesel::delete(job::table.filter(job::kind.eq("order.event"))).execute(conn)?;
        diesel::delete(order_event::table).execute(conn)?;
        let id: OrderId = orders::table.select(orders::id).first(conn)?;
        let waits = serde_json::json!({ "waits": true });
        note(conn, id, EventKind::Placed, &By::shop(now()), &waits)?;
        let opened = (payment::attempt.eq(&attempt), payment::gateway.eq("stripe"));
        diesel::update(payment::table).set(opened).execute(conn)?;
        Ok(id)
    });
    (order.await, token)
}

/// Stripe says this of it.
fn seen(token: &AttemptToken, seen: Seen, captured: i64) -> Observed {
    Observed {
        gateway: "stripe",
        attempt: Some(token.clone()),
        reference: None,
        seen,
        captured: rupiah(captured),
        refunded: 0,
        disputes: Vec::new(),
        live: true,
        expires_at: None,
    }
}

/// Runs a move as its callers do, and what follows; the mails that it was told by.
async fn told<T: Send + 'static>(
    shop: &TestShop,
    step: impl Fn(&mut Conn) -> Moved<T> + Clone + Send + Sync + 'static,
) -> Vec<Mail> {
    let before = mails(shop).await.len();
    let moved = shop.with_db(move |conn| Ok(conn.transaction(|conn| step(conn)))).await;
    assert!(moved.is_ok(), "{:?}", moved.err());
    Office::of(shop).work().await;
    mails(shop).await.split_off(before)
}

/// Rani of the staff sees so much on the bank's statement.
fn paid(amount: i64) -> impl Fn(&mut Conn) -> Moved + Clone + Send + Sync + 'static {
    move |conn| {
        let order: OrderId = orders::table.select(orders::id).first(conn)?;
        let reference = format!("BCA {amount}");
        receive(conn, order, &Receipt { amount, reference }, &rani())
    }
}

/// Rani ends an order.
fn cancel(conn: &mut Conn, order: OrderId) -> Moved {
    call_off(conn, order, &Ending::Wanted("The <kiln> broke".into()), &rani())
}

fn rani() -> By {
    By::staff("rani", now())
}

async fn total(shop: &TestShop) -> i64 {
    shop.with_db(|conn| Ok(orders::table.select(orders::total_amount).first(conn)?)).await
}
