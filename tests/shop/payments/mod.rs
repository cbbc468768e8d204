//! The money of an order: taken once, given back once, never lost.

mod accounts;
mod applying;
mod cancelling;
mod cut_off;
mod forgetting;
pub mod hosted;
mod midtrans;
mod paying;
mod proving;
mod receiving;
mod refunding;
mod stripe;
mod slow;
mod sweeping;
mod typing;

use diesel::prelude::*;

use crate::kit::goods::variant_ids;
use crate::kit::{TestShop, goods};
use etalase::db::Conn;
use etalase::db::schema::{orders, payment, stock};
use etalase::error::Result;
use etalase::ids::{AttemptToken, OrderId};
use etalase::money::{Currency, Money};
use etalase::orders::{By, Ending, Moved};
use etalase::payments::{Observed, Receipt, Seen, apply, call_off, receive};
use etalase::settings::{self, ShopSettings};
use etalase::verify::verify;
use etalase::web::visit::now;

/// An order of five cups, to be paid by transfer.
async fn ordered(shop: &TestShop) -> OrderId {
    shop.with_db(|conn| goods("cup").costing(90_000).on_hand(10).put(conn)).await;
    let shopper = shop.shopper();
    shopper.add("cup", &[], 5).await;
    let form = shopper.checkout_form().await.choose("payment", "bank_transfer");
    form.press("Place order").await.expect_heading("Thank you");
    shop.with_db(|conn| Ok(orders::table.select(orders::id).first(conn)?)).await
}

/// The same, and it waits for a gateway. Its total comes along.
async fn pending(shop: &TestShop) -> (OrderId, i64) {
    let order = ordered(shop).await;
    shop.with_db(move |conn| {
        diesel::delete(payment::table).execute(conn)?;
        diesel::update(orders::table).set(orders::status.eq("pending")).execute(conn)?;
        Ok((order, orders::table.select(orders::total_amount).first(conn)?))
    })
    .await
}

/// A try to pay it at a gateway, as it is written before the shopper goes there.
pub async fn attempt(shop: &TestShop, order: OrderId, amount: i64) -> AttemptToken {
    let token = AttemptToken::random();
    let attempt = token.as_str().to_owned();
    shop.with_db(move |conn| {
        diesel::insert_into(payment::table)
            .values((
                payment::order_id.eq(order),
                payment::attempt.eq(&attempt),
                payment::gateway.eq("test"),
                payment::live.eq(false),
                payment::currency.eq("IDR"),
                payment::amount.eq(amount),
                payment::status.eq("starting"),
                payment::captured_amount.eq(0),
                payment::refunded_amount.eq(0),
                payment::redirect_url.eq(""),
                payment::trouble.eq(""),
                payment::created_at.eq(now()),
            ))
            .execute(conn)?;
        Ok(())
    })
    .await;
    token
}

/// What the gateway says of it, with so much captured.
pub fn seen(token: &AttemptToken, seen: Seen, captured: i64) -> Observed {
    Observed {
        gateway: "test",
        attempt: Some(token.clone()),
        reference: Some(format!("ref_{}", token.as_str())),
        seen,
        captured: rupiah(captured),
        refunded: 0,
        disputes: Vec::new(),
        live: false,
        expires_at: None,
    }
}

fn rupiah(amount: i64) -> Money {
    Money::new(amount, Currency::parse("IDR").unwrap())
}

/// Runs a move as its callers do: one transaction, undone when it is refused.
async fn run<T: Send + 'static>(
    shop: &TestShop,
    step: impl Fn(&mut Conn) -> Moved<T> + Clone + Send + Sync + 'static,
) -> Moved<T> {
    shop.with_db(move |conn| Ok(conn.transaction(|conn| step(conn)))).await
}

pub async fn tell(shop: &TestShop, observed: Observed) -> etalase::payments::Applied {
    run(shop, move |conn| apply(conn, &observed, &By::shop(now()))).await.unwrap()
}

/// Rani sees so much on the bank's statement.
async fn take(shop: &TestShop, order: OrderId, amount: i64, reference: &str) -> Moved {
    let receipt = Receipt { amount, reference: reference.into() };
    run(shop, move |conn| receive(conn, order, &receipt, &rani())).await
}

/// An order ends because its money has not come.
fn overdue(conn: &mut Conn, order: OrderId) -> Moved {
    call_off(conn, order, &Ending::Overdue, &By::shop(now()))
}

fn rani() -> By {
    By::staff("rani", now())
}

/// Status and payment status.
async fn statuses(shop: &TestShop) -> [String; 2] {
    shop.with_db(|conn| {
        let of = (orders::status, orders::payment_status);
        let (status, payment) = orders::table.select(of).first(conn)?;
        Ok([status, payment])
    })
    .await
}

/// On hand and reserved, of the cup.
async fn level(shop: &TestShop) -> (i64, i64) {
    shop.with_db(|conn| {
        let id = variant_ids(conn, "cup")?[0];
        Ok(stock::table.find(id).select((stock::on_hand, stock::reserved)).first(conn)?)
    })
    .await
}

/// `etalase verify` has nothing to say.
async fn balances(shop: &TestShop) {
    let broken = shop.with_db(|conn| verify(conn, now())).await.broken;
    assert_eq!(broken, [""; 0]);
}

async fn total(shop: &TestShop) -> i64 {
    shop.with_db(|conn| Ok(orders::table.select(orders::total_amount).first(conn)?)).await
}

async fn change_settings(shop: &TestShop, change: impl Fn(&mut ShopSettings) + Send + 'static) {
    shop.with_db(move |conn| -> Result<()> {
        let mut settings = settings::load(conn)?;
        change(&mut settings);
        settings::save(conn, &settings)
    })
    .await;
}
