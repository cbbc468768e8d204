//! Goods that come back: asked for, approved or declined, received by count.

use diesel::prelude::*;
use serde_json::json;

use super::lines::{lines, named, too_many};
use super::model::{Asked, Counted, ReturnReason, ReturnWish, Wanted};
use crate::db::Conn;
use crate::db::schema::{order_line, order_return, order_return_line};
use crate::error::Result;
use crate::ids::{OrderId, OrderLineId, ReturnId, VariantId};
use crate::orders::{
    self, By, EventKind, Held, MoveError, Moved, ReturnStatus, ReturnWindow, book, returnable,
};
use crate::stock::{self, Cause};

/// Asks to send units back that were sent in time and are in no other return.
///
/// # Errors
/// `TooMany` for more than that, `Nothing` for no unit at all: the caller ends its transaction then.
pub fn request(
    conn: &mut Conn,
    order: OrderId,
    asked: &Asked,
    window: &ReturnWindow,
    by: &By,
) -> Moved<ReturnId> {
    let held = orders::hold(conn, order)?;
    let id = put(conn, order, (asked, ReturnStatus::Requested), window, by)?;
    tell(conn, &held, EventKind::ReturnRequested, id, by)?;
    Ok(id)
}

/// Takes in units that were sent and have come back without having been asked for, and puts them on
/// the shelf again.
///
/// # Errors
/// As for [`request`].
pub fn take_back(conn: &mut Conn, order: OrderId, lines: &[Wanted], by: &By) -> Moved<ReturnId> {
    let mut held = orders::hold(conn, order)?;
    let asked = Asked {
        lines: lines.to_vec(),
        reason: ReturnReason::Other,
        wish: ReturnWish::Refund,
        note: String::new(),
    };
    let came = (&asked, ReturnStatus::Received);
    let id = put(conn, order, came, &ReturnWindow::Open, by)?;
    for part in parts(conn, id)? {
        let Part { position, asked: units, .. } = part;
        let count = Counted { position, received: units, restocked: units };
        take_in(conn, id, &part, &count, by)?;
    }
    tell(conn, &held, EventKind::ReturnReceived, id, by)?;
    orders::move_fulfilment(conn, &mut held, by)?;
    Ok(id)
}

/// Writes a return of units that may come back.
fn put(
    conn: &mut Conn,
    order: OrderId,
    (asked, status): (&Asked, ReturnStatus),
    window: &ReturnWindow,
    by: &By,
) -> Moved<ReturnId> {
    let parts = named(lines(conn, order)?, &asked.lines)?;
    if parts.is_empty() {
        return Err(MoveError::Nothing);
    }
    let (parcels, returns) = (book::parcels_of(conn, order)?, book::returns_of(conn, order)?);
    let open = returnable(&parcels, &returns, window);
    let id = insert(conn, order, (asked, status), by)?;
    for (line, units) in &parts {
        let open = open.iter().find(|open| open.position == line.position);
        if open.is_none_or(|open| *units > open.units) {
            return Err(too_many(line.position, *units));
        }
        diesel::insert_into(order_return_line::table)
            .values((
                order_return_line::order_return_id.eq(id),
                order_return_line::order_line_id.eq(line.id),
                order_return_line::quantity.eq(units),
                order_return_line::received.eq(0),
                order_return_line::restocked.eq(0),
            ))
            .execute(conn)?;
    }
    Ok(id)
}

fn insert(
    conn: &mut Conn,
    order: OrderId,
    (asked, status): (&Asked, ReturnStatus),
    by: &By,
) -> Result<ReturnId> {
    let earlier: i64 =
        order_return::table.filter(order_return::order_id.eq(order)).count().get_result(conn)?;
    Ok(diesel::insert_into(order_return::table)
        .values((
            order_return::order_id.eq(order),
            order_return::position.eq(earlier),
            order_return::status.eq(status.code()),
            order_return::reason.eq(asked.reason.code()),
            order_return::wish.eq(asked.wish.code()),
            order_return::note.eq(&asked.note),
            order_return::answer.eq(""),
            order_return::requested_at.eq(by.at),
        ))
        .returning(order_return::id)
        .get_result(conn)?)
}

/// Lets the shopper send it. `answer` is what she should know for that; may be empty.
pub fn approve(conn: &mut Conn, id: ReturnId, answer: &str, by: &By) -> Moved {
    let held = hold(conn, id)?;
    move_return(conn, id, &[ReturnStatus::Requested], ReturnStatus::Approved)?;
    set_answer(conn, id, answer)?;
    Ok(tell(conn, &held, EventKind::ReturnApproved, id, by)?)
}

