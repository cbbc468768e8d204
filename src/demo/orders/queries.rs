//! What is asked before copies are made.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::HashSet;

use crate::db::Conn;
use crate::db::schema::{order_event, order_line, orders, product, stock, stock_move, variant};
use crate::error::Result;
use crate::ids::{OrderId, OrderToken, VariantId};
use crate::stock::{Actor, Cause};

/// From so many goods shoppers choose.
const MOST_GOODS: i64 = 5_000;

/// Variants of products that were on sale at an instant.
pub(super) fn goods(conn: &mut Conn, at: NaiveDateTime) -> Result<Vec<VariantId>> {
    Ok(variant::table
        .inner_join(product::table)
        .inner_join(stock::table)
        .filter(product::publish_at.lt(at))
        .order(variant::id)
        .limit(MOST_GOODS)
        .select(variant::id)
        .load(conn)?)
}

pub(super) fn stock_up(
    conn: &mut Conn,
    goods: &[VariantId],
    units: i64,
    at: NaiveDateTime,
) -> Result<()> {
    let actor = Actor::shop();
    for variant in goods {
        let name = format!("seed:{variant}");
        let cause = Cause { name, reason: "", actor: &actor, at };
        crate::stock::receive(conn, *variant, units, &cause)?;
    }
    Ok(())
}

pub(super) fn order(conn: &mut Conn, token: &OrderToken) -> Result<OrderId> {
    let the_one = orders::table.filter(orders::token.eq(token.as_str()));
    Ok(the_one.select(orders::id).first(conn)?)
}

pub(super) fn last_order(conn: &mut Conn) -> Result<OrderId> {
    let last: Option<OrderId> = orders::table.select(diesel::dsl::max(orders::id)).first(conn)?;
    Ok(last.unwrap_or(OrderId(0)))
}

/// Of all rows that belong to orders: no table has more of them than a timeline, or than lines.
pub(super) fn highest_id(conn: &mut Conn) -> Result<i64> {
    let events: Option<i64> =
        order_event::table.select(diesel::dsl::max(order_event::id)).first(conn)?;
    let lines: Option<crate::ids::OrderLineId> =
        order_line::table.select(diesel::dsl::max(order_line::id)).first(conn)?;
    Ok(events.unwrap_or_default().max(lines.map_or(0, |id| id.0)))
}

/// Which of these numbers orders have already.
pub(super) fn taken(conn: &mut Conn, numbers: &HashSet<String>) -> Result<Vec<String>> {
    Ok(orders::table.filter(orders::number.eq_any(numbers)).select(orders::number).load(conn)?)
}

/// The end of the ledger.
pub(super) fn last_move(conn: &mut Conn) -> Result<i64> {
    let last: Option<i64> =
        stock_move::table.select(diesel::dsl::max(stock_move::id)).first(conn)?;
    Ok(last.unwrap_or_default())
}
