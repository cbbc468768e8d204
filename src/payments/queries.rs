//! All SQL of the room: the payments themselves here.

mod notices;
mod proofs;
mod refunds;
mod waiting;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::{Dispute, DisputeState, Mismatch, Observed, PaymentState, Receipt, sums_of};
use crate::db::Conn;
use crate::db::schema::{
    order_address, order_line, orders, payment, payment_dispute, payment_receipt, refund,
};
use crate::error::Result;
use crate::ids::{AttemptToken, OrderId, OrderToken, PaymentId};
use crate::money::Money;
use crate::orders::{By, OrderStatus, Payment};

pub(super) use notices::{
    Kept, close_notice, find_notice, forget_notices, has_notice, insert_notice,
};
pub use proofs::find_proof;
pub(super) use proofs::{forget_proofs, has_proof, insert_proof};
pub(super) use refunds::{
    NewRefund, RefundedUnits, count_refund, find_refund, insert_refund, insert_refund_line,
    move_refund, name_return, refunded_units, refunds_on_their_way, slow_refunds,
};
pub use refunds::{RefundRow, refunds_of};
pub(super) use waiting::{
    is_overdue, may_ask, missed, overdue, set_checked, set_missed, unsettled, wants_money,
};

/// How many rows of an order are shown at most: far more than any order has.
const MOST_ROWS: i64 = 200;

/// A try to pay.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = payment)]
pub struct PaymentRow {
    pub id: PaymentId,
    pub order_id: OrderId,
    pub attempt: String,
    pub gateway: String,
    pub reference: Option<String>,
    pub live: bool,
    pub currency: String,
    pub amount: i64,
    pub status: String,
    pub captured_amount: i64,
    pub refunded_amount: i64,
    pub redirect_url: String,
    /// What was not believed about it, or that nobody can be asked; empty for nothing.
    pub trouble: String,
    pub expires_at: Option<NaiveDateTime>,
    pub created_at: NaiveDateTime,
}

impl PaymentRow {
    /// `None` when this version does not know it.
    pub(super) fn state(&self) -> Option<PaymentState> {
        PaymentState::parse(&self.status)
    }

    /// What came by it and is not on its way back.
    pub(super) fn kept(&self) -> i64 {
        self.captured_amount - self.refunded_amount
    }

    /// Whether its page is still open, by the clock.
    pub(super) fn is_in_time(&self, now: NaiveDateTime) -> bool {
        self.expires_at.is_none_or(|until| until > now)
    }

    /// Whether its page, if there is one, is known to nobody.
    pub(super) fn was_shown_to_nobody(&self) -> bool {
        self.state() == Some(PaymentState::Starting) && self.reference.is_none()
    }

    /// Whether a gateway may still have news of it.
    pub(super) fn is_unfinished(&self) -> bool {
        let is_by_hand = Payment::parse(&self.gateway).is_some_and(Payment::is_by_hand);
        !is_by_hand && self.state().is_some_and(|state| !state.is_final())
    }
}

/// What was received, by whose word and when.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = payment_receipt)]
pub struct ReceiptRow {
    pub amount: i64,
    pub reference: String,
    pub actor: String,
    pub received_at: NaiveDateTime,
}

/// A payment before it is written.
pub(super) struct NewPayment<'a> {
    pub order: OrderId,
    pub attempt: &'a AttemptToken,
    pub gateway: &'static str,
    pub live: bool,
    pub amount: Money,
    pub state: PaymentState,
    pub expires_at: Option<NaiveDateTime>,
    pub now: NaiveDateTime,
}

pub(super) fn insert(conn: &mut Conn, new: &NewPayment<'_>) -> Result<PaymentId> {
    Ok(diesel::insert_into(payment::table)
        .values((
            payment::order_id.eq(new.order),
            payment::attempt.eq(new.attempt.as_str()),
            payment::gateway.eq(new.gateway),
            payment::live.eq(new.live),
            payment::currency.eq(new.amount.currency().code()),
            payment::amount.eq(new.amount.minor()),
            payment::status.eq(new.state.code()),
            payment::captured_amount.eq(0),
            payment::refunded_amount.eq(0),
            payment::redirect_url.eq(""),
            payment::trouble.eq(""),
            payment::expires_at.eq(new.expires_at),
            payment::created_at.eq(new.now),
        ))
        .returning(payment::id)
        .get_result(conn)?)
}

/// An order's tries to pay, the oldest first.
pub fn payments_of(conn: &mut Conn, order: OrderId) -> Result<Vec<PaymentRow>> {
    Ok(payment::table
        .filter(payment::order_id.eq(order))
        .order(payment::id)
        .limit(MOST_ROWS)
        .select(PaymentRow::as_select())
        .load(conn)?)
}

/// What was received for an order, the oldest first.
pub fn receipts_of(conn: &mut Conn, order: OrderId) -> Result<Vec<ReceiptRow>> {
    Ok(payment_receipt::table
        .inner_join(payment::table)
        .filter(payment::order_id.eq(order))
        .order(payment_receipt::id)
        .limit(MOST_ROWS)
        .select(ReceiptRow::as_select())
        .load(conn)?)
}

