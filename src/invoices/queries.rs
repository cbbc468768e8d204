//! All SQL of the room.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::document::Document;
use super::model::{Kind, RowKey, number};
use crate::db::Conn;
use crate::db::schema::{
    invoice, invoice_credit, invoice_series, order_address, order_discount, order_line, orders,
};
use crate::error::{Error, Result};
use crate::ids::{InvoiceId, InvoiceSeriesId, OrderId, OrderToken};
use crate::orders::{Address, AddressKind};

/// A number that is this transaction's, or nobody's if it fails.
#[derive(Debug)]
pub(super) struct Taken {
    pub series: InvoiceSeriesId,
    pub sequence: i64,
    pub number: String,
}

/// Takes the next number of a series, which begins with the first that is taken of it. Whoever
/// comes after waits until this transaction has ended: that is what leaves no gaps.
pub(super) fn take_number(conn: &mut Conn, kind: Kind, year: i64, prefix: &str) -> Result<Taken> {
    if let Some(taken) = next_of(conn, kind, year, prefix)? {
        return Ok(taken);
    }
    begin_series(conn, kind, year, prefix)?;
    let taken = next_of(conn, kind, year, prefix)?;
    taken.ok_or_else(|| Error::internal("a series of invoices that does not begin"))
}

fn next_of(conn: &mut Conn, kind: Kind, year: i64, prefix: &str) -> Result<Option<Taken>> {
    let series = invoice_series::table
        .filter(invoice_series::kind.eq(kind.code()))
        .filter(invoice_series::year.eq(year))
        .filter(invoice_series::prefix.eq(prefix));
    let moved: Option<(InvoiceSeriesId, i64)> = diesel::update(series)
        .set(invoice_series::next.eq(invoice_series::next + 1))
        .returning((invoice_series::id, invoice_series::next))
        .get_result(conn)
        .optional()?;
    Ok(moved.map(|(series, next)| {
        let sequence = next - 1;
        Taken { series, sequence, number: number(prefix, year, sequence) }
    }))
}

/// Whoever begins it first: the other one goes on with what is there.
fn begin_series(conn: &mut Conn, kind: Kind, year: i64, prefix: &str) -> Result<()> {
    let begun = conn.transaction(|conn| -> Result<()> {
        diesel::insert_into(invoice_series::table)
            .values((
                invoice_series::kind.eq(kind.code()),
                invoice_series::year.eq(year),
                invoice_series::prefix.eq(prefix),
                invoice_series::next.eq(1),
            ))
            .execute(conn)?;
        Ok(())
    });
    match begun {
        Err(error) if error.is_duplicate() => Ok(()),
        result => result,
    }
}

/// Where a paper belongs.
pub(super) struct Filing {
    pub taken: Taken,
    pub order: OrderId,
    /// How often the order had been taken up again by then.
    pub round: i64,
    pub corrects: Option<InvoiceId>,
    pub issued_at: NaiveDateTime,
}

/// Writes a paper, for ever.
///
/// # Errors
/// A duplicate (`Error::is_duplicate`) when the order has an invoice of this round already.
pub(super) fn insert(conn: &mut Conn, filing: &Filing, document: &Document) -> Result<InvoiceId> {
    let json = |error: serde_json::Error| Error::internal(error.to_string());
    let totals = &document.totals;
    Ok(diesel::insert_into(invoice::table)
        .values((
            invoice::series_id.eq(filing.taken.series),
            invoice::sequence.eq(filing.taken.sequence),
            invoice::number.eq(&document.number),
            invoice::kind.eq(document.kind.code()),
            invoice::order_id.eq(filing.order),
            invoice::round.eq(filing.round),
            invoice::corrects_id.eq(filing.corrects),
            invoice::issued_at.eq(filing.issued_at),
            invoice::locale.eq(document.language.code()),
            invoice::currency.eq(document.currency.code()),
            invoice::document.eq(serde_json::to_string(document).map_err(json)?),
            invoice::net_amount.eq(totals.net),
            invoice::tax_amount.eq(totals.tax),
            invoice::rounding_amount.eq(totals.rounding),
            invoice::total_amount.eq(totals.payable),
        ))
        .returning(invoice::id)
        .get_result(conn)?)
}

