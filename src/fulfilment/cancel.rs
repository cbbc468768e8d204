//! Ends an order of which nothing was shipped, and gives back what it holds.

use super::lines::lines;
use crate::db::Conn;
use crate::ids::OrderId;
use crate::orders::{self, By, FulfilmentStatus, MoveError, Moved, OrderStatus, PaymentStatus};
use crate::promotions;
use crate::stock::{self, Cause};

/// Cancels an order, in the caller's transaction. Money that was received is refunded first.
pub fn cancel(conn: &mut Conn, order: OrderId, by: &By) -> Moved {
    let mut held = orders::hold(conn, order)?;
    if !matches!(held.fulfilment, FulfilmentStatus::Unfulfilled | FulfilmentStatus::NotNeeded) {
        return Err(MoveError::HasShipped);
    }
    let owes_nothing = matches!(held.payment, PaymentStatus::Unpaid | PaymentStatus::Refunded);
    if !owes_nothing && held.total > 0 {
        return Err(MoveError::HasMoney);
    }
    orders::move_order(conn, &mut held, OrderStatus::Cancelled, by)?;
    for line in lines(conn, order)? {
        let Some(variant) = line.variant_id else { continue };
        let name = format!("order:{order}:{}", line.position);
        let cause = Cause { name, reason: "", actor: &by.actor, at: by.at };
        stock::release(conn, variant, line.quantity, &cause)?;
    }
    Ok(promotions::give_back(conn, order)?)
}