/// The payment that some news are about: by our name of it, else by the gateway's.
pub(super) fn find_observed(conn: &mut Conn, observed: &Observed) -> Result<Option<PaymentRow>> {
    match (&observed.attempt, &observed.reference) {
        (Some(attempt), _) => find_attempt(conn, attempt),
        (None, Some(reference)) => find_reference(conn, observed.gateway, reference),
        (None, None) => Ok(None),
    }
}

pub(super) fn find_attempt(conn: &mut Conn, attempt: &AttemptToken) -> Result<Option<PaymentRow>> {
    Ok(payment::table
        .filter(payment::attempt.eq(attempt.as_str()))
        .select(PaymentRow::as_select())
        .first(conn)
        .optional()?)
}

pub(super) fn find_reference(
    conn: &mut Conn,
    gateway: &str,
    reference: &str,
) -> Result<Option<PaymentRow>> {
    Ok(payment::table
        .filter(payment::gateway.eq(gateway))
        .filter(payment::reference.eq(reference))
        .select(PaymentRow::as_select())
        .first(conn)
        .optional()?)
}

pub(super) fn payment(conn: &mut Conn, id: PaymentId) -> Result<PaymentRow> {
    Ok(payment::table.find(id).select(PaymentRow::as_select()).first(conn)?)
}

pub(super) fn set_trouble(
    conn: &mut Conn,
    id: PaymentId,
    mismatch: Mismatch,
    at: NaiveDateTime,
) -> Result<()> {
    diesel::update(payment::table.find(id))
        .set((payment::trouble.eq(mismatch.code()), payment::checked_at.eq(at)))
        .execute(conn)?;
    Ok(())
}

/// What a payment has become.
pub(super) struct Advance<'a> {
    pub state: PaymentState,
    pub captured: i64,
    pub reference: Option<&'a str>,
    pub expires_at: Option<NaiveDateTime>,
}

/// Moves a payment on, while its order is held.
pub(super) fn advance(
    conn: &mut Conn,
    id: PaymentId,
    to: &Advance<'_>,
    at: NaiveDateTime,
) -> Result<()> {
    diesel::update(payment::table.find(id))
        .set((
            payment::status.eq(to.state.code()),
            payment::captured_amount.eq(to.captured),
            payment::reference.eq(to.reference),
            payment::expires_at.eq(to.expires_at),
            payment::trouble.eq(""),
            payment::checked_at.eq(at),
        ))
        .execute(conn)?;
    Ok(())
}

/// Lets a payment by hand ask for another amount.
pub(super) fn set_asked(
    conn: &mut Conn,
    id: PaymentId,
    amount: i64,
    state: PaymentState,
) -> Result<()> {
    diesel::update(payment::table.find(id))
        .set((payment::amount.eq(amount), payment::status.eq(state.code())))
        .execute(conn)?;
    Ok(())
}

/// The way in which an order is to be paid, and its currency, by their codes.
pub(super) fn method_of(conn: &mut Conn, id: OrderId) -> Result<(String, String)> {
    Ok(orders::table.find(id).select((orders::payment_method, orders::currency)).first(conn)?)
}

/// Keeps what a gateway has made of a payment that was only written.
pub(super) fn open(
    conn: &mut Conn,
    id: PaymentId,
    (url, reference): (&str, &str),
    expires_at: Option<NaiveDateTime>,
) -> Result<bool> {
    let starting = payment::table.find(id).filter(payment::status.eq("starting"));
    let opened = diesel::update(starting)
        .set((
            payment::status.eq(PaymentState::Open.code()),
            payment::redirect_url.eq(url),
            payment::reference.eq(reference),
            payment::expires_at.eq(expires_at),
        ))
        .execute(conn)?;
    Ok(opened == 1)
}

/// What an order has got and given back, as its payment status counts them.
pub(super) fn sums(conn: &mut Conn, order: OrderId) -> Result<(i64, i64)> {
    let captured: Vec<i64> = payment::table
        .filter(payment::order_id.eq(order))
        .select(payment::captured_amount)
        .load(conn)?;
    let refunds: Vec<(i64, String, String)> = refund::table
        .filter(refund::order_id.eq(order))
        .select((refund::amount, refund::kind, refund::status))
        .load(conn)?;
    Ok(sums_of(captured.into_iter().sum(), &refunds))
}

/// Writes down what staff saw arrive.
///
/// # Errors
/// A duplicate (`Error::is_duplicate`) when this reference was received before.
pub(super) fn insert_receipt(
    conn: &mut Conn,
    id: PaymentId,
    receipt: &Receipt,
    by: &By,
) -> Result<()> {
    diesel::insert_into(payment_receipt::table)
        .values((
            payment_receipt::payment_id.eq(id),
            payment_receipt::amount.eq(receipt.amount),
            payment_receipt::reference.eq(&receipt.reference),
            payment_receipt::actor.eq(by.actor.as_str()),
            payment_receipt::received_at.eq(by.at),
        ))
        .execute(conn)?;
    Ok(())
}

