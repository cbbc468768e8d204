//! Orders that staff keep back, as when somebody else may have paid: nothing of them is sent until they
//! are let go. Everything else goes on; they can be paid, changed and cancelled.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use serde_json::json;

use super::lists::Found;
use super::moves::{Held, MoveError, Moved, hold};
use super::status::OrderStatus;
use super::timeline::{By, EventKind, note};
use crate::db::schema::orders;
use crate::db::{Conn, within};
use crate::ids::OrderId;

/// The most letters of a reason.
pub const LONGEST_STOP: usize = 200;

/// Keeps an order back that waits to be sent or paid, in the caller's transaction. The reason says
/// something.
///
/// # Errors
/// `Stopped` when it is kept back already, `NotPacked` when it has come to its end.
pub fn stop(conn: &mut Conn, order: OrderId, reason: &str, by: &By) -> Moved {
    let held = hold(conn, order)?;
    let free = orders::table.find(order).filter(orders::stop_reason.eq(""));
    let free = free.filter(orders::status.eq_any(open()));
    match diesel::update(free).set(orders::stop_reason.eq(reason)).execute(conn)? {
        0 if open().contains(&held.status.code()) => Err(MoveError::Stopped),
        0 => Err(MoveError::NotPacked(held.status)),
        _ => Ok(note(conn, order, EventKind::Stopped, by, &json!({ "reason": reason }))?),
    }
}

/// Lets it go.
///
/// # Errors
/// `Nothing` when it is not kept back.
pub fn let_go(conn: &mut Conn, order: OrderId, by: &By) -> Moved {
    hold(conn, order)?;
    let stopped = orders::table.find(order).filter(orders::stop_reason.ne(""));
    match diesel::update(stopped).set(orders::stop_reason.eq("")).execute(conn)? {
        0 => Err(MoveError::Nothing),
        _ => Ok(note(conn, order, EventKind::LetGo, by, &json!({}))?),
    }
}

/// Holds an order of which something is to be sent.
///
/// # Errors
/// `Stopped` while staff keep it back.
pub fn hold_to_send(conn: &mut Conn, order: OrderId) -> Moved<Held> {
    let free = orders::table.find(order).filter(orders::stop_reason.eq(""));
    let held = diesel::update(free).set(orders::version.eq(orders::version + 1)).execute(conn)?;
    let known = hold(conn, order)?;
    if held == 0 { Err(MoveError::Stopped) } else { Ok(known) }
}

/// Written out as the index has it, which is not found by an argument; and in a list of its own, because SQLite
/// would rather go through all open orders.
pub(super) fn stopped(found: Found<'_>) -> Found<'_> {
    let kept_back = sql::<BigInt>("SELECT held.id FROM orders AS held WHERE held.stop_reason > ''");
    found.filter(orders::status.eq_any(open())).filter(within(orders::id, kept_back))
}

/// Those that have not come to their end.
fn open() -> [&'static str; 2] {
    [OrderStatus::Pending, OrderStatus::Placed].map(OrderStatus::code)
}
