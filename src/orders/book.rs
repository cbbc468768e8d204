//! Orders as whoever runs the shop looks them up: a list, and all that stands in one.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::{Address, AddressKind};
use super::status::{FulfilmentStatus, OrderStatus, PaymentStatus};
use crate::db::Conn;
use crate::db::schema::{
    order_address, order_line, order_return, order_return_line, orders, shipment, shipment_line,
};
use crate::error::Result;
use crate::ids::{OrderId, ReturnId};

/// How many parcels or returns of an order are shown at most.
const MOST: i64 = 100;

/// An order in a list.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = orders)]
pub struct Entry {
    pub id: OrderId,
    pub number: String,
    pub placed_at: NaiveDateTime,
    pub status: String,
    pub payment_status: String,
    pub fulfilment_status: String,
    pub payment_method: String,
    pub email: String,
    pub currency: String,
    pub goods_amount: i64,
    pub discount_amount: i64,
    pub delivery_amount: i64,
    pub fee_amount: i64,
    pub total_amount: i64,
}

/// Which orders are wanted; `None` for any.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted {
    pub status: Option<OrderStatus>,
    pub payment: Option<PaymentStatus>,
    pub fulfilment: Option<FulfilmentStatus>,
}

/// Orders, newest first: at most `most`, after leaving out so many.
pub fn list(conn: &mut Conn, wanted: Wanted, (most, after): (i64, i64)) -> Result<Vec<Entry>> {
    let mut found = orders::table.select(Entry::as_select()).into_boxed();
    if let Some(status) = wanted.status {
        found = found.filter(orders::status.eq(status.code()));
    }
    if let Some(payment) = wanted.payment {
        found = found.filter(orders::payment_status.eq(payment.code()));
    }
    if let Some(fulfilment) = wanted.fulfilment {
        found = found.filter(orders::fulfilment_status.eq(fulfilment.code()));
    }
    let newest = found.order((orders::placed_at.desc(), orders::id.desc()));
    Ok(newest.limit(most).offset(after).load(conn)?)
}

/// The order that a shopper calls by this number.
pub fn find_number(conn: &mut Conn, number: &str) -> Result<Option<Entry>> {
    Ok(orders::table
        .filter(orders::number.eq(number))
        .select(Entry::as_select())
        .first(conn)
        .optional()?)
}

/// A line as it stands in the books.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = order_line)]
pub struct Line {
    /// Counted from 0.
    pub position: i64,
    pub sku: String,
    pub name: String,
    pub options: String,
    pub quantity: i64,
    pub shipped: i64,
    pub returned: i64,
    pub gross_amount: i64,
}

/// An order's lines, as they were ordered.
pub fn lines_of(conn: &mut Conn, order: OrderId) -> Result<Vec<Line>> {
    Ok(order_line::table
        .filter(order_line::order_id.eq(order))
        .order(order_line::position)
        .select(Line::as_select())
        .load(conn)?)
}

/// Where an order goes, or who pays it.
pub fn address_of(conn: &mut Conn, order: OrderId, kind: AddressKind) -> Result<Address> {
    let found = order_address::table.find((order, kind.code())).select(Address::as_select());
    Ok(found.first(conn).optional()?.unwrap_or_default())
}

/// A parcel that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    pub carrier: String,
    pub tracking_number: String,
    /// Where it can be followed; empty for nowhere.
    pub tracking_url: String,
    pub shipped_at: NaiveDateTime,
    /// Positions of lines, each with its units.
    pub lines: Vec<(i64, i64)>,
}

/// An order's parcels, the first one first.
pub fn parcels_of(conn: &mut Conn, order: OrderId) -> Result<Vec<Sent>> {
    type Row = (i64, String, String, String, NaiveDateTime);
    let of = (
        shipment::id,
        shipment::carrier,
        shipment::tracking_number,
        shipment::tracking_url,
        shipment::shipped_at,
    );
    let rows: Vec<Row> = shipment::table
        .filter(shipment::order_id.eq(order))
        .order(shipment::position)
        .limit(MOST)
        .select(of)
        .load(conn)?;
    let units: Vec<(i64, i64, i64)> = shipment_line::table
        .inner_join(shipment::table)
        .inner_join(order_line::table)
        .filter(shipment::order_id.eq(order))
        .order(order_line::position)
        .select((shipment_line::shipment_id, order_line::position, shipment_line::quantity))
        .load(conn)?;
    let parcel = |(id, carrier, tracking_number, tracking_url, shipped_at): Row| {
        let own = units.iter().filter(|(of, ..)| *of == id);
        let lines = own.map(|(_, position, quantity)| (*position, *quantity)).collect();
        Sent { carrier, tracking_number, tracking_url, shipped_at, lines }
    };
    Ok(rows.into_iter().map(parcel).collect())
}

/// A return as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Back {
    pub id: ReturnId,
    /// Counted from 0.
    pub position: i64,
    pub status: String,
    pub reason: String,
    pub requested_at: NaiveDateTime,
    /// Positions of lines, each with the units asked for.
    pub lines: Vec<(i64, i64)>,
}

/// An order's returns, the first one first.
pub fn returns_of(conn: &mut Conn, order: OrderId) -> Result<Vec<Back>> {
    type Row = (ReturnId, i64, String, String, NaiveDateTime);
    let of = (
        order_return::id,
        order_return::position,
        order_return::status,
        order_return::reason,
        order_return::requested_at,
    );
    let rows: Vec<Row> = order_return::table
        .filter(order_return::order_id.eq(order))
        .order(order_return::position)
        .limit(MOST)
        .select(of)
        .load(conn)?;
    let units: Vec<(ReturnId, i64, i64)> = order_return_line::table
        .inner_join(order_return::table)
        .inner_join(order_line::table)
        .filter(order_return::order_id.eq(order))
        .order(order_line::position)
        .select((
            order_return_line::order_return_id,
            order_line::position,
            order_return_line::quantity,
        ))
        .load(conn)?;
    let back = |(id, position, status, reason, requested_at): Row| {
        let own = units.iter().filter(|(of, ..)| *of == id);
        let lines = own.map(|(_, position, quantity)| (*position, *quantity)).collect();
        Back { id, position, status, reason, requested_at, lines }
    };
    Ok(rows.into_iter().map(back).collect())
}
