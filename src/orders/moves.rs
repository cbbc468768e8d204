//! The one way in which each status of an order moves. Whoever moves an order holds it first: its
//! row stays locked until the transaction ends, so that two moves never pass each other, and every
//! move is still a compare-and-swap.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::{Value, json};

use super::model::{Ending, Payment};
use super::status::{FulfilmentStatus, OrderStatus, PaymentStatus, Units};
use super::timeline::{By, EventKind, note};
use crate::db::Conn;
use crate::db::schema::{order_line, orders};
use crate::error::{Error, Result};
use crate::ids::{OrderId, OrderLineId, VariantId};
use crate::stock::{self, Cause};

/// An order that this transaction moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub id: OrderId,
    pub number: String,
    pub status: OrderStatus,
    pub payment: PaymentStatus,
    pub fulfilment: FulfilmentStatus,
    /// Minor units of the order's currency.
    pub total: i64,
}

/// Why an order does not move as asked. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    #[error("there is no such order")]
    NoOrder,
    #[error("an order that is {} cannot become {}", .from.code(), .to.code())]
    NotFrom { from: OrderStatus, to: OrderStatus },
    #[error(
        "something of the order was sent, so it cannot be cancelled: refund the lines that are not sent"
    )]
    HasShipped,
    #[error("the order has money that is not on its way back")]
    HasMoney,
    #[error("the order is {}: nothing can be shipped of it", .0.code())]
    NotPacked(OrderStatus),
    #[error("the order is kept back: nothing of it is sent until it is let go")]
    Stopped,
    #[error("line {position} has no {asked} units left for that")]
    TooMany { position: i64, asked: i64 },
    #[error("fewer than {asked} units of {sku} lie on the shelf")]
    NotOnShelf { sku: String, asked: i64 },
    #[error("the order is not one that the shopper fetches")]
    NotFetched,
    #[error("the shopper was told before")]
    ToldBefore,
    #[error("nothing was named")]
    Nothing,
    #[error("the return is {0} already")]
    ReturnIs(String),
    #[error(
        "no payment of the order has {0} left to give back: of one that was paid in several ways, refund an amount of each"
    )]
    NotSoMuch(i64),
    #[error("the order has no {0} to refund")]
    NoSuchRow(String),
    #[error("the order has no payment that is {0}")]
    NoPayment(&'static str),
    #[error("{0} was received before")]
    ReceivedBefore(String),
    #[error("money was given back meanwhile")]
    RefundedMeanwhile,
    #[error("the order is not what it was when it was looked at")]
    ChangedMeanwhile,
    #[error("the refund is {0} already")]
    RefundIs(String),
    #[error("no credit note can be written: {0}")]
    NotCredited(String),
    #[error(transparent)]
    Error(#[from] Error),
}

impl From<diesel::result::Error> for MoveError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Error(error.into())
    }
}

/// For who expects no refusal: one is an error then.
pub fn unmoved(error: MoveError) -> Error {
    match error {
        MoveError::Error(error) => error,
        other => Error::internal(other.to_string()),
    }
}

/// What a move ends with.
pub type Moved<T = ()> = std::result::Result<T, MoveError>;

/// Holds an order for the rest of the transaction.
pub fn hold(conn: &mut Conn, order: OrderId) -> Moved<Held> {
    let held = diesel::update(orders::table.find(order))
        .set(orders::version.eq(orders::version + 1))
        .execute(conn)?;
    if held == 0 {
        return Err(MoveError::NoOrder);
    }
    let row: (String, String, String, String, i64) = orders::table
        .find(order)
        .select((
            orders::number,
            orders::status,
            orders::payment_status,
            orders::fulfilment_status,
            orders::total_amount,
        ))
        .first(conn)?;
    let known = |what| Error::internal(format!("order {order} has no known {what}"));
    Ok(Held {
        id: order,
        number: row.0,
        status: OrderStatus::parse(&row.1).ok_or_else(|| known("status"))?,
        payment: PaymentStatus::parse(&row.2).ok_or_else(|| known("payment status"))?,
        fulfilment: FulfilmentStatus::parse(&row.3).ok_or_else(|| known("fulfilment status"))?,
        total: row.4,
    })
}

/// Moves the order's own status on.
pub fn move_order(conn: &mut Conn, held: &mut Held, to: OrderStatus, by: &By) -> Moved {
    let kind = match to {
        OrderStatus::Pending | OrderStatus::Placed => EventKind::Confirmed,
        OrderStatus::Completed => EventKind::Completed,
        OrderStatus::Cancelled => EventKind::Cancelled,
    };
    let data = go_on(conn, held, to)?;
    Ok(note(conn, held.id, kind, by, &data)?)
}

/// Cancels an order. Its goods and its money are the caller's to give back.
pub fn end(conn: &mut Conn, held: &mut Held, ending: &Ending, by: &By) -> Moved {
    let mut data = go_on(conn, held, OrderStatus::Cancelled)?;
    match ending {
        Ending::Overdue => data["overdue"] = json!(true),
        Ending::Wanted(reason) => data["reason"] = json!(reason),
    }
    Ok(note(conn, held.id, EventKind::Cancelled, by, &data)?)
}

/// Takes up an order again that was cancelled because its money did not come. Its goods are the
/// caller's to find.
pub fn reopen(conn: &mut Conn, held: &mut Held, by: &By) -> Moved {
    let (from, to) = (held.status, OrderStatus::Placed);
    if from != OrderStatus::Cancelled {
        return Err(MoveError::NotFrom { from, to });
    }
    let data = swap(conn, held, to)?;
    Ok(note(conn, held.id, EventKind::Reopened, by, &data)?)
}

