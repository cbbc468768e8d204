//! Payments that a shopper's bank takes back. The gateway decides: we write down what it says, and
//! staff answer on its pages.

use serde_json::json;

use super::model::{Dispute, DisputeState};
use super::queries;
use crate::db::Conn;
use crate::ids::PaymentId;
use crate::orders::{By, EventKind, Held, Moved, note};

/// Writes down what is new; `false` when nothing is.
pub(super) fn write_down(
    conn: &mut Conn,
    held: &Held,
    payment: PaymentId,
    told: &[Dispute],
    by: &By,
) -> Moved<bool> {
    let mut is_news = false;
    for dispute in told {
        if !queries::keep_dispute(conn, payment, dispute, by.at)? {
            continue;
        }
        is_news = true;
        let kind = match dispute.state {
            DisputeState::Open => EventKind::Disputed,
            DisputeState::Won => EventKind::DisputeWon,
            DisputeState::Lost => EventKind::DisputeLost,
        };
        let data = json!({
            "amount": dispute.amount, "reason": dispute.reason, "reference": dispute.reference,
        });
        note(conn, held.id, kind, by, &data)?;
    }
    Ok(is_news)
}
