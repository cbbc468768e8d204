//! What is left to be packed of several orders, as papers say it that lie in parcels.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::{Address, AddressKind};
use crate::db::schema::{order_address, order_line, orders};
use crate::db::{Conn, any_of};
use crate::error::Result;
use crate::ids::OrderId;

/// So many orders are packed together at most.
pub const MOST_SLIPS: usize = 50;

/// An order to be packed. No price stands on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    pub order: Head,
    /// Where it goes.
    pub to: Address,
    /// What is left to be sent; nothing when all has gone, or while staff keep it back.
    pub lines: Vec<SlipLine>,
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = orders)]
pub struct Head {
    pub id: OrderId,
    pub number: String,
    pub placed_at: NaiveDateTime,
    pub status: String,
    pub payment_status: String,
    pub payment_method: String,
    pub fulfilment_status: String,
    pub phone: String,
    pub note: String,
    pub locale: String,
    pub delivery_name: String,
    pub stop_reason: String,
}

/// Units of a line that are left to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlipLine {
    pub sku: String,
    pub name: String,
    pub options: String,
    pub units: i64,
}

/// The slips of these orders, the first one placed first, at most [`MOST_SLIPS`]; numbers of no
/// order are left out.
pub fn slips(conn: &mut Conn, numbers: &[String]) -> Result<Vec<Slip>> {
    let most = i64::try_from(MOST_SLIPS).unwrap_or(i64::MAX);
    let heads: Vec<Head> = orders::table
        .filter(orders::number.eq_any(numbers.iter().take(MOST_SLIPS)))
        .order((orders::placed_at, orders::id))
        .limit(most)
        .select(Head::as_select())
        .load(conn)?;
    let ids: Vec<OrderId> = heads.iter().map(|head| head.id).collect();
    let (addresses, lines) = (addresses(conn, &ids)?, lines(conn, &ids)?);
    let slip = |order: Head| {
        let own = addresses.iter().find(|(id, _)| *id == order.id);
        let to = own.map(|(_, address)| address.clone()).unwrap_or_default();
        let is_free = order.stop_reason.is_empty();
        let own = lines.iter().filter(|(id, _)| *id == order.id && is_free);
        Slip { to, lines: own.map(|(_, line)| line.clone()).collect(), order }
    };
    Ok(heads.into_iter().map(slip).collect())
}

fn addresses(conn: &mut Conn, ids: &[OrderId]) -> Result<Vec<(OrderId, Address)>> {
    Ok(order_address::table
        .filter(any_of(order_address::order_id, ids))
        .filter(order_address::kind.eq(AddressKind::Delivery.code()))
        .select((order_address::order_id, Address::as_select()))
        .load(conn)?)
}

fn lines(conn: &mut Conn, ids: &[OrderId]) -> Result<Vec<(OrderId, SlipLine)>> {
    let rows: Vec<(OrderId, String, String, String, i64)> = order_line::table
        .filter(any_of(order_line::order_id, ids))
        .filter(order_line::requires_shipping.eq(true))
        .filter(order_line::shipped.lt(order_line::quantity))
        .order((order_line::order_id, order_line::position))
        .select((
            order_line::order_id,
            order_line::sku,
            order_line::name,
            order_line::options,
            order_line::quantity - order_line::shipped,
        ))
        .load(conn)?;
    let line = |(id, sku, name, options, units)| (id, SlipLine { sku, name, options, units });
    Ok(rows.into_iter().map(line).collect())
}
