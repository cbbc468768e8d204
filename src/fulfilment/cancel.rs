//! Ends an order of which nothing was shipped, and gives back what it holds; or takes one up again
//! whose money came late.

use diesel::Connection;
use serde_json::Value;

use super::lines::{Line, lines};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::OrderId;
use crate::orders::{
    self, By, Ending, EventKind, FulfilmentStatus, Held, MoveError, Moved, OrderStatus,
};
use crate::promotions;
use crate::stock::{self, Cause};

/// Cancels an order, in the caller's transaction. What was received for it has been promised back
/// before (`payments::call_off` does both).
///
/// # Errors
/// `HasShipped`, `NotFrom` and `HasMoney`.
pub fn cancel(conn: &mut Conn, order: OrderId, ending: &Ending, by: &By) -> Moved {
    let mut held = orders::hold(conn, order)?;
    can_cancel(&held)?;
    if orders::kept(conn, order)? > 0 {
        return Err(MoveError::HasMoney);
    }
    orders::end(conn, &mut held, ending, by)?;
    let round = orders::count_events(conn, order, EventKind::Reopened)?;
    for line in lines(conn, order)? {
        let Some(variant) = line.variant_id else { continue };
        let cause =
            Cause { name: cause(order, &line, round), reason: "", actor: &by.actor, at: by.at };
        stock::release(conn, variant, line.quantity, &cause)?;
    }
    Ok(promotions::give_back(conn, order)?)
}

/// Whether an order may still be cancelled.
///
/// # Errors
/// Why not: `HasShipped` or `NotFrom`.
pub fn can_cancel(held: &Held) -> Moved {
    let to = OrderStatus::Cancelled;
    match held.fulfilment {
        FulfilmentStatus::Unfulfilled | FulfilmentStatus::NotNeeded => {}
        _ => return Err(MoveError::HasShipped),
    }
    match held.status.may_become(to) {
        true => Ok(()),
        false => Err(MoveError::NotFrom { from: held.status, to }),
    }
}

/// Takes up an order again that was cancelled because its money did not come, if all of its goods
/// can still be had: else nothing is written and the answer is `false`. The order is held by the
/// caller.
pub fn reopen(conn: &mut Conn, held: &mut Held, by: &By) -> Moved<bool> {
    if !was_overdue(conn, held.id)? {
        return Ok(false);
    }
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

fn was_overdue(conn: &mut Conn, order: OrderId) -> Result<bool> {
    let Some(ended) = orders::find_last(conn, order, EventKind::Cancelled)? else {
        return Ok(false);
    };
    Ok(ended.read::<Value>()?["overdue"] == true)
}

/// An order that was taken up again holds its goods once more, and may give them back once more.
fn cause(order: OrderId, line: &Line, round: i64) -> String {
    match round {
        0 => format!("order:{order}:{}", line.position),
        again => format!("order:{order}:{}:{again}", line.position),
    }
}