/// What was received of a payment in all.
pub(super) fn received(conn: &mut Conn, id: PaymentId) -> Result<i64> {
    let amounts: Vec<i64> = payment_receipt::table
        .filter(payment_receipt::payment_id.eq(id))
        .select(payment_receipt::amount)
        .load(conn)?;
    Ok(amounts.into_iter().sum())
}

/// The newest try to pay an order on a gateway's page that has not ended, while its money is waited
/// for; with the language that the order speaks.
pub(super) fn find_waiting(
    conn: &mut Conn,
    token: &OrderToken,
) -> Result<Option<(PaymentRow, String)>> {
    let open = [OrderStatus::Pending, OrderStatus::Placed].map(OrderStatus::code);
    let tries: Vec<(PaymentRow, String)> = payment::table
        .inner_join(orders::table)
        .filter(orders::token.eq(token.as_str()))
        .filter(orders::status.eq_any(open))
        .order(payment::id.desc())
        .limit(1)
        .select((PaymentRow::as_select(), orders::locale))
        .load(conn)?;
    Ok(tries.into_iter().find(|(payment, _)| payment.is_unfinished()))
}

/// A try to pay by its name, of the order that this token opens.
pub(super) fn find_try(
    conn: &mut Conn,
    token: &OrderToken,
    attempt: &AttemptToken,
) -> Result<Option<PaymentRow>> {
    Ok(payment::table
        .inner_join(orders::table)
        .filter(orders::token.eq(token.as_str()))
        .filter(payment::attempt.eq(attempt.as_str()))
        .select(PaymentRow::as_select())
        .first(conn)
        .optional()?)
}

/// An order as whoever is to pay it sees it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = orders)]
pub(super) struct Bought {
    pub id: OrderId,
    pub number: String,
    pub status: String,
    pub payment_status: String,
    pub payment_method: String,
    pub delivery_kind: String,
    pub currency: String,
    pub total_amount: i64,
    pub placed_at: NaiveDateTime,
    pub pay_until: Option<NaiveDateTime>,
}

pub(super) fn find_bought(conn: &mut Conn, token: &OrderToken) -> Result<Option<Bought>> {
    let bought = orders::table.filter(orders::token.eq(token.as_str()));
    Ok(bought.select(Bought::as_select()).first(conn).optional()?)
}

/// Where an order goes, else where its bill goes.
pub(super) fn country_of(conn: &mut Conn, order: OrderId) -> Result<String> {
    // Of the two kinds `delivery` is the later word.
    Ok(order_address::table
        .filter(order_address::order_id.eq(order))
        .order(order_address::kind.desc())
        .select(order_address::country)
        .first(conn)?)
}

/// What a gateway has to know to start a payment, and what the shop says to it.
pub(super) fn order_of(conn: &mut Conn, id: OrderId) -> Result<(String, String, String)> {
    Ok(orders::table
        .find(id)
        .select((orders::number, orders::email, orders::locale))
        .first(conn)?)
}

/// The bill of an order, as it is stored.
pub(super) fn bill_of(conn: &mut Conn, id: OrderId) -> Result<String> {
    Ok(orders::table.find(id).select(orders::bill).first(conn)?)
}

/// How much of each line was sold, in their order.
pub(super) fn quantities_of(conn: &mut Conn, id: OrderId) -> Result<Vec<i64>> {
    Ok(order_line::table
        .filter(order_line::order_id.eq(id))
        .order(order_line::position)
        .select(order_line::quantity)
        .load(conn)?)
}

/// Keeps a dispute as it stands; `false` when it stood so before.
pub(super) fn keep_dispute(
    conn: &mut Conn,
    id: PaymentId,
    dispute: &Dispute,
    at: NaiveDateTime,
) -> Result<bool> {
    let state = dispute.state.code();
    let known = payment_dispute::table.find((id, &dispute.reference));
    let moved = (payment_dispute::status.eq(state), payment_dispute::moved_at.eq(at));
    let has_moved = known.filter(payment_dispute::status.ne(state));
    // An answer that is late opens nothing again that is decided.
    let is_decided = dispute.state != DisputeState::Open;
    if is_decided && diesel::update(has_moved).set(moved).execute(conn)? > 0 {
        return Ok(true);
    }
    if known.count().get_result::<i64>(conn)? > 0 {
        return Ok(false);
    }
    diesel::insert_into(payment_dispute::table)
        .values((
            payment_dispute::payment_id.eq(id),
            payment_dispute::reference.eq(&dispute.reference),
            payment_dispute::amount.eq(dispute.amount),
            payment_dispute::reason.eq(&dispute.reason),
            payment_dispute::opened_at.eq(at),
            moved,
        ))
        .execute(conn)?;
    Ok(true)
}
