//! `etalase verify` names every kind of row that was altered. Each is altered in a transaction that is undone.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::both;
use crate::kit::shopper::order_number;
use crate::kit::{Office, Shopper, TestShop, goods, office};
use crate::payments::{attempt, seen, tell};
use crate::promotions::{coded, offer, percent};
use etalase::db::Conn;
use etalase::db::schema::orders;
use etalase::error::{Error, Result};
use etalase::fulfilment::{self, Asked, Counted, Parcel, ReturnReason, ReturnWish, Wanted};
use etalase::ids::OrderId;
use etalase::invoices::RowKey;
use etalase::jobs::{self, JobState};
use etalase::orders::{By, Ending, MoveError, ReturnWindow};
use etalase::payments::{self, Giving, Notice, Receipt, Seen};
use etalase::promotions::Rule;
use etalase::values::Quantity;
use etalase::verify::{sentences, verify};
use etalase::web::visit::now;

both!(
    a_shop_that_was_used_balances,
    every_kind_of_altered_row_is_found,
    a_job_that_was_dropped_is_on_record,
);

/// Five cups were ordered by a code and paid: three were sent, and one came back with its money.
/// Two more were ordered, and cancelled; one more was paid twice at a gateway.
async fn used(shop: &TestShop) {
    shop.with_db(|conn| goods("cup").on_hand(10).put(conn)).await;
    let limits = Rule { usage_limit: Some(9), per_customer_limit: Some(1), ..ten() };
    offer(shop, &[limits]).await;
    let shopper = shop.shopper();
    shopper.add("cup", &[], 5).await;
    shopper.visitor.post("/cart/codes", "code=ten").await.expect_status(303);
    let [first, second, third] = [
        order(shop, &shopper, 0).await,
        order(shop, &shopper, 2).await,
        order(shop, &shopper, 1).await,
    ];
    let done = shop.with_db(move |conn| Ok(conn.transaction(|conn| move_goods(conn, first)))).await;
    done.unwrap();
    let by = By::staff("rani", now());
    let done = shop
        .with_db(move |conn| {
            let ending = Ending::Wanted("ordered twice".into());
            Ok(conn.transaction(|conn| payments::call_off(conn, second, &ending, &by)))
        })
        .await;
    done.unwrap();
    Office::of(shop).work().await;
    pay_twice(shop, third).await;
}

fn ten() -> Rule {
    coded("ten", "ten", percent(10))
}

/// Orders what is in the cart, and so many cups.
async fn order(shop: &TestShop, shopper: &Shopper, cups: i64) -> OrderId {
    if cups > 0 {
        shopper.add("cup", &[], cups).await;
    }
    let number = order_number(&shopper.order().await, shopper.words);
    let the_one = move |conn: &mut Conn| {
        Ok(orders::table.filter(orders::number.eq(&number)).select(orders::id).first(conn)?)
    };
    shop.with_db(the_one).await
}

fn move_goods(conn: &mut Conn, order: OrderId) -> std::result::Result<(), MoveError> {
    let wanted = |count| Wanted { position: 0, quantity: Quantity::new(count).unwrap() };
    let by = By::staff("rani", now());
    let amount = orders::table.find(order).select(orders::total_amount).first(conn)?;
    payments::receive(conn, order, &Receipt { amount, reference: "BCA 1".into() }, &by)?;
    let parcel = Parcel { lines: vec![wanted(3)], ..Parcel::default() };
    fulfilment::ship(conn, order, &parcel, &by)?;
    let asked = Asked {
        lines: vec![wanted(1)],
        reason: ReturnReason::Other,
        wish: ReturnWish::Refund,
        note: String::new(),
    };
    let back = fulfilment::request(conn, order, &asked, &ReturnWindow::Open, &by)?;
    fulfilment::approve(conn, back, "", &by)?;
    let counted = [Counted { position: 0, received: 1, restocked: 1 }];
    fulfilment::receive(conn, back, &counted, &by)?;
    let giving = Giving::Rows(vec![(RowKey::Line(0), 1)]);
    let refund = payments::refund(conn, order, &giving, "broken", &by)?;
    payments::confirm_sent(conn, refund, "BCA 2", &by)
}

/// A gateway has the money of an order twice, and tells of something that we do not know.
async fn pay_twice(shop: &TestShop, order: OrderId) {
    let total = move |conn: &mut Conn| -> Result<i64> {
        let the_one = orders::table.find(order);
        diesel::update(the_one).set(orders::status.eq("pending")).execute(conn)?;
        Ok(the_one.select(orders::total_amount).first(conn)?)
    };
    let total = shop.with_db(total).await;
    for _ in 0..2 {
        let token = attempt(shop, order, total).await;
        tell(shop, seen(&token, Seen::Captured, total)).await;
    }
    let keep = |conn: &mut Conn| {
        let notice = Notice { event_id: "evt_1".into(), attempt: None, reference: None };
        payments::keep(conn, "test", &notice, "{}", now())
    };
    assert!(shop.with_db(keep).await);
}