/// The invoice of an order in this round; its credit notes are not it.
pub(super) fn find_invoice_of(
    conn: &mut Conn,
    order: OrderId,
    round: i64,
) -> Result<Option<InvoiceId>> {
    Ok(invoice::table
        .filter(invoice::order_id.eq(order))
        .filter(invoice::kind.eq(Kind::Invoice.code()))
        .filter(invoice::round.eq(round))
        .select(invoice::id)
        .first(conn)
        .optional()?)
}

/// An invoice with its row's id.
#[derive(Debug)]
pub(super) struct Invoice {
    pub id: InvoiceId,
    pub round: i64,
    pub document: Document,
}

/// An order's latest invoice.
pub(super) fn find_invoice(conn: &mut Conn, order: OrderId) -> Result<Option<Invoice>> {
    let found: Option<(InvoiceId, i64, String)> = invoice::table
        .filter(invoice::order_id.eq(order))
        .filter(invoice::kind.eq(Kind::Invoice.code()))
        .order(invoice::id.desc())
        .select((invoice::id, invoice::round, invoice::document))
        .first(conn)
        .optional()?;
    let invoice = |(id, round, text): (_, _, String)| {
        let document = read(&text)?;
        Ok(Invoice { id, round, document })
    };
    found.map(invoice).transpose()
}

/// How far a row of an invoice has been credited: the units before `to`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Credited {
    pub row: RowKey,
    pub to: i64,
}

/// At most as many as the invoice has rows.
pub(super) fn credited(conn: &mut Conn, of: InvoiceId) -> Result<Vec<Credited>> {
    let rows: Vec<(String, Option<i64>)> = invoice_credit::table
        .filter(invoice_credit::invoice_id.eq(of))
        .group_by(invoice_credit::row_key)
        .select((invoice_credit::row_key, diesel::dsl::max(invoice_credit::to_unit)))
        .load(conn)?;
    let credited = rows.into_iter().map(|(key, to)| {
        let row = RowKey::try_from(key).map_err(Error::internal)?;
        Ok(Credited { row, to: to.unwrap_or_default() })
    });
    credited.collect()
}

/// # Errors
/// A duplicate when these units of the invoice were credited already, or the row is named twice.
pub(super) fn insert_credit(
    conn: &mut Conn,
    credit_note: InvoiceId,
    of: InvoiceId,
    credited: &Credited,
    from: i64,
) -> Result<()> {
    diesel::insert_into(invoice_credit::table)
        .values((
            invoice_credit::credit_note_id.eq(credit_note),
            invoice_credit::invoice_id.eq(of),
            invoice_credit::row_key.eq(String::from(credited.row)),
            invoice_credit::from_unit.eq(from),
            invoice_credit::to_unit.eq(credited.to),
        ))
        .execute(conn)?;
    Ok(())
}

/// A paper of an order, as its address names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// The oldest is 1, and hardly any order has another.
    Invoice(u32),
    /// The oldest is 1.
    CreditNote(u32),
}

pub(super) fn find_paper(
    conn: &mut Conn,
    token: &OrderToken,
    which: Which,
) -> Result<Option<Document>> {
    let (kind, n) = match which {
        Which::Invoice(n) => (Kind::Invoice, n),
        Which::CreditNote(n) => (Kind::CreditNote, n),
    };
    let Some(before) = n.checked_sub(1) else { return Ok(None) };
    let found: Option<String> = invoice::table
        .inner_join(orders::table)
        .filter(orders::token.eq(token.as_str()))
        .filter(invoice::kind.eq(kind.code()))
        .order(invoice::id)
        .offset(before.into())
        .select(invoice::document)
        .first(conn)
        .optional()?;
    found.map(|text| read(&text)).transpose()
}

