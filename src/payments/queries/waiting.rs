//! Money that is waited for.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::PaymentRow;
use crate::db::Conn;
use crate::db::schema::{orders, payment, payment_proof};
use crate::error::Result;
use crate::ids::{OrderId, PaymentId};
use crate::orders::{FulfilmentStatus, OrderStatus, Payment, PaymentStatus};
use crate::payments::model::PaymentState;

/// Of whose money a gateway may still have news.
const UNFINISHED: [PaymentState; 3] =
    [PaymentState::Starting, PaymentState::Open, PaymentState::Processing];
/// The trouble of a payment out of sight.
const MISSED: &str = "missed";

/// Payments that these accounts (live, test) may have news of, begun after one instant, and that nobody
/// has asked about since another; at most `most`, each in its turn.
pub(in crate::payments) fn unsettled(
    conn: &mut Conn,
    (live, test): &(Vec<&'static str>, Vec<&'static str>),
    (begun_after, asked_before): (NaiveDateTime, NaiveDateTime),
    most: i64,
) -> Result<Vec<PaymentRow>> {
    let is_live = payment::live.eq(true).and(payment::gateway.eq_any(live));
    let is_test = payment::live.eq(false).and(payment::gateway.eq_any(test));
    Ok(payment::table
        .filter(payment::status.eq_any(UNFINISHED.map(PaymentState::code)))
        .filter(is_live.or(is_test))
        .filter(payment::created_at.between(begun_after, asked_before))
        .filter(payment::checked_at.is_null().or(payment::checked_at.lt(asked_before)))
        // Where those without a date stand is no matter of the database.
        .order((payment::checked_at.is_not_null(), payment::checked_at, payment::created_at))
        .limit(most)
        .select(PaymentRow::as_select())
        .load(conn)?)
}

/// Payments of real money that may still come, on an account that is none of these, and of which this
/// has not been said; at most `most`.
pub(in crate::payments) fn missed(
    conn: &mut Conn,
    accounts: &[&'static str],
    most: i64,
) -> Result<Vec<PaymentRow>> {
    let by_hand = Payment::ALL.into_iter().filter(|payment| payment.is_by_hand());
    Ok(payment::table
        .filter(payment::status.eq_any(UNFINISHED.map(PaymentState::code)))
        .filter(payment::live.eq(true))
        .filter(payment::gateway.ne_all(by_hand.map(Payment::code)))
        .filter(payment::gateway.ne_all(accounts))
        .filter(payment::trouble.ne(MISSED))
        .order(payment::id)
        .limit(most)
        .select(PaymentRow::as_select())
        .load(conn)?)
}

/// Marks that nobody can be asked about a payment; `false` when it was marked before.
pub(in crate::payments) fn set_missed(conn: &mut Conn, id: PaymentId) -> Result<bool> {
    let seen = payment::table.find(id).filter(payment::trouble.ne(MISSED));
    Ok(diesel::update(seen).set(payment::trouble.eq(MISSED)).execute(conn)? == 1)
}

/// Orders whose money should have come by `now`, at most `most`. One whose shopper has shown that
/// she paid is for a person to look at.
pub(in crate::payments) fn overdue(
    conn: &mut Conn,
    now: NaiveDateTime,
    most: i64,
) -> Result<Vec<OrderId>> {
    let shown = payment_proof::table.filter(payment_proof::order_id.eq(orders::id));
    Ok(orders::table
        .filter(orders::pay_until.lt(now))
        .filter(is_waiting())
        .filter(diesel::dsl::not(diesel::dsl::exists(shown)))
        .order(orders::pay_until)
        .limit(most)
        .select(orders::id)
        .load(conn)?)
}

/// Whether its money is waited for, and no longer than until `now`.
pub(in crate::payments) fn is_overdue(
    conn: &mut Conn,
    order: OrderId,
    now: NaiveDateTime,
) -> Result<bool> {
    let overdue = orders::table.find(order).filter(orders::pay_until.lt(now)).filter(is_waiting());
    let proofs = payment_proof::table.filter(payment_proof::order_id.eq(order));
    Ok(overdue.count().get_result::<i64>(conn)? > 0 && proofs.count().get_result::<i64>(conn)? == 0)
}

/// Whether an order still waits for money.
pub(in crate::payments) fn wants_money(conn: &mut Conn, order: OrderId) -> Result<bool> {
    let short = [PaymentStatus::Unpaid, PaymentStatus::PartPaid].map(PaymentStatus::code);
    let waiting = orders::table
        .find(order)
        .filter(orders::status.ne(OrderStatus::Cancelled.code()))
        .filter(orders::payment_status.eq_any(short));
    Ok(waiting.count().get_result::<i64>(conn)? > 0)
}

/// Takes the right to ask a gateway about a payment, unless somebody has asked since `asked_before`.
pub(in crate::payments) fn may_ask(
    conn: &mut Conn,
    id: PaymentId,
    asked_before: NaiveDateTime,
    now: NaiveDateTime,
) -> Result<bool> {
    let quiet = payment::table
        .find(id)
        .filter(payment::checked_at.is_null().or(payment::checked_at.lt(asked_before)));
    Ok(diesel::update(quiet).set(payment::checked_at.eq(now)).execute(conn)? == 1)
}

#[diesel::dsl::auto_type]
fn is_waiting() -> _ {
    let pending: &'static str = OrderStatus::Pending.code();
    let placed: &'static str = OrderStatus::Placed.code();
    let unpaid: &'static str = PaymentStatus::Unpaid.code();
    let unsent: &'static str = FulfilmentStatus::Unfulfilled.code();
    let unneeded: &'static str = FulfilmentStatus::NotNeeded.code();
    let is_open = orders::status.eq(pending).or(orders::status.eq(placed));
    let is_here = orders::fulfilment_status.eq(unsent).or(orders::fulfilment_status.eq(unneeded));
    orders::payment_status.eq(unpaid).and(is_open).and(is_here)
}

/// Marks that a gateway was asked.
pub(in crate::payments) fn set_checked(
    conn: &mut Conn,
    id: PaymentId,
    at: NaiveDateTime,
) -> Result<()> {
    diesel::update(payment::table.find(id)).set(payment::checked_at.eq(at)).execute(conn)?;
    Ok(())
}
