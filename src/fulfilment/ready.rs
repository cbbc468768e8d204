//! Tells a shopper that she can fetch her order.

use serde_json::json;

use crate::db::Conn;
use crate::ids::OrderId;
use crate::orders::{self, By, EventKind, Handover, MoveError, Moved, OrderStatus};

/// Says, once, that an order lies ready to be fetched.
///
/// # Errors
/// `NotFetched` when it is sent, `ToldBefore` when it was said.
pub fn ready(conn: &mut Conn, order: OrderId, by: &By) -> Moved {
    let held = orders::hold_to_send(conn, order)?;
    if held.status != OrderStatus::Placed {
        return Err(MoveError::NotPacked(held.status));
    }
    if orders::find_handover(conn, order)? != Handover::Pickup {
        return Err(MoveError::NotFetched);
    }
    if orders::count_events(conn, order, EventKind::Ready)? > 0 {
        return Err(MoveError::ToldBefore);
    }
    Ok(orders::note(conn, held.id, EventKind::Ready, by, &json!({}))?)
}