/// The invoices of these orders, by their numbers; the first one issued first. A corrected one is
/// among them.
pub fn of_orders(conn: &mut Conn, numbers: &[String], most: i64) -> Result<Vec<Document>> {
    let papers: Vec<String> = invoice::table
        .inner_join(orders::table)
        .filter(orders::number.eq_any(numbers))
        .filter(invoice::kind.eq(Kind::Invoice.code()))
        .order(invoice::id)
        .limit(most)
        .select(invoice::document)
        .load(conn)?;
    papers.iter().map(|text| read(text)).collect()
}

fn read(document: &str) -> Result<Document> {
    serde_json::from_str(document)
        .map_err(|error| Error::internal(format!("a stored paper: {error}")))
}

/// What an invoice says of an order.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = orders)]
pub(super) struct SoldOrder {
    pub number: String,
    pub placed_at: NaiveDateTime,
    pub email: String,
    pub phone: String,
    pub locale: String,
    pub note: String,
    pub payment_method: String,
    pub delivery_name: String,
    pub currency: String,
    pub prices_include_tax: bool,
    pub bill: String,
}

/// What an invoice says of a line, besides its bill.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = order_line)]
pub(super) struct SoldLine {
    pub sku: String,
    pub name: String,
    pub options: String,
    pub quantity: i64,
    pub unit_amount: i64,
}

/// An order as it was placed.
#[derive(Debug)]
pub(super) struct Sale {
    pub order: SoldOrder,
    pub lines: Vec<SoldLine>,
    pub discounts: Vec<SoldDiscount>,
    pub delivery: Address,
    pub billing: Address,
}

/// What a promotion was called when it gave something.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = order_discount)]
pub(super) struct SoldDiscount {
    pub promotion_slug: String,
    pub name: String,
    /// As typed; empty where none was.
    pub code: String,
}

pub(super) fn sale(conn: &mut Conn, order: OrderId) -> Result<Sale> {
    let lines = order_line::table
        .filter(order_line::order_id.eq(order))
        .order(order_line::position)
        .select(SoldLine::as_select())
        .load(conn)?;
    let discounts = order_discount::table
        .filter(order_discount::order_id.eq(order))
        .order(order_discount::position)
        .select(SoldDiscount::as_select())
        .load(conn)?;
    Ok(Sale {
        lines,
        discounts,
        delivery: address(conn, order, AddressKind::Delivery)?,
        billing: address(conn, order, AddressKind::Billing)?,
        order: orders::table.find(order).select(SoldOrder::as_select()).first(conn)?,
    })
}

fn address(conn: &mut Conn, order: OrderId, kind: AddressKind) -> Result<Address> {
    let found = order_address::table.find((order, kind.code())).select(Address::as_select());
    Ok(found.first(conn).optional()?.unwrap_or_default())
}

/// Papers that were issued before this instant and name their buyer still, at most so many.
pub(super) fn old(
    conn: &mut Conn,
    before: NaiveDateTime,
    most: i64,
) -> Result<Vec<(InvoiceId, Document)>> {
    let rows: Vec<(InvoiceId, String)> = invoice::table
        .filter(invoice::buyer_forgotten.eq(false))
        .filter(invoice::issued_at.lt(before))
        .order(invoice::issued_at)
        .limit(most)
        .select((invoice::id, invoice::document))
        .load(conn)?;
    let read = |(id, text): (InvoiceId, String)| {
        let document = serde_json::from_str(&text);
        Ok((id, document.map_err(|error| Error::internal(format!("invoice {id}: {error}")))?))
    };
    rows.into_iter().map(read).collect()
}

/// Keeps a paper without its buyer.
pub(super) fn forget_buyer(conn: &mut Conn, id: InvoiceId, without: &Document) -> Result<()> {
    let text =
        serde_json::to_string(without).map_err(|error| Error::internal(error.to_string()))?;
    diesel::update(invoice::table.find(id))
        .set((invoice::document.eq(text), invoice::buyer_forgotten.eq(true)))
        .execute(conn)?;
    Ok(())
}
