//! Ends an order of which nothing was shipped, and gives back what it holds; or takes one up again
//! whose money came late.

use diesel::Connection;

use super::lines::{Line, lines};
use crate::db::Conn;
use crate::ids::OrderId;
use crate::orders::{
    self, By, EventKind, FulfilmentStatus, Held, MoveError, Moved, OrderStatus, PaymentStatus,
};
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
    let round = orders::count_events(conn, order, EventKind::Reopened)?;
    for line in lines(conn, order)? {
        let Some(variant) = line.variant_id else { continue };
        let cause =
            Cause { name: cause(order, &line, round), reason: "", actor: &by.actor, at: by.at };
        stock::release(conn, variant, line.quantity, &cause)?;
    }
    Ok(promotions::give_back(conn, order)?)
}

/// Takes up a cancelled order again, if all of its goods can still be had: else nothing is written
/// and the answer is `false`. The order is held by the caller.
pub fn reopen(conn: &mut Conn, held: &mut Held, by: &By) -> Moved<bool> {
    let before = held.clone();
    let reopened = conn.transaction(|conn| -> Moved {
        let round = orders::count_events(conn, held.id, EventKind::Reopened)? + 1;
        for line in lines(conn, held.id)? {
            let Some(variant) = line.variant_id else { return Err(MoveError::Nothing) };
            let name = cause(held.id, &line, round);
            let cause = Cause { name, reason: "", actor: &by.actor, at: by.at };
            if !stock::allocate(conn, variant, line.quantity, &cause)? {
                return Err(MoveError::Nothing);
            }
        }
        orders::reopen(conn, held, by)
    });
    match reopened {
        Ok(()) => Ok(true),
        Err(MoveError::Nothing) => {
            *held = before;
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

/// An order that was taken up again holds its goods once more, and may give them back once more.
fn cause(order: OrderId, line: &Line, round: i64) -> String {
    match round {
        0 => format!("order:{order}:{}", line.position),
        again => format!("order:{order}:{}:{again}", line.position),
    }
}