fn go_on(conn: &mut Conn, held: &mut Held, to: OrderStatus) -> Moved<Value> {
    match held.status.may_become(to) {
        true => Ok(swap(conn, held, to)?),
        false => Err(MoveError::NotFrom { from: held.status, to }),
    }
}

/// Returns what the timeline says of it.
fn swap(conn: &mut Conn, held: &mut Held, to: OrderStatus) -> Result<Value> {
    let from = held.status;
    let is_still = orders::table.find(held.id).filter(orders::status.eq(from.code()));
    let moved = diesel::update(is_still).set(orders::status.eq(to.code())).execute(conn)?;
    swapped(moved, held)?;
    held.status = to;
    Ok(json!({ "from": from.code(), "to": to.code() }))
}

/// Waits for the order's money until then, if that is later than what was said before.
pub fn wait_until(conn: &mut Conn, held: &Held, until: NaiveDateTime) -> Moved {
    let waits_less = orders::table.find(held.id).filter(orders::pay_until.lt(until));
    diesel::update(waits_less).set(orders::pay_until.eq(until)).execute(conn)?;
    Ok(())
}

/// Waits for the order's money for as long as it takes.
pub fn wait_on(conn: &mut Conn, held: &Held) -> Moved {
    let endless = orders::pay_until.eq(None::<NaiveDateTime>);
    diesel::update(orders::table.find(held.id)).set(endless).execute(conn)?;
    Ok(())
}

/// Lets an order be paid in this way from now on, and waits for its money until then. One that is
/// paid by hand is placed without waiting for it.
pub fn pay_by(
    conn: &mut Conn,
    held: &mut Held,
    payment: Payment,
    until: Option<NaiveDateTime>,
    by: &By,
) -> Moved {
    diesel::update(orders::table.find(held.id))
        .set((orders::payment_method.eq(payment.code()), orders::pay_until.eq(until)))
        .execute(conn)?;
    note(conn, held.id, EventKind::PaymentChosen, by, &json!({ "payment": payment.code() }))?;
    match payment.is_by_hand() && held.status == OrderStatus::Pending {
        true => move_order(conn, held, OrderStatus::Placed, by),
        false => Ok(()),
    }
}

/// Sets the payment status to what the sums say: so much was captured, so much of it refunded.
pub fn move_payment(
    conn: &mut Conn,
    held: &mut Held,
    (captured, refunded): (i64, i64),
    by: &By,
) -> Moved {
    let (from, to) = (held.payment, PaymentStatus::of(held.total, captured, refunded));
    if from == to {
        return Ok(());
    }
    let is_still = orders::table.find(held.id).filter(orders::payment_status.eq(from.code()));
    let moved = diesel::update(is_still).set(orders::payment_status.eq(to.code())).execute(conn)?;
    swapped(moved, held)?;
    held.payment = to;
    complete(conn, held, by)
}

/// Sets the fulfilment status to what the order's lines say.
pub fn move_fulfilment(conn: &mut Conn, held: &mut Held, by: &By) -> Moved {
    let (from, to) = (held.fulfilment, FulfilmentStatus::of(&units(conn, held.id)?));
    if from == to {
        return Ok(());
    }
    let is_still = orders::table.find(held.id).filter(orders::fulfilment_status.eq(from.code()));
    let moved =
        diesel::update(is_still).set(orders::fulfilment_status.eq(to.code())).execute(conn)?;
    swapped(moved, held)?;
    held.fulfilment = to;
    complete(conn, held, by)
}

/// Completes an order that is paid and sent: there is nothing left to do.
pub fn complete(conn: &mut Conn, held: &mut Held, by: &By) -> Moved {
    let is_paid = matches!(held.payment, PaymentStatus::Paid | PaymentStatus::Overpaid);
    if held.status == OrderStatus::Placed && is_paid && held.fulfilment.is_done() {
        move_order(conn, held, OrderStatus::Completed, by)?;
        hand_over(conn, held.id, by)?;
    }
    Ok(())
}

/// What needs no delivery leaves the shelf when its order is completed.
fn hand_over(conn: &mut Conn, order: OrderId, by: &By) -> Result<()> {
    let rows: Vec<(OrderLineId, i64, Option<VariantId>, i64)> = order_line::table
        .filter(order_line::order_id.eq(order))
        .filter(order_line::requires_shipping.eq(false))
        .order((order_line::variant_id, order_line::position))
        .select((
            order_line::id,
            order_line::position,
            order_line::variant_id,
            order_line::quantity,
        ))
        .load(conn)?;
    for (line, position, variant, units) in rows {
        let name = format!("order:{order}:{position}");
        let cause = Cause { name, reason: "", actor: &by.actor, at: by.at };
        let Some(variant) = variant else { continue };
        if stock::ship(conn, variant, units, &cause)? {
            let the_line = diesel::update(order_line::table.find(line));
            the_line.set(order_line::shipped.eq(units)).execute(conn)?;
        }
    }
    Ok(())
}

/// The units of every line that has to be sent.
fn units(conn: &mut Conn, order: OrderId) -> Result<Vec<Units>> {
    let rows: Vec<(i64, i64, i64)> = order_line::table
        .filter(order_line::order_id.eq(order))
        .filter(order_line::requires_shipping.eq(true))
        .select((order_line::quantity, order_line::shipped, order_line::returned))
        .load(conn)?;
    let units =
        rows.into_iter().map(|(ordered, shipped, returned)| Units { ordered, shipped, returned });
    Ok(units.collect())
}

/// The row is locked: only a status that was written past these functions differs.
fn swapped(rows: usize, held: &Held) -> Result<()> {
    match rows {
        0 => Err(Error::internal(format!("order {} moved while it was held", held.id))),
        _ => Ok(()),
    }
}
