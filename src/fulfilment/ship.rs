//! Sends units of an order off.

use diesel::prelude::*;
use serde_json::json;

use super::lines::{Line, lines, named, too_many};
use super::model::Parcel;
use crate::db::Conn;
use crate::db::schema::{order_line, shipment, shipment_line};
use crate::error::Result;
use crate::ids::{OrderId, ShipmentId};
use crate::invoices;
use crate::orders::{self, By, EventKind, Held, MoveError, Moved, OrderStatus};
use crate::settings::{self, InvoiceAt};
use crate::stock::{self, Cause};

/// Ships a parcel of an order that is to be packed, in the caller's transaction, which must end
/// with this when it is refused.
pub fn ship(conn: &mut Conn, order: OrderId, parcel: &Parcel, by: &By) -> Moved<ShipmentId> {
    let mut held = orders::hold_to_send(conn, order)?;
    if held.status != OrderStatus::Placed {
        return Err(MoveError::NotPacked(held.status));
    }
    let lines = lines(conn, order)?;
    let parts = match parcel.lines.as_slice() {
        [] => rest(lines),
        wanted => named(lines, wanted)?,
    };
    if parts.is_empty() {
        return Err(MoveError::Nothing);
    }
    let (id, position) = insert(conn, order, parcel, by)?;
    for (line, units) in &parts {
        send(conn, id, (line, *units), by)?;
    }
    tell(conn, &held, (position, parcel), &parts, by)?;
    orders::move_fulfilment(conn, &mut held, by)?;
    let is_invoiced_now = settings::load(conn)?.invoicing.at == InvoiceAt::Shipped;
    if is_invoiced_now && !orders::is_test(conn, order)? {
        invoices::issue(conn, order, by.at)?;
    }
    Ok(id)
}

/// Everything that has not been shipped yet.
fn rest(lines: Vec<Line>) -> Vec<(Line, i64)> {
    let left = lines.into_iter().map(|line| {
        let units = line.quantity - line.shipped;
        (line, units)
    });
    left.filter(|(_, units)| *units > 0).collect()
}

/// The row, and the parcel's place among those of its order, from 0.
fn insert(conn: &mut Conn, order: OrderId, parcel: &Parcel, by: &By) -> Result<(ShipmentId, i64)> {
    let earlier: i64 =
        shipment::table.filter(shipment::order_id.eq(order)).count().get_result(conn)?;
    Ok(diesel::insert_into(shipment::table)
        .values((
            shipment::order_id.eq(order),
            shipment::position.eq(earlier),
            shipment::carrier.eq(&parcel.carrier),
            shipment::tracking_number.eq(&parcel.tracking_number),
            shipment::tracking_url.eq(&parcel.tracking_url),
            shipment::shipped_at.eq(by.at),
        ))
        .returning((shipment::id, shipment::position))
        .get_result(conn)?)
}

fn send(conn: &mut Conn, id: ShipmentId, (line, units): (&Line, i64), by: &By) -> Moved {
    let enough = order_line::table
        .find(line.id)
        .filter((order_line::shipped + units).le(order_line::quantity));
    let shipped = diesel::update(enough)
        .set(order_line::shipped.eq(order_line::shipped + units))
        .execute(conn)?;
    if shipped == 0 {
        return Err(too_many(line.position, units));
    }
    diesel::insert_into(shipment_line::table)
        .values((
            shipment_line::shipment_id.eq(id),
            shipment_line::order_line_id.eq(line.id),
            shipment_line::quantity.eq(units),
        ))
        .execute(conn)?;
    let Some(variant) = line.variant_id else { return Ok(()) };
    let name = format!("shipment:{id}:{}", line.position);
    let cause = Cause { name, reason: "", actor: &by.actor, at: by.at };
    match stock::ship(conn, variant, units, &cause)? {
        true => Ok(()),
        false => Err(MoveError::NotOnShelf { sku: line.sku.clone(), asked: units }),
    }
}

fn tell(
    conn: &mut Conn,
    held: &Held,
    (position, parcel): (i64, &Parcel),
    parts: &[(Line, i64)],
    by: &By,
) -> Result<()> {
    let lines: Vec<_> = parts
        .iter()
        .map(|(line, units)| json!({ "position": line.position, "sku": line.sku, "units": units }))
        .collect();
    let data = json!({
        "parcel": position,
        "lines": lines,
        "carrier": parcel.carrier,
        "tracking_number": parcel.tracking_number,
    });
    orders::note(conn, held.id, EventKind::Shipped, by, &data)
}
