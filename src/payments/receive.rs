//! Staff say what has arrived.

use diesel::Connection;

use super::apply::apply;
use super::model::{Observed, Receipt, Seen};
use super::queries;
use crate::db::Conn;
use crate::error::Error;
use crate::ids::OrderId;
use crate::money::{Currency, Money};
use crate::orders::{self, By, MoveError, Moved, Payment};

/// Takes in what a bank or a courier has brought for an order, in the caller's transaction: less or
/// more than the total is kept as it is.
///
/// # Errors
/// `ReceivedBefore` when this reference has been taken in; `NoPayment` when the order is not paid
/// by hand.
pub fn receive(conn: &mut Conn, order: OrderId, receipt: &Receipt, by: &By) -> Moved {
    if receipt.amount <= 0 {
        return Err(MoveError::Nothing);
    }
    // Held first: two who read the same statement come one after the other.
    orders::hold(conn, order)?;
    let payments = queries::payments_of(conn, order)?;
    let by_hand = |code: &str| Payment::parse(code).filter(|payment| payment.is_by_hand());
    let found = payments.iter().rev().find_map(|row| Some((row, by_hand(&row.gateway)?)));
    let (payment, gateway) = found.ok_or(MoveError::NoPayment("paid by hand"))?;
    let written = conn.transaction(|conn| queries::insert_receipt(conn, payment.id, receipt, by));
    match written {
        Err(error) if error.is_duplicate() => {
            return Err(MoveError::ReceivedBefore(receipt.reference.clone()));
        }
        written => written?,
    }
    let received = queries::received(conn, payment.id)?;
    let currency = Currency::from_letters(&payment.currency)
        .ok_or_else(|| Error::internal("a payment in no currency"))?;
    let observed = Observed {
        gateway: gateway.code(),
        attempt: crate::ids::AttemptToken::parse(&payment.attempt),
        reference: None,
        seen: if received >= payment.amount { Seen::Captured } else { Seen::Open },
        captured: Money::new(received, currency),
        refunded: 0,
        disputes: Vec::new(),
        live: payment.live,
        expires_at: None,
    };
    apply(conn, &observed, by)?;
    Ok(())
}
