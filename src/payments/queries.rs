//! All SQL of the room.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::{
    Dispute, DisputeState, Mismatch, Observed, PaymentState, Receipt, RefundKind, RefundState,
    sums_of,
};
use crate::db::schema::{
    order_address, order_line, order_return, orders, payment, payment_dispute, payment_inbox,
    payment_proof, payment_receipt, refund, refund_line,
};
use crate::db::{Conn, any_of};
use crate::error::Result;
use crate::ids::{AttemptToken, InvoiceId, OrderId, OrderToken, PaymentId, RefundId, ReturnId};
use crate::money::Money;
use crate::orders::{By, FulfilmentStatus, OrderStatus, Payment, PaymentStatus};

/// Of whose money a gateway may still have news.
const UNFINISHED: [PaymentState; 3] =
    [PaymentState::Starting, PaymentState::Open, PaymentState::Processing];
/// The trouble of a payment out of sight.
const MISSED: &str = "missed";
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

/// A refund.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = refund)]
pub struct RefundRow {
    pub id: RefundId,
    pub payment_id: PaymentId,
    pub order_id: OrderId,
    pub amount: i64,
    pub kind: String,
    pub reason: String,
    pub status: String,
    pub idempotency_key: String,
    pub credit_note_id: Option<InvoiceId>,
    pub actor: String,
    pub created_at: NaiveDateTime,
    pub settled_at: Option<NaiveDateTime>,
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

/// An order's refunds, the oldest first.
pub fn refunds_of(conn: &mut Conn, order: OrderId) -> Result<Vec<RefundRow>> {
    Ok(refund::table
        .filter(refund::order_id.eq(order))
        .order(refund::id)
        .limit(MOST_ROWS)
        .select(RefundRow::as_select())
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

/// Takes what is to be given back out of what was captured; `false` when there is not so much.
pub(super) fn count_refund(conn: &mut Conn, id: PaymentId, amount: i64) -> Result<bool> {
    let has_so_much = payment::table
        .find(id)
        .filter((payment::refunded_amount + amount).le(payment::captured_amount));
    let counted = diesel::update(has_so_much)
        .set(payment::refunded_amount.eq(payment::refunded_amount + amount))
        .execute(conn)?;
    Ok(counted == 1)
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

/// A refund before it is written.
pub(super) struct NewRefund<'a> {
    pub payment: PaymentId,
    pub order: OrderId,
    pub amount: i64,
    pub kind: RefundKind,
    pub reason: &'a str,
    pub state: RefundState,
    pub credit_note: Option<InvoiceId>,
}

pub(super) fn insert_refund(conn: &mut Conn, new: &NewRefund<'_>, by: &By) -> Result<RefundId> {
    Ok(diesel::insert_into(refund::table)
        .values((
            refund::payment_id.eq(new.payment),
            refund::order_id.eq(new.order),
            refund::amount.eq(new.amount),
            refund::kind.eq(new.kind.code()),
            refund::reason.eq(new.reason),
            refund::status.eq(new.state.code()),
            refund::idempotency_key.eq(AttemptToken::random().as_str()),
            refund::credit_note_id.eq(new.credit_note),
            refund::actor.eq(by.actor.as_str()),
            refund::created_at.eq(by.at),
            refund::settled_at.eq((new.state == RefundState::Done).then_some(by.at)),
        ))
        .returning(refund::id)
        .get_result(conn)?)
}

/// Says which return a refund is for; `false` when it is of another order.
pub(super) fn name_return(
    conn: &mut Conn,
    (id, order): (RefundId, OrderId),
    back: ReturnId,
) -> Result<bool> {
    let own = order_return::table.find(back).filter(order_return::order_id.eq(order));
    if own.count().get_result::<i64>(conn)? == 0 {
        return Ok(false);
    }
    let the_one = diesel::update(refund::table.find(id));
    the_one.set(refund::order_return_id.eq(back)).execute(conn)?;
    Ok(true)
}

/// Units of a row of the bill that come back, and what that is.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub(super) struct RefundedUnits {
    pub row_key: String,
    pub from: i64,
    pub to: i64,
    pub amount: i64,
}

pub(super) fn insert_refund_line(
    conn: &mut Conn,
    (id, order): (RefundId, OrderId),
    units: &RefundedUnits,
) -> Result<()> {
    diesel::insert_into(refund_line::table)
        .values((
            refund_line::refund_id.eq(id),
            refund_line::order_id.eq(order),
            refund_line::row_key.eq(&units.row_key),
            refund_line::from_unit.eq(units.from),
            refund_line::to_unit.eq(units.to),
            refund_line::amount.eq(units.amount),
        ))
        .execute(conn)?;
    Ok(())
}

/// Everything of an order's bill that has come back.
pub(super) fn refunded_units(conn: &mut Conn, order: OrderId) -> Result<Vec<RefundedUnits>> {
    Ok(refund_line::table
        .filter(refund_line::order_id.eq(order))
        .select((
            refund_line::row_key,
            refund_line::from_unit,
            refund_line::to_unit,
            refund_line::amount,
        ))
        .load(conn)?)
}

pub(super) fn find_refund(conn: &mut Conn, id: RefundId) -> Result<Option<RefundRow>> {
    Ok(refund::table.find(id).select(RefundRow::as_select()).first(conn).optional()?)
}

/// A payment's refunds that its gateway has not decided about.
pub(super) fn refunds_on_their_way(conn: &mut Conn, id: PaymentId) -> Result<Vec<RefundId>> {
    Ok(refund::table
        .filter(refund::payment_id.eq(id))
        .filter(refund::status.eq(RefundState::Pending.code()))
        .order(refund::id)
        .limit(MOST_ROWS)
        .select(refund::id)
        .load(conn)?)
}

/// Moves a refund from one of some states; `false` when it is in none of them.
pub(super) fn move_refund(
    conn: &mut Conn,
    id: RefundId,
    from: &[RefundState],
    to: RefundState,
    at: NaiveDateTime,
) -> Result<bool> {
    let from: Vec<&str> = from.iter().map(|state| state.code()).collect();
    let waiting = refund::table.find(id).filter(refund::status.eq_any(from));
    let moved = diesel::update(waiting)
        .set((
            refund::status.eq(to.code()),
            refund::settled_at.eq((to == RefundState::Done).then_some(at)),
        ))
        .execute(conn)?;
    Ok(moved == 1)
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

/// Payments that these accounts (live, test) may have news of, begun after one instant, and that nobody
/// has asked about since another; at most `most`, each in its turn.
pub(super) fn unsettled(
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
pub(super) fn missed(
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
pub(super) fn set_missed(conn: &mut Conn, id: PaymentId) -> Result<bool> {
    let seen = payment::table.find(id).filter(payment::trouble.ne(MISSED));
    Ok(diesel::update(seen).set(payment::trouble.eq(MISSED)).execute(conn)? == 1)
}

/// Refunds after this one that their gateways have not decided about, written before then.
pub(super) fn slow_refunds(
    conn: &mut Conn,
    before: NaiveDateTime,
    after: RefundId,
    most: i64,
) -> Result<Vec<RefundId>> {
    Ok(refund::table
        .filter(refund::status.eq(RefundState::Pending.code()))
        .filter(refund::created_at.lt(before))
        .filter(refund::id.gt(after))
        .order(refund::id)
        .limit(most)
        .select(refund::id)
        .load(conn)?)
}

/// Orders whose money should have come by `now`, at most `most`. One whose shopper has shown that
/// she paid is for a person to look at.
pub(super) fn overdue(conn: &mut Conn, now: NaiveDateTime, most: i64) -> Result<Vec<OrderId>> {
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
pub(super) fn is_overdue(conn: &mut Conn, order: OrderId, now: NaiveDateTime) -> Result<bool> {
    let overdue = orders::table.find(order).filter(orders::pay_until.lt(now)).filter(is_waiting());
    let proofs = payment_proof::table.filter(payment_proof::order_id.eq(order));
    Ok(overdue.count().get_result::<i64>(conn)? > 0 && proofs.count().get_result::<i64>(conn)? == 0)
}

/// Whether an order still waits for money.
pub(super) fn wants_money(conn: &mut Conn, order: OrderId) -> Result<bool> {
    let short = [PaymentStatus::Unpaid, PaymentStatus::PartPaid].map(PaymentStatus::code);
    let waiting = orders::table
        .find(order)
        .filter(orders::status.ne(OrderStatus::Cancelled.code()))
        .filter(orders::payment_status.eq_any(short));
    Ok(waiting.count().get_result::<i64>(conn)? > 0)
}

/// Takes the right to ask a gateway about a payment, unless somebody has asked since `asked_before`.
pub(super) fn may_ask(
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

/// Whether a shopper has shown this very picture before.
pub(super) fn has_proof(conn: &mut Conn, order: OrderId, picture: &[u8]) -> Result<bool> {
    let same = payment_proof::table
        .filter(payment_proof::order_id.eq(order))
        .filter(payment_proof::bytes.eq(picture));
    Ok(same.count().get_result::<i64>(conn)? > 0)
}

/// Keeps a picture (JPEG).
pub(super) fn insert_proof(
    conn: &mut Conn,
    (order, position): (OrderId, i64),
    picture: &[u8],
    now: NaiveDateTime,
) -> Result<()> {
    diesel::insert_into(payment_proof::table)
        .values((
            payment_proof::order_id.eq(order),
            payment_proof::position.eq(position),
            payment_proof::media_type.eq("image/jpeg"),
            payment_proof::bytes.eq(picture),
            payment_proof::uploaded_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// A picture (JPEG) by which the shopper shows that she has paid, counted from 0.
pub fn find_proof(conn: &mut Conn, order: OrderId, position: i64) -> Result<Option<Vec<u8>>> {
    Ok(payment_proof::table
        .filter(payment_proof::order_id.eq(order))
        .filter(payment_proof::position.eq(position))
        .select(payment_proof::bytes)
        .first(conn)
        .optional()?)
}

/// Deletes pictures that came before an instant, at most so many, of orders whose money is settled: as
/// long as it is not, nobody cancels them.
pub(super) fn forget_proofs(conn: &mut Conn, before: NaiveDateTime, most: i64) -> Result<usize> {
    let short = [PaymentStatus::Unpaid, PaymentStatus::PartPaid].map(PaymentStatus::code);
    let is_over = orders::status.eq(OrderStatus::Cancelled.code());
    let old: Vec<i64> = payment_proof::table
        .inner_join(orders::table)
        .filter(payment_proof::uploaded_at.lt(before))
        .filter(is_over.or(orders::payment_status.ne_all(short)))
        .order(payment_proof::uploaded_at)
        .limit(most)
        .select(payment_proof::id)
        .load(conn)?;
    Ok(diesel::delete(payment_proof::table.filter(any_of(payment_proof::id, &old)))
        .execute(conn)?)
}

/// Marks that a gateway was asked.
pub(super) fn set_checked(conn: &mut Conn, id: PaymentId, at: NaiveDateTime) -> Result<()> {
    diesel::update(payment::table.find(id)).set(payment::checked_at.eq(at)).execute(conn)?;
    Ok(())
}

/// A notice as it is kept.
#[derive(Debug, Clone, Queryable)]
pub(super) struct Kept {
    pub attempt: Option<String>,
    pub reference: Option<String>,
}

/// Keeps a notice.
///
/// # Errors
/// A duplicate (`Error::is_duplicate`) when it came before.
pub(super) fn insert_notice(
    conn: &mut Conn,
    (gateway, event): (&str, &str),
    (attempt, reference): (Option<&str>, Option<&str>),
    payload: &str,
    now: NaiveDateTime,
) -> Result<()> {
    diesel::insert_into(payment_inbox::table)
        .values((
            payment_inbox::gateway.eq(gateway),
            payment_inbox::event_id.eq(event),
            payment_inbox::attempt.eq(attempt),
            payment_inbox::reference.eq(reference),
            payment_inbox::payload.eq(payload),
            payment_inbox::received_at.eq(now),
            payment_inbox::error.eq(""),
        ))
        .execute(conn)?;
    Ok(())
}

pub(super) fn has_notice(conn: &mut Conn, gateway: &str, event: &str) -> Result<bool> {
    let kept = payment_inbox::table.find((gateway, event)).count().get_result::<i64>(conn)?;
    Ok(kept > 0)
}

/// A notice that waits to be acted on.
pub(super) fn find_notice(conn: &mut Conn, gateway: &str, event: &str) -> Result<Option<Kept>> {
    Ok(payment_inbox::table
        .find((gateway, event))
        .filter(payment_inbox::processed_at.is_null())
        .select((payment_inbox::attempt, payment_inbox::reference))
        .first(conn)
        .optional()?)
}

pub(super) fn close_notice(
    conn: &mut Conn,
    (gateway, event): (&str, &str),
    error: &str,
    now: NaiveDateTime,
) -> Result<()> {
    diesel::update(payment_inbox::table.find((gateway, event)))
        .set((payment_inbox::processed_at.eq(now), payment_inbox::error.eq(error)))
        .execute(conn)?;
    Ok(())
}

/// Deletes notices that were acted on before an instant, about so many.
pub(super) fn forget_notices(conn: &mut Conn, before: NaiveDateTime, most: i64) -> Result<usize> {
    let done_at = payment_inbox::processed_at.assume_not_null();
    let old: Vec<NaiveDateTime> = payment_inbox::table
        .filter(payment_inbox::processed_at.lt(before))
        .order(payment_inbox::processed_at)
        .limit(most)
        .select(done_at)
        .load(conn)?;
    let Some(last) = old.last() else { return Ok(0) };
    let old = payment_inbox::table.filter(payment_inbox::processed_at.le(last));
    Ok(diesel::delete(old).execute(conn)?)
}