/// Refuses it. `answer` tells the shopper why.
pub fn decline(conn: &mut Conn, id: ReturnId, answer: &str, by: &By) -> Moved {
    let held = hold(conn, id)?;
    let open = [ReturnStatus::Requested, ReturnStatus::Approved];
    move_return(conn, id, &open, ReturnStatus::Declined)?;
    set_answer(conn, id, answer)?;
    Ok(tell(conn, &held, EventKind::ReturnDeclined, id, by)?)
}

/// Takes in what came, as counted. Lines that are not named did not come.
pub fn receive(conn: &mut Conn, id: ReturnId, counted: &[Counted], by: &By) -> Moved {
    let mut held = hold(conn, id)?;
    move_return(conn, id, &[ReturnStatus::Approved], ReturnStatus::Received)?;
    let parts = parts(conn, id)?;
    for count in counted.iter().filter(|count| count.received > 0) {
        let part = parts.iter().find(|part| part.position == count.position);
        let part = part.ok_or_else(|| too_many(count.position, count.received))?;
        take_in(conn, id, part, count, by)?;
    }
    tell(conn, &held, EventKind::ReturnReceived, id, by)?;
    orders::move_fulfilment(conn, &mut held, by)
}

/// A line of a return.
#[derive(Queryable)]
struct Part {
    line: OrderLineId,
    position: i64,
    variant: Option<VariantId>,
    asked: i64,
}

fn parts(conn: &mut Conn, id: ReturnId) -> Result<Vec<Part>> {
    Ok(order_return_line::table
        .inner_join(order_line::table)
        .filter(order_return_line::order_return_id.eq(id))
        .order((order_line::variant_id, order_line::position))
        .select((
            order_line::id,
            order_line::position,
            order_line::variant_id,
            order_return_line::quantity,
        ))
        .load(conn)?)
}

fn take_in(conn: &mut Conn, id: ReturnId, part: &Part, count: &Counted, by: &By) -> Moved {
    let fits = (0..=count.received).contains(&count.restocked) && count.received <= part.asked;
    if !fits {
        return Err(too_many(part.position, count.received));
    }
    diesel::update(order_return_line::table.find((id, part.line)))
        .set((
            order_return_line::received.eq(count.received),
            order_return_line::restocked.eq(count.restocked),
        ))
        .execute(conn)?;
    let shipped = order_line::table
        .find(part.line)
        .filter((order_line::returned + count.received).le(order_line::shipped));
    let returned = diesel::update(shipped)
        .set(order_line::returned.eq(order_line::returned + count.received))
        .execute(conn)?;
    if returned == 0 {
        return Err(too_many(part.position, count.received));
    }
    let (Some(variant), true) = (part.variant, count.restocked > 0) else { return Ok(()) };
    let name = format!("return:{id}:{}", part.position);
    let cause = Cause { name, reason: "", actor: &by.actor, at: by.at };
    Ok(stock::take_back(conn, variant, count.restocked, &cause)?)
}

/// Holds the order that a return belongs to.
fn hold(conn: &mut Conn, id: ReturnId) -> Moved<Held> {
    let order: Option<OrderId> =
        order_return::table.find(id).select(order_return::order_id).first(conn).optional()?;
    orders::hold(conn, order.ok_or(MoveError::NoOrder)?)
}

fn move_return(conn: &mut Conn, id: ReturnId, from: &[ReturnStatus], to: ReturnStatus) -> Moved {
    let open: Vec<&str> = from.iter().map(|status| status.code()).collect();
    let is_open = order_return::table.find(id).filter(order_return::status.eq_any(open));
    let moved = diesel::update(is_open).set(order_return::status.eq(to.code())).execute(conn)?;
    if moved == 1 {
        return Ok(());
    }
    let status = order_return::table.find(id).select(order_return::status).first(conn)?;
    Err(MoveError::ReturnIs(status))
}

fn set_answer(conn: &mut Conn, id: ReturnId, answer: &str) -> Result<()> {
    diesel::update(order_return::table.find(id))
        .set(order_return::answer.eq(answer))
        .execute(conn)?;
    Ok(())
}

fn tell(conn: &mut Conn, held: &Held, kind: EventKind, id: ReturnId, by: &By) -> Result<()> {
    orders::note(conn, held.id, kind, by, &json!({ "return": id }))
}