async fn a_shop_that_was_used_balances(shop: TestShop) {
    used(&shop).await;
    let findings = shop.with_db(|conn| verify(conn, now())).await;
    assert_eq!(findings.broken, [""; 0]);
    assert_eq!(findings.orders, 3);
}

async fn a_job_that_was_dropped_is_on_record(shop: TestShop) {
    shop.with_db(|conn| goods("cup").on_hand(10).put(conn)).await;
    let shopper = shop.shopper();
    shopper.add("cup", &[], 1).await;
    shopper.order().await;
    let told = shop.with_db(|conn| {
        let placed = jobs::list(conn, JobState::Waiting, 100)?;
        let placed = placed.into_iter().find(|job| job.kind == "order.event").unwrap();
        assert!(jobs::drop_job(conn, placed.id, now())?);
        assert!(!jobs::drop_job(conn, placed.id, now())?, "once");
        Ok(verify(conn, now())?.broken)
    });
    assert_eq!(told.await, [""; 0]);
    Office::of(&shop).work().await;
    assert_eq!(office::mails(&shop).await.len(), 0, "what it was for does not happen");
}

/// What is altered, and words of the sentence that it breaks.
const ALTERED: &[(&str, &str)] = &[
    ("UPDATE stock SET on_hand = on_hand + 1", "the sum of its ledger"),
    ("UPDATE stock SET reserved = reserved + 1", "what waiting orders hold"),
    (
        "UPDATE stock_move SET on_hand = on_hand + 1 WHERE kind = 'received'",
        "the sum of its ledger",
    ),
    ("DELETE FROM stock_move WHERE kind = 'shipped'", "the sum of its ledger"),
    ("UPDATE order_line SET shipped = shipped + 1", "those in its parcels"),
    ("DELETE FROM shipment_line", "those in its parcels"),
    ("UPDATE order_line SET returned = returned + 1 WHERE shipped > 1", "those that were received"),
    ("UPDATE order_return_line SET received = 0, restocked = 0", "those that were received"),
    ("UPDATE orders SET fulfilment_status = 'returned'", "its fulfilment status"),
    ("UPDATE orders SET payment_status = 'paid'", "its payment status"),
    ("UPDATE payment SET captured_amount = captured_amount + 1", "its payment status"),
    ("UPDATE refund SET status = 'by_hand' WHERE status = 'done'", "its payment status"),
    ("UPDATE orders SET total_amount = total_amount + 1", "its sums are not those"),
    ("UPDATE orders SET goods_amount = goods_amount + 1", "its sums are not those"),
    ("UPDATE orders SET currency = 'USD'", "its sums are not those"),
    ("UPDATE order_line SET discount_amount = 1", "its sums are not those"),
    ("UPDATE order_line SET net_amount = 0, tax_amount = gross_amount", "its sums are not those"),
    ("DELETE FROM order_line WHERE shipped = 0", "its sums are not those"),
    ("UPDATE orders SET bill = replace(bill, '\"payable\":', '\"payable\":1')", "another bill"),
    (
        "UPDATE orders SET quote_request = replace(quote_request, '\"quantity\":5', '\"quantity\":4')",
        "another bill",
    ),
    ("UPDATE orders SET bill = '{}'", "its bill cannot be read"),
    ("UPDATE orders SET quote_request = 'x'", "its request cannot be read"),
    ("UPDATE orders SET status = 'completed' WHERE status = 'placed'", "where its timeline ends"),
    ("UPDATE orders SET status = 'placed' WHERE status = 'cancelled'", "where its timeline ends"),
    (
        "UPDATE order_event SET kind = 'cancelled' WHERE kind = 'confirmed'",
        "where its timeline ends",
    ),
    (
        "UPDATE orders SET status = 'pending' WHERE payment_status = 'paid'",
        "no longer waits for a gateway",
    ),
    (
        "UPDATE orders SET fulfilment_status = 'shipped' WHERE payment_status = 'paid'",
        "completed when it is sent",
    ),
    (
        "UPDATE orders SET fulfilment_status = 'shipped' WHERE status = 'cancelled'",
        "was sent of a cancelled order",
    ),
    (
        "UPDATE orders SET status = 'cancelled' WHERE payment_status = 'paid'",
        "keeps no money that is not promised back",
    ),
    (
        "UPDATE orders SET status = 'cancelled' WHERE payment_status = 'paid'",
        "that of an order that was cancelled is taken back",
    ),
    (
        "UPDATE orders SET fulfilment_status = 'not_needed', status = 'placed' WHERE payment_status = 'paid'",
        "completed when it is sent",
    ),
    ("UPDATE promotion SET used = used + 1", "as often as it was redeemed"),
    ("DELETE FROM redemption", "as often as it was redeemed"),
    ("UPDATE promotion_customer SET used = used + 1", "as often as she redeemed it"),
    (
        "UPDATE redemption SET order_id = (SELECT id FROM orders WHERE status = 'cancelled')",
        "uses no promotion up",
    ),
    (
        "UPDATE payment SET status = 'open' WHERE status = 'captured'",
        "when its whole amount has come",
    ),
    ("UPDATE payment SET status = 'captured'", "when its whole amount has come"),
    (
        "UPDATE payment SET captured_amount = 1 WHERE gateway = 'test' AND refunded_amount = 0",
        "all of it or nothing",
    ),
    ("UPDATE payment_receipt SET amount = amount - 1", "the sum of its receipts"),
    ("DELETE FROM payment_receipt", "the sum of its receipts"),
    ("UPDATE payment SET amount = amount + 1", "no more than it comes to"),
    ("UPDATE payment SET currency = 'USD'", "asks in its currency"),
    ("UPDATE payment SET order_id = 0 WHERE captured_amount > 0", "payment has one order"),
    ("UPDATE refund SET kind = 'goodwill' WHERE kind = 'surplus'", "keep no more of an order"),
    (
        "UPDATE payment SET refunded_amount = refunded_amount - 1 WHERE refunded_amount > 0",
        "the sum of its refunds",
    ),
    ("DELETE FROM refund", "the sum of its refunds"),
    ("UPDATE refund SET order_id = order_id + 1", "refund is of its payment's order"),
    ("UPDATE refund_line SET amount = amount - 1", "the sum of its rows"),
    ("UPDATE invoice_series SET next = next + 1", "has no gap"),
    ("DELETE FROM invoice WHERE sequence = 1 AND kind = 'invoice'", "has no gap"),
    (
        "UPDATE invoice SET total_amount = total_amount + 1, net_amount = net_amount + 1",
        "what its order came to",
    ),
    (
        "UPDATE invoice SET total_amount = total_amount * 99, net_amount = total_amount * 99 - tax_amount WHERE kind = 'credit_note'",
        "no more than the invoice",
    ),
    (
        "UPDATE refund SET credit_note_id = NULL, created_at = '2999-01-01 00:00:00'",
        "refund of goods has a credit note",
    ),
    ("UPDATE refund SET amount = amount + 1 WHERE kind = 'goods'", "comes to the same"),
    ("UPDATE refund SET credit_note_id = NULL WHERE kind = 'goods'", "has one refund"),
    ("DELETE FROM job WHERE kind = 'order.event'", "has its job"),
    ("DELETE FROM mail WHERE template = 'order_cancelled'", "was told what became of her order"),
    ("DELETE FROM mail WHERE template = 'order_placed'", "was told what became of her order"),
    ("DELETE FROM job WHERE kind = 'payments.refund'", "refund that waits"),
    (
        "UPDATE job SET done_at = due_at, due_at = NULL WHERE kind = 'payments.notice'",
        "notice that waits",
    ),
    ("UPDATE mail SET status = 'waiting', sent_at = NULL", "mail that waits has a job"),
    ("UPDATE mail SET sent_at = NULL", "says when"),
    ("UPDATE job SET worker = 'nobody' WHERE done_at IS NOT NULL", "in nobody's hands"),
];

