//! What goes back of a payment.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::MOST_ROWS;
use crate::db::Conn;
use crate::db::schema::{order_return, payment, refund, refund_line};
use crate::error::Result;
use crate::ids::{AttemptToken, InvoiceId, OrderId, PaymentId, RefundId, ReturnId};
use crate::orders::By;
use crate::payments::model::{RefundKind, RefundState};

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

/// An order's refunds, the oldest first.
pub fn refunds_of(conn: &mut Conn, order: OrderId) -> Result<Vec<RefundRow>> {
    Ok(refund::table
        .filter(refund::order_id.eq(order))
        .order(refund::id)
        .limit(MOST_ROWS)
        .select(RefundRow::as_select())
        .load(conn)?)
}

/// Takes what is to be given back out of what was captured; `false` when there is not so much.
pub(in crate::payments) fn count_refund(
    conn: &mut Conn,
    id: PaymentId,
    amount: i64,
) -> Result<bool> {
    let has_so_much = payment::table
        .find(id)
        .filter((payment::refunded_amount + amount).le(payment::captured_amount));
    let counted = diesel::update(has_so_much)
        .set(payment::refunded_amount.eq(payment::refunded_amount + amount))
        .execute(conn)?;
    Ok(counted == 1)
}

/// A refund before it is written.
pub(in crate::payments) struct NewRefund<'a> {
    pub payment: PaymentId,
    pub order: OrderId,
    pub amount: i64,
    pub kind: RefundKind,
    pub reason: &'a str,
    pub state: RefundState,
    pub credit_note: Option<InvoiceId>,
}

pub(in crate::payments) fn insert_refund(
    conn: &mut Conn,
    new: &NewRefund<'_>,
    by: &By,
) -> Result<RefundId> {
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
pub(in crate::payments) fn name_return(
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
pub(in crate::payments) struct RefundedUnits {
    pub row_key: String,
    pub from: i64,
    pub to: i64,
    pub amount: i64,
}

pub(in crate::payments) fn insert_refund_line(
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
pub(in crate::payments) fn refunded_units(
    conn: &mut Conn,
    order: OrderId,
) -> Result<Vec<RefundedUnits>> {
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

pub(in crate::payments) fn find_refund(conn: &mut Conn, id: RefundId) -> Result<Option<RefundRow>> {
    Ok(refund::table.find(id).select(RefundRow::as_select()).first(conn).optional()?)
}

/// A payment's refunds that its gateway has not decided about.
pub(in crate::payments) fn refunds_on_their_way(
    conn: &mut Conn,
    id: PaymentId,
) -> Result<Vec<RefundId>> {
    Ok(refund::table
        .filter(refund::payment_id.eq(id))
        .filter(refund::status.eq(RefundState::Pending.code()))
        .order(refund::id)
        .limit(MOST_ROWS)
        .select(refund::id)
        .load(conn)?)
}

/// Moves a refund from one of some states; `false` when it is in none of them.
pub(in crate::payments) fn move_refund(
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

/// Refunds after this one that their gateways have not decided about, written before then.
pub(in crate::payments) fn slow_refunds(
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
