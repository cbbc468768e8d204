//! Follows an order that comes to another sum than before: the rest is asked for, or what is too much
//! goes back.

use super::deadline::deadline;
use super::gateways::Gateways;
use super::model::{PaymentState, RefundKind};
use super::queries::{self, PaymentRow};
use super::refund::put;
use super::start::begin;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::OrderId;
use crate::money::{Currency, Money};
use crate::orders::{self, By, Held, Moved, Payment};
use crate::settings;

/// What stands in the way of another sum, and what was received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Received {
    /// What the order has got of what it wanted, in minor units.
    pub captured: i64,
    /// Whether the shopper may be on a gateway's page at this moment, where she would pay another sum.
    pub is_being_paid: bool,
    /// Whether something went back for goods, or for peace: what is left is not the whole any more.
    pub is_refunded: bool,
}

/// What was received for an order.
pub fn received(conn: &mut Conn, order: OrderId) -> Result<Received> {
    let payments = queries::payments_of(conn, order)?;
    let refunds = queries::refunds_of(conn, order)?;
    Ok(Received {
        captured: queries::sums(conn, order)?.0,
        is_being_paid: payments.iter().any(PaymentRow::is_unfinished),
        is_refunded: refunds.iter().any(|row| row.kind != RefundKind::Surplus.code()),
    })
}

/// Lets an order be paid that comes to another sum now. It is held by the caller, who has seen that
/// nobody is paying it and nothing of it was refunded.
pub fn rebill(
    conn: &mut Conn,
    gateways: &Gateways,
    held: &mut Held,
    reason: &str,
    by: &By,
) -> Moved {
    let captured = queries::sums(conn, held.id)?.0;
    let due = held.total - captured;
    let is_asked = ask_by_hand(conn, held, due)?;
    if due > 0 {
        ask(conn, (gateways, is_asked), held, (due, captured > 0), by)?;
    }
    give_back(conn, held, -due, reason, by)?;
    let sums = queries::sums(conn, held.id)?;
    orders::move_payment(conn, held, sums, by)
}

/// Lets what is open by hand ask for what is still to come; whether there is such a payment.
fn ask_by_hand(conn: &mut Conn, held: &Held, due: i64) -> Result<bool> {
    let mut is_asked = false;
    for row in queries::payments_of(conn, held.id)? {
        let is_by_hand = Payment::parse(&row.gateway).is_some_and(Payment::is_by_hand);
        if !is_by_hand || row.state() != Some(PaymentState::Open) {
            continue;
        }
        let (amount, state) = match row.captured_amount {
            got if due > 0 => (got + due, PaymentState::Open),
            0 => (row.amount, PaymentState::Expired),
            // What is too much of it goes back below.
            got => ((got + due).max(1), PaymentState::Captured),
        };
        queries::set_asked(conn, row.id, amount, state)?;
        is_asked = true;
    }
    Ok(is_asked)
}

/// Asks for the rest, for a while if it is paid by hand. On a gateway's page the shopper begins herself,
/// whenever she likes: what was received before is kept, so nothing ends the order.
fn ask(
    conn: &mut Conn,
    (gateways, is_asked): (&Gateways, bool),
    held: &mut Held,
    (due, has_money): (i64, bool),
    by: &By,
) -> Moved {
    let (code, currency) = queries::method_of(conn, held.id)?;
    let settings = settings::load(conn)?;
    let payment = match Payment::parse(&code) {
        Some(Payment::Free) => {
            let until = deadline(Payment::BankTransfer, &settings, by.at);
            orders::pay_by(conn, held, Payment::BankTransfer, until, by)?;
            Payment::BankTransfer
        }
        Some(payment) if payment.is_by_hand() => payment,
        _ => return orders::wait_on(conn, held),
    };
    let until = deadline(payment, &settings, by.at);
    if let Some(until) = until.filter(|_| has_money) {
        orders::wait_until(conn, held, until)?;
    }
    let Some(gateway) = gateways.find(payment).filter(|_| !is_asked) else { return Ok(()) };
    let currency = Currency::from_letters(&currency)
        .ok_or_else(|| Error::internal("an order in no currency"))?;
    begin(conn, held.id, &**gateway, (Money::new(due, currency), until), by.at)?;
    Ok(())
}

/// Sends back what is too much, by the payments that brought it, the newest first.
fn give_back(conn: &mut Conn, held: &Held, too_much: i64, reason: &str, by: &By) -> Moved {
    let mut left = too_much;
    for payment in queries::payments_of(conn, held.id)?.iter().rev() {
        let part = payment.kept().min(left);
        if part > 0 {
            put(conn, held, payment, (part, RefundKind::Surplus), (reason, None), by)?;
            left -= part;
        }
    }
    Ok(())
}
