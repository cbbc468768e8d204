//! `etalase seed`: a large shop that is as real as one that was used.

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use std::collections::BTreeSet;

use crate::both;
use crate::kit::process::{etalase_on, run, said};
use crate::kit::{Dbms, FreshDatabase, TestShop};
use etalase::db::Conn;
use etalase::db::schema::orders;
use etalase::ids::OrderId;
use etalase::orders::lists::{Wanted, list};
use etalase::orders::{FulfilmentStatus, OrderStatus, PaymentStatus};

both!(
    a_seeded_shop_has_orders_in_every_state_and_its_books_balance,
    a_shop_with_goods_is_not_seeded
);

/// Three of four of them are copies.
const ORDERS: i64 = 160;

async fn a_seeded_shop_has_orders_in_every_state_and_its_books_balance(dbms: Dbms) {
    let fresh = seeded(dbms);
    let output = run(etalase_on(&fresh, &["verify"]));
    assert!(said(&output).contains("160 orders, and all books balance"), "{}", said(&output));
    let conn = &mut fresh.conn();
    every_status_occurs(conn);
    everything_that_belongs_to_orders_is_there(conn);
    copies_are_orders_of_their_own(conn);
    pages_of_a_list_have_each_order_once(conn);
    a_shopper_sees_a_copy_as_any_order(fresh).await;
}

fn seeded(dbms: Dbms) -> FreshDatabase {
    let fresh = FreshDatabase::empty(dbms);
    let orders = ORDERS.to_string();
    let size = ["--products", "40", "--orders", &orders, "--customers", "30"];
    let output = run(etalase_on(&fresh, &[&["seed"][..], &size].concat()));
    assert!(output.status.success(), "{}", said(&output));
    fresh
}

fn every_status_occurs(conn: &mut Conn) {
    let rows: Vec<(String, String, String)> = orders::table
        .select((orders::status, orders::payment_status, orders::fulfilment_status))
        .load(conn)
        .unwrap();
    let seen: BTreeSet<&str> =
        rows.iter().flat_map(|(a, b, c)| [a.as_str(), b.as_str(), c.as_str()]).collect();
    let all = OrderStatus::ALL.iter().map(|status| status.code());
    let all = all.chain(PaymentStatus::ALL.iter().map(|status| status.code()));
    for status in all.chain(FulfilmentStatus::ALL.iter().map(|status| status.code())) {
        // All goods are sent.
        assert!(status == "not_needed" || seen.contains(status), "no order is {status}");
    }
}

/// Tables, and what of them there must be beyond the templates.
fn everything_that_belongs_to_orders_is_there(conn: &mut Conn) {
    let found = [
        "order_line WHERE position > 0",
        "order_discount WHERE code <> ''",
        "redemption",
        "order_tax WHERE position > 0",
        "invoice WHERE kind = 'invoice'",
        "invoice WHERE kind = 'credit_note'",
        "refund WHERE kind = 'goods'",
        "refund WHERE kind = 'goodwill'",
        "order_return WHERE status = 'declined'",
        "shipment WHERE position > 0",
        "stock_move WHERE kind = 'returned'",
        "order_event WHERE kind = 'ready'",
        "mail WHERE template = 'order_shipped'",
        "payment WHERE gateway = 'stripe' AND status = 'captured'",
    ];
    for rows in found {
        assert!(count(conn, rows) > 1, "{rows}");
    }
}

fn copies_are_orders_of_their_own(conn: &mut Conn) {
    let placed: Vec<chrono::NaiveDateTime> =
        orders::table.order(orders::placed_at).select(orders::placed_at).load(conn).unwrap();
    assert_eq!(placed.len(), usize::try_from(ORDERS).unwrap());
    let now = etalase::web::visit::now();
    assert!(placed.iter().all(|at| *at < now));
    assert!(now - placed[0] > chrono::TimeDelta::days(700));
    assert_eq!(count(conn, "orders WHERE pay_until < placed_at"), 0);
    let hers = orders::table.filter(orders::customer_id.is_not_null());
    assert!(hers.count().get_result::<i64>(conn).unwrap() > 10);
    assert_eq!(count(conn, "customer"), 30, "who orders has one of them");
    assert_eq!(count(conn, "customer_address WHERE is_for_delivery"), 30);
}

fn pages_of_a_list_have_each_order_once(conn: &mut Conn) {
    // Of two that were placed at the same instant the later one comes first.
    diesel::update(orders::table.filter(orders::id.gt(OrderId(80))))
        .set(orders::placed_at.eq(etalase::web::visit::now()))
        .execute(conn)
        .unwrap();
    let (mut seen, mut wanted) = (Vec::new(), Wanted::default());
    loop {
        let page = list(conn, &wanted, 7).unwrap();
        let Some(last) = page.last() else { break };
        wanted.before = Some(last.id);
        seen.extend(page.iter().map(|order| (order.placed_at, order.id)));
    }
    let mut right = seen.clone();
    right.sort_by(|one, other| other.cmp(one));
    right.dedup();
    assert_eq!(seen, right);
    assert_eq!(seen.len(), usize::try_from(ORDERS).unwrap());
}

/// The oldest order is a copy.
async fn a_shopper_sees_a_copy_as_any_order(fresh: FreshDatabase) {
    let oldest: (String, String) = orders::table
        .filter(orders::locale.eq("en"))
        .filter(orders::payment_status.eq("refunded"))
        .filter(orders::fulfilment_status.eq("returned"))
        .order(orders::placed_at)
        .select((orders::token, orders::number))
        .first(&mut fresh.conn())
        .unwrap();
    let shop = TestShop::open_with(fresh, |_| {}).await;
    let page = format!("/orders/{}", oldest.0);
    shop.visitor().get(&page).await.expect_status(200).see(&oldest.1);
    shop.visitor().get(&format!("{page}/invoice")).await.expect_status(200).see(&oldest.1);
    shop.visitor().get(&format!("{page}/credit-notes/1")).await.expect_status(200).see(&oldest.1);
}

async fn a_shop_with_goods_is_not_seeded(dbms: Dbms) {
    let fresh = FreshDatabase::filled(dbms);
    let output = run(etalase_on(&fresh, &["seed", "--orders", "10"]));
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("seed an empty one"), "{}", said(&output));
    assert_eq!(count(&mut fresh.conn(), "orders"), 0);
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

fn count(conn: &mut Conn, of: &str) -> i64 {
    let question = diesel::sql_query(format!("SELECT count(*) AS number FROM {of}"));
    let found: Number = match conn {
        Conn::Sqlite(conn) => question.get_result(conn).unwrap(),
        Conn::Postgres(conn) => question.get_result(conn).unwrap(),
    };
    found.number
}