#[test]
fn no_sentence_goes_without_a_row_that_breaks_it() {
    for sentence in sentences() {
        let is_broken = ALTERED.iter().any(|(_, named)| sentence.contains(named));
        assert!(is_broken, "nothing breaks: {sentence}");
    }
}

async fn every_kind_of_altered_row_is_found(shop: TestShop) {
    used(&shop).await;
    for (sql, named) in ALTERED {
        let broken = shop.with_db(move |conn| Ok(altered(conn, sql))).await;
        assert!(broken.iter().any(|line| line.contains(named)), "{sql}: {broken:#?}");
    }
    let left = shop.with_db(|conn| verify(conn, now())).await.broken;
    assert_eq!(left, [""; 0], "all is as it was");
}

/// What `verify` says of a shop in which `sql` was run, which is then undone.
fn altered(conn: &mut Conn, sql: &str) -> Vec<String> {
    let mut broken = Vec::new();
    let undone = conn.transaction(|conn| {
        let_go(conn)?;
        let rows = diesel::sql_query(sql).execute(conn)?;
        assert!(rows > 0, "{sql} alters something");
        broken = verify(conn, now())?.broken;
        Err::<(), Error>(Error::internal("undone"))
    });
    assert!(undone.is_err());
    broken
}

#[derive(QueryableByName)]
struct Trigger {
    #[diesel(sql_type = Text)]
    name: String,
}

/// For the rest of the transaction the database guards nothing but its CHECKs and unique keys: as if rows had been
/// altered in its file.
fn let_go(conn: &mut Conn) -> Result<()> {
    match conn {
        Conn::Postgres(conn) => {
            conn.batch_execute("SET LOCAL session_replication_role = replica")?
        }
        Conn::Sqlite(conn) => {
            let triggers = "SELECT name FROM sqlite_schema WHERE type = 'trigger'";
            for Trigger { name } in diesel::sql_query(triggers).load(conn)? {
                conn.batch_execute(&format!("DROP TRIGGER {name}"))?;
            }
            conn.batch_execute("PRAGMA defer_foreign_keys = ON")?;
        }
    }
    Ok(())
}
