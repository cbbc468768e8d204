//! Writes an order anew that staff change before anything of it is sent. What it came to before stays
//! in `order_edit`.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::Value;

use super::model::{Address, AddressKind};
use super::moves::{Held, Moved};
use super::queries::{insert_address, insert_discounts, insert_rows};
use super::rows::{NewLine, NewTax};
use super::timeline::{By, EventKind, note};
use crate::db::Conn;
use crate::db::schema::{order_address, order_discount, order_edit, order_line, order_tax, orders};
use crate::error::{Error, Result};
use crate::ids::OrderId;
use crate::pricing::{Bill, Request};
use crate::promotions::Given;

/// What is in an order from now on.
#[derive(Debug, Clone)]
pub struct Revision {
    pub request: Request,
    /// What the request comes to.
    pub bill: Bill,
    /// In the order of the bill, counted anew.
    pub lines: Vec<NewLine>,
    pub given: Vec<Given>,
    /// Another way of delivery than before.
    pub way: Option<Way>,
}

/// How it is brought.
#[derive(Debug, Clone)]
pub struct Way {
    pub code: String,
    /// In the shopper's language.
    pub name: String,
    /// How its price is reckoned, by the kind's name.
    pub rule: &'static str,
    /// The days that are promised.
    pub from: NaiveDate,
    pub until: NaiveDate,
}

/// How often staff have changed what an order comes to.
pub fn count_edits(conn: &mut Conn, order: OrderId) -> Result<i64> {
    let own = order_edit::table.filter(order_edit::order_id.eq(order));
    Ok(own.count().get_result(conn)?)
}

/// Writes it, in the caller's transaction. Its stock, its payments and its papers are the caller's to
/// follow. No line of the order may be in a parcel.
pub fn revise(conn: &mut Conn, held: &mut Held, to: &Revision, told: &Value, by: &By) -> Moved {
    keep_earlier(conn, held.id, by)?;
    write_sums(conn, held.id, to)?;
    if let Some(way) = &to.way {
        write_way(conn, held.id, way)?;
    }
    diesel::delete(order_line::table.filter(order_line::order_id.eq(held.id))).execute(conn)?;
    diesel::delete(order_tax::table.filter(order_tax::order_id.eq(held.id))).execute(conn)?;
    let discounts = order_discount::table.filter(order_discount::order_id.eq(held.id));
    diesel::delete(discounts).execute(conn)?;
    insert_rows(conn, held.id, &to.lines, &NewTax::all_of(&to.bill.taxes))?;
    insert_discounts(conn, held.id, &to.given)?;
    held.total = to.bill.totals.payable;
    Ok(note(conn, held.id, EventKind::Edited, by, told)?)
}

/// Lets an order go to another address, in the caller's transaction.
pub fn readdress(conn: &mut Conn, order: OrderId, to: &Address) -> Result<()> {
    let known = order_address::table.find((order, AddressKind::Delivery.code()));
    diesel::delete(known).execute(conn)?;
    insert_address(conn, order, AddressKind::Delivery, to)?;
    let the_order = diesel::update(orders::table.find(order));
    the_order.set(orders::country.eq(&to.country)).execute(conn)?;
    Ok(())
}

fn keep_earlier(conn: &mut Conn, order: OrderId, by: &By) -> Result<()> {
    let (total, request, bill): (i64, String, String) = orders::table
        .find(order)
        .select((orders::total_amount, orders::quote_request, orders::bill))
        .first(conn)?;
    let position = count_edits(conn, order)?;
    diesel::insert_into(order_edit::table)
        .values((
            order_edit::order_id.eq(order),
            order_edit::position.eq(position),
            order_edit::edited_at.eq(by.at),
            order_edit::total_amount.eq(total),
            order_edit::quote_request.eq(request),
            order_edit::bill.eq(bill),
        ))
        .execute(conn)?;
    Ok(())
}

fn write_sums(conn: &mut Conn, order: OrderId, to: &Revision) -> Result<()> {
    let json = |error: serde_json::Error| Error::internal(error.to_string());
    let totals = &to.bill.totals;
    let weight = to.bill.shipping.as_ref().map_or(0, |row| row.chargeable_weight_g);
    diesel::update(orders::table.find(order))
        .set((
            orders::goods_amount.eq(totals.list),
            orders::discount_amount.eq(totals.discount),
            orders::delivery_amount.eq(totals.shipping),
            orders::fee_amount.eq(totals.fees),
            orders::tax_amount.eq(totals.tax),
            orders::rounding_amount.eq(totals.rounding),
            orders::total_amount.eq(totals.payable),
            orders::chargeable_weight_g.eq(weight),
            orders::quote_request.eq(serde_json::to_string(&to.request).map_err(json)?),
            orders::bill.eq(serde_json::to_string(&to.bill).map_err(json)?),
        ))
        .execute(conn)?;
    Ok(())
}

fn write_way(conn: &mut Conn, order: OrderId, way: &Way) -> Result<()> {
    diesel::update(orders::table.find(order))
        .set((
            orders::delivery_code.eq(&way.code),
            orders::delivery_name.eq(&way.name),
            orders::delivery_rule.eq(way.rule),
            orders::deliver_from.eq(way.from),
            orders::deliver_until.eq(way.until),
        ))
        .execute(conn)?;
    Ok(())
}
