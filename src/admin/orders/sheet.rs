//! What stands in the books of an order.

use crate::db::Conn;
use crate::error::Result;
use crate::mail::{self, Mail};
use crate::orders::book::{self, Details, Entry, Line};
use crate::orders::{self, Address, AddressKind, Event};
use crate::payments::{self, ReceiptRow, RefundRow};

/// What stands in the books.
pub(super) struct Sheet {
    pub order: Entry,
    pub lines: Vec<Line>,
    pub delivery: Address,
    pub billing: Address,
    pub receipts: Vec<ReceiptRow>,
    pub refunds: Vec<RefundRow>,
    /// What has come and is not on its way back.
    pub kept: i64,
    pub is_test: bool,
    pub parcels: Vec<book::Sent>,
    pub returns: Vec<book::Back>,
    pub proofs: usize,
    pub mails: Vec<Mail>,
    pub details: Details,
    pub events: Vec<Event>,
}

pub(super) fn load(conn: &mut Conn, number: &str) -> Result<Option<Sheet>> {
    let Some(order) = book::find_number(conn, number)? else { return Ok(None) };
    let id = order.id;
    Ok(Some(Sheet {
        lines: book::lines_of(conn, id)?,
        delivery: book::address_of(conn, id, AddressKind::Delivery)?,
        billing: book::address_of(conn, id, AddressKind::Billing)?,
        receipts: payments::receipts_of(conn, id)?,
        refunds: payments::refunds_of(conn, id)?,
        kept: orders::kept(conn, id)?,
        is_test: orders::is_test(conn, id)?,
        parcels: book::parcels_of(conn, id)?,
        returns: book::returns_of(conn, id)?,
        proofs: book::proofs_of(conn, id)?.len(),
        mails: mail::of_order(conn, id)?,
        details: book::details_of(conn, id)?,
        events: orders::timeline(conn, id)?,
        order,
    }))
}
