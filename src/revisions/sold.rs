//! An order as it was sold, with all that a change of it depends on.

use diesel::prelude::*;

use crate::db::Conn;
use crate::db::schema::{order_line, orders as table};
use crate::error::{Error, Result};
use crate::ids::OrderId;
use crate::invoices;
use crate::language::Language;
use crate::orders::book::address_of;
use crate::orders::{self, Address, AddressKind, FulfilmentStatus, Handover, NewLine, OrderStatus};
use crate::payments::{self, Received};
use crate::pricing::{Bill, Request};
use crate::promotions::Given;

/// What was sold.
#[derive(Debug, Clone)]
pub struct Sold {
    pub id: OrderId,
    pub request: Request,
    pub bill: Bill,
    pub lines: Vec<NewLine>,
    pub given: Vec<Given>,
    pub handover: Handover,
    /// The way of delivery, by its code and in the shopper's language.
    pub way: (String, String),
    /// Where it goes.
    pub delivery: Address,
    /// The shopper's.
    pub language: Language,
    pub received: Received,
    pub has_invoice: bool,
    pub(super) email_key: String,
    /// Where its timeline ends.
    pub(super) latest: i64,
    is_open: bool,
}

impl Sold {
    /// Whether staff may change it still: nothing was sent of it, and nothing went back.
    pub fn is_changeable(&self) -> bool {
        self.is_open && !self.received.is_refunded
    }

    pub(super) fn is_open(&self) -> bool {
        self.is_open
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = table)]
struct Row {
    id: OrderId,
    status: String,
    fulfilment_status: String,
    quote_request: String,
    bill: String,
    delivery_kind: String,
    delivery_code: String,
    delivery_name: String,
    locale: String,
    email_key: String,
}

/// The order as it stands.
///
/// # Errors
/// `Internal` when what is stored is not what this version stores.
pub fn find_sold(conn: &mut Conn, id: OrderId) -> Result<Sold> {
    let row: Row = table::table.find(id).select(Row::as_select()).first(conn)?;
    let broken = |what: &str| Error::internal(format!("order {id}: a stored {what}"));
    let lines = order_line::table
        .filter(order_line::order_id.eq(id))
        .order(order_line::position)
        .select(NewLine::as_select())
        .load(conn)?;
    Ok(Sold {
        is_open: is_open(&row),
        request: Request::from_json(&row.quote_request).map_err(|_| broken("request"))?,
        bill: serde_json::from_str(&row.bill).map_err(|_| broken("bill"))?,
        lines,
        given: orders::load_discounts(conn, id)?,
        handover: Handover::parse(&row.delivery_kind).ok_or_else(|| broken("handover"))?,
        way: (row.delivery_code, row.delivery_name),
        delivery: address_of(conn, id, AddressKind::Delivery)?,
        language: Language::parse(&row.locale).unwrap_or(Language::En),
        received: payments::received(conn, id)?,
        has_invoice: invoices::has_invoice(conn, id)?,
        latest: orders::latest(conn, id)?,
        email_key: row.email_key,
        id: row.id,
    })
}

fn is_open(row: &Row) -> bool {
    let is_here =
        [FulfilmentStatus::Unfulfilled, FulfilmentStatus::NotNeeded].map(FulfilmentStatus::code);
    row.status == OrderStatus::Placed.code() && is_here.contains(&row.fulfilment_status.as_str())
}
