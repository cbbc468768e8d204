//! Payments out of sight: their account is not set up here any more, another one is in its place, or
//! it does not answer. That is told, and what was paid there meanwhile stays to be found.

use chrono::NaiveDateTime;
use serde_json::json;

use super::queries::{self, PaymentRow};
use crate::db::Conn;
use crate::error::Result;
use crate::orders::{By, EventKind, note};

/// Says of each payment of real money that these accounts do not have, once, that it is out of sight;
/// of so many at most.
pub(super) fn tell_all(
    conn: &mut Conn,
    accounts: &[&'static str],
    most: i64,
    now: NaiveDateTime,
) -> Result<()> {
    for payment in queries::missed(conn, accounts, most)? {
        tell(conn, &payment, now)?;
    }
    Ok(())
}

/// Says it of one.
pub(super) fn tell(conn: &mut Conn, payment: &PaymentRow, now: NaiveDateTime) -> Result<()> {
    if !payment.live || !queries::set_missed(conn, payment.id)? {
        return Ok(());
    }
    tracing::error!(payment = payment.id.0, payment.gateway, "no account knows of a payment");
    let data = json!({ "amount": payment.amount });
    note(conn, payment.order_id, EventKind::PaymentMissed, &By::shop(now), &data)
}
