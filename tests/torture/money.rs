//! What must hold of the money: the gateways' books and the shop's say the same, and nobody paid for nothing.

use diesel::prelude::*;
use std::collections::BTreeMap;

use crate::Town;
use crate::kit::stand_in::{Entry, Stands};
use crate::witness::End;
use etalase::db::Conn;
use etalase::db::schema::{order_event, orders, payment, refund};
use etalase::ids::{OrderId, PaymentId};

/// A try to pay as the shop knows it.
struct Try {
    order: OrderId,
    attempt: String,
    is_hosted: bool,
    captured: i64,
    /// Whether a shopper was sent to its page.
    was_shown: bool,
    /// Amount, kind and status of each.
    refunds: Vec<(i64, String, String)>,
}

impl Try {
    fn refunded(&self, is_it: impl Fn(&str, &str) -> bool) -> i64 {
        let refunds = self.refunds.iter().filter(|(_, kind, status)| is_it(kind, status));
        refunds.map(|(amount, ..)| amount).sum()
    }
}

pub fn hold(town: &Town) {
    let conn = &mut town.house.fresh.conn();
    let (tries, entries) = (tries(conn), town.gateways.books());
    the_gateways_books_are_ours(&tries, &entries);
    nobody_has_paid_for_nothing(conn, &tries);
    who_was_told_that_she_has_paid_has(conn, town, &tries);
    what_takes_an_order_up_again_stays(conn);
    nothing_was_doubted(conn);
    let sum = |of: fn(&Entry) -> bool| entries.iter().filter(|entry| of(entry)).count();
    println!("{:>8}  pages of gateways", entries.len());
    println!("{:>8}  payments on them", sum(|entry| entry.captured > 0));
    println!("{:>8}  of them refunded in part or whole", sum(|entry| entry.refunded > 0));
    println!("{:>8}  of them with refunds that failed", sum(|entry| entry.failed > 0));
}

fn tries(conn: &mut Conn) -> Vec<Try> {
    let refunds: Vec<(PaymentId, i64, String, String)> = refund::table
        .select((refund::payment_id, refund::amount, refund::kind, refund::status))
        .load(conn)
        .unwrap();
    let payments: Vec<(PaymentId, OrderId, String, String, i64, String)> = payment::table
        .select((
            payment::id,
            payment::order_id,
            payment::attempt,
            payment::gateway,
            payment::captured_amount,
            payment::redirect_url,
        ))
        .load(conn)
        .unwrap();
    let tries = payments.into_iter().map(|(id, order, attempt, gateway, captured, url)| Try {
        order,
        attempt,
        is_hosted: matches!(gateway.as_str(), "stripe" | "midtrans"),
        captured,
        was_shown: !url.is_empty(),
        refunds: refunds
            .iter()
            .filter(|(payment, ..)| *payment == id)
            .map(|(_, amount, kind, status)| (*amount, kind.clone(), status.clone()))
            .collect(),
    });
    tries.collect()
}

/// Every page belongs to one order. What came and what went back is the same on both sides, but for what a person has to
/// send; and nobody can pay any more.
fn the_gateways_books_are_ours(tries: &[Try], entries: &[Entry]) {
    let mut ours: BTreeMap<&str, &Try> =
        tries.iter().filter(|row| row.is_hosted).map(|row| (row.attempt.as_str(), row)).collect();
    for entry in entries {
        let own = ours.remove(entry.attempt.as_str());
        let own = own.unwrap_or_else(|| panic!("nobody knows {entry:?}"));
        let sent = own.refunded(|_, status| status == "done");
        let failed = own.refunded(|_, status| status == "failed");
        assert_eq!((own.captured, sent), (entry.captured, entry.refunded), "{entry:?}");
        assert_eq!(failed, entry.failed, "{entry:?}");
        assert_eq!(own.refunded(|_, status| status == "pending"), 0, "{entry:?}");
        assert!(entry.stands == Stands::Over || !own.was_shown, "{entry:?} can still be paid");
    }
    assert!(ours.values().all(|own| own.captured == 0), "money out of nowhere");
}

/// Of an order's money no more is kept than it comes to, and nothing when it is cancelled. Somebody who pays by transfer
/// what she had paid before has an order that says so.
fn nobody_has_paid_for_nothing(conn: &mut Conn, tries: &[Try]) {
    let orders: Vec<(OrderId, String, String, String, i64)> = orders::table
        .select((
            orders::id,
            orders::number,
            orders::status,
            orders::payment_status,
            orders::total_amount,
        ))
        .load(conn)
        .unwrap();
    for (id, number, status, payment, total) in orders {
        let own = || tries.iter().filter(|row| row.order == id);
        let came: i64 =
            own().map(|row| row.captured - row.refunded(|kind, _| kind == "surplus")).sum();
        let kept: i64 = own().map(|row| row.captured - row.refunded(|_, _| true)).sum();
        assert!(came <= total || payment == "overpaid", "{number}: {came} of {total}");
        assert!(status != "cancelled" || kept == 0, "{number} is cancelled and has kept {kept}");
    }
}

fn who_was_told_that_she_has_paid_has(conn: &mut Conn, town: &Town, tries: &[Try]) {
    let orders: BTreeMap<String, OrderId> =
        orders::table.select((orders::token, orders::id)).load(conn).unwrap().into_iter().collect();
    for trip in town.witness.trips() {
        let End::Ordered(seen) = &trip.end else { continue };
        let own = tries.iter().filter(|row| row.order == orders[&seen.token]);
        let came: i64 = own.map(|row| row.captured).sum();
        assert!(!seen.is_paid || came >= seen.total, "{seen:?} has paid {came}");
    }
}

/// An order is not taken up for money that goes back at once.
fn what_takes_an_order_up_again_stays(conn: &mut Conn) {
    let mut at = |kind: &str| -> Vec<(OrderId, chrono::NaiveDateTime)> {
        let events = order_event::table.filter(order_event::kind.eq(kind.to_owned()));
        events.select((order_event::order_id, order_event::happened_at)).load(conn).unwrap()
    };
    let (reopened, surplus) = (at("reopened"), at("surplus_came"));
    println!(
        "{:>8}  orders taken up again, {} payments too many or too late",
        reopened.len(),
        surplus.len()
    );
    assert!(reopened.iter().all(|moment| !surplus.contains(moment)));
}

/// What the gateways said was believed: none of it was false.
fn nothing_was_doubted(conn: &mut Conn) {
    let troubles = payment::table.filter(payment::trouble.ne(""));
    let doubted: Vec<(String, String)> =
        troubles.select((payment::attempt, payment::trouble)).load(conn).unwrap();
    assert_eq!(doubted, []);
}
