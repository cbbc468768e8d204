//! Orders as whoever runs the shop looks them up: all that stands in one.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::BTreeMap;

use super::cancellable::waits_for_money;
use super::model::{Address, AddressKind};
use super::status::ReturnStatus;
use crate::db::schema::{
    order_address, order_line, order_return, order_return_line, orders, payment, payment_proof,
    refund, shipment, shipment_line,
};
use crate::db::{Conn, any_of};
use crate::error::{Error, Result};
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
    /// Why staff keep it back; empty where they do not.
    pub stop_reason: String,
}

impl Entry {
    /// Why staff keep it back, as long as it has not come to its end.
    pub fn stopped(&self) -> Option<&str> {
        let is_open = matches!(self.status.as_str(), "pending" | "placed");
        Some(self.stop_reason.as_str()).filter(|reason| is_open && !reason.is_empty())
    }
}

impl Entry {
    /// Whether nobody packs it before its money has come.
    pub fn waits_for_money(&self) -> bool {
        waits_for_money(&self.payment_status, &self.payment_method)
    }
}

/// Those of the orders of which no real money moves, by the last way in which each was to be paid.
pub fn tests_among(conn: &mut Conn, entries: &[Entry]) -> Result<Vec<OrderId>> {
    let ids: Vec<OrderId> = entries.iter().map(|entry| entry.id).collect();
    let tries: Vec<(OrderId, bool)> = payment::table
        .filter(any_of(payment::order_id, &ids))
        .order(payment::id)
        .select((payment::order_id, payment::live))
        .load(conn)?;
    let last: BTreeMap<OrderId, bool> = tries.into_iter().collect();
    Ok(last.into_iter().filter(|(_, live)| !live).map(|(id, _)| id).collect())
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
    pub requires_shipping: bool,
}

/// An order's lines, as they were ordered.
pub fn lines_of(conn: &mut Conn, order: OrderId) -> Result<Vec<Line>> {
    Ok(order_line::table
        .filter(order_line::order_id.eq(order))
        .order(order_line::position)
        .select(Line::as_select())
        .load(conn)?)
}

/// What its shopper said, and how it goes to her.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = orders)]
pub struct Details {
    pub phone: String,
    pub locale: String,
    pub note: String,
    /// As `Handover` has it.
    pub delivery_kind: String,
    pub delivery_name: String,
    /// The edition of the shop's terms that she agreed to.
    pub terms_edition: Option<i64>,
}

pub fn details_of(conn: &mut Conn, order: OrderId) -> Result<Details> {
    Ok(orders::table.find(order).select(Details::as_select()).first(conn)?)
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

/// When the shopper has shown by a picture that she has paid, the first time first.
pub fn proofs_of(conn: &mut Conn, order: OrderId) -> Result<Vec<NaiveDateTime>> {
    Ok(payment_proof::table
        .filter(payment_proof::order_id.eq(order))
        .order(payment_proof::position)
        .select(payment_proof::uploaded_at)
        .load(conn)?)
}

/// A return as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Back {
    pub id: ReturnId,
    /// Counted from 0.
    pub position: i64,
    pub status: ReturnStatus,
    /// Why it comes back, and what the shopper would like for it, by their codes.
    pub reason: String,
    pub wish: String,
    /// What she says about it.
    pub note: String,
    /// What staff say to it.
    pub answer: String,
    pub requested_at: NaiveDateTime,
    pub lines: Vec<BackLine>,
    /// The money that goes back for it.
    pub refund: Option<MoneyBack>,
}

/// Units of a line in a return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackLine {
    pub position: i64,
    pub asked: i64,
    pub received: i64,
}

/// A refund, as the shopper is told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoneyBack {
    /// Minor units of the order's currency.
    pub amount: i64,
    /// Whether somebody sends it, and no gateway.
    pub is_by_hand: bool,
    /// `None` while it is to be sent.
    pub sent_at: Option<NaiveDateTime>,
}

impl Back {
    /// Positions of lines, each with its units: as counted once they have come, before that as
    /// asked for.
    pub fn units(&self) -> Vec<(i64, i64)> {
        let units = self.lines.iter().map(|line| match self.status {
            ReturnStatus::Received => (line.position, line.received),
            _ => (line.position, line.asked),
        });
        units.filter(|(_, units)| *units > 0).collect()
    }
}

/// An order's returns, the first one first.
pub fn returns_of(conn: &mut Conn, order: OrderId) -> Result<Vec<Back>> {
    let rows: Vec<BackRow> = order_return::table
        .filter(order_return::order_id.eq(order))
        .order(order_return::position)
        .limit(MOST)
        .select(BackRow::as_select())
        .load(conn)?;
    let units = units_of_returns(conn, order)?;
    let refunds = refunds(conn, order)?;
    rows.into_iter().map(|row| back(row, &units, &refunds)).collect()
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = order_return)]
struct BackRow {
    id: ReturnId,
    position: i64,
    status: String,
    reason: String,
    wish: String,
    note: String,
    answer: String,
    requested_at: NaiveDateTime,
}

fn units_of_returns(conn: &mut Conn, order: OrderId) -> Result<Vec<(ReturnId, BackLine)>> {
    let rows: Vec<(ReturnId, i64, i64, i64)> = order_return_line::table
        .inner_join(order_return::table)
        .inner_join(order_line::table)
        .filter(order_return::order_id.eq(order))
        .order(order_line::position)
        .select((
            order_return_line::order_return_id,
            order_line::position,
            order_return_line::quantity,
            order_return_line::received,
        ))
        .load(conn)?;
    let line = |(id, position, asked, received)| (id, BackLine { position, asked, received });
    Ok(rows.into_iter().map(line).collect())
}

/// An order's refunds, the oldest first.
pub fn refunds_of(conn: &mut Conn, order: OrderId) -> Result<Vec<MoneyBack>> {
    Ok(refunds(conn, order)?.into_iter().map(|(_, money)| money).collect())
}

/// Each with the return that it is for, if it is for one.
fn refunds(conn: &mut Conn, order: OrderId) -> Result<Vec<(Option<ReturnId>, MoneyBack)>> {
    type Row = (Option<ReturnId>, i64, String, Option<NaiveDateTime>);
    let rows: Vec<Row> = refund::table
        .filter(refund::order_id.eq(order))
        .order(refund::id)
        .limit(MOST)
        .select((refund::order_return_id, refund::amount, refund::status, refund::settled_at))
        .load(conn)?;
    let money = |(of, amount, status, sent_at): Row| {
        let is_by_hand = matches!(status.as_str(), "by_hand" | "failed");
        (of, MoneyBack { amount, is_by_hand, sent_at })
    };
    Ok(rows.into_iter().map(money).collect())
}

fn back(
    row: BackRow,
    units: &[(ReturnId, BackLine)],
    refunds: &[(Option<ReturnId>, MoneyBack)],
) -> Result<Back> {
    Ok(Back {
        id: row.id,
        position: row.position,
        status: ReturnStatus::parse(&row.status)
            .ok_or_else(|| Error::internal("a return of no known status"))?,
        reason: row.reason,
        wish: row.wish,
        note: row.note,
        answer: row.answer,
        requested_at: row.requested_at,
        lines: units.iter().filter(|(of, _)| *of == row.id).map(|(_, line)| *line).collect(),
        refund: refunds.iter().find(|(of, _)| *of == Some(row.id)).map(|(_, money)| *money),
    })
}
