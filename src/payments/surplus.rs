//! Money that goes back although nobody has asked for it.

use serde_json::json;

use super::model::{RefundKind, RefundState};
use super::queries::{self, NewRefund, PaymentRow};
use super::refund::put;
use crate::db::Conn;
use crate::ids::PaymentId;
use crate::orders::{self, By, EventKind, Held, Moved, note};

/// Sends back what an order never wanted: it came too late, or twice.
pub(super) fn give_back(
    conn: &mut Conn,
    held: &Held,
    payment: &PaymentRow,
    (amount, reason): (i64, &str),
    by: &By,
) -> Moved {
    let data = json!({ "amount": amount, "what": reason });
    note(conn, held.id, EventKind::SurplusCame, by, &data)?;
    let kind = RefundKind::Surplus;
    put(conn, held, payment, (amount, kind), (reason, None), by)?;
    Ok(())
}

/// Writes down what a gateway has given back without us, so that our sums are its sums.
pub(super) fn given_elsewhere(
    conn: &mut Conn,
    held: &mut Held,
    payment: PaymentId,
    refunded: i64,
    by: &By,
) -> Moved<bool> {
    let known = queries::payment(conn, payment)?.refunded_amount;
    let amount = refunded - known;
    if amount <= 0 || !queries::count_refund(conn, payment, amount)? {
        return Ok(false);
    }
    let new = NewRefund {
        payment,
        order: held.id,
        amount,
        kind: RefundKind::Goodwill,
        reason: "at the gateway",
        state: RefundState::Done,
        credit_note: None,
    };
    let id = queries::insert_refund(conn, &new, by)?;
    let data = json!({ "amount": amount, "refund": id });
    note(conn, held.id, EventKind::Refunded, by, &data)?;
    let sums = queries::sums(conn, held.id)?;
    orders::move_payment(conn, held, sums, by)?;
    Ok(true)
}
