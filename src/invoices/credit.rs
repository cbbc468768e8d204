//! Takes back an invoice, in part or whole, by a credit note: what is credited of all notes together
//! is never more than what was invoiced, and to the minor unit what was invoiced in the end.

use chrono::NaiveDateTime;
use std::ops::Range;

use super::document::{Correction, Document, Row};
use super::issue::take_number;
use super::model::{Kind, RowKey, local_date};
use super::queries::{self, Credited, Filing, Invoice};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::{InvoiceId, OrderId};
use crate::pricing::{BillTax, Quantity, RefundMistake, Sold, TaxShare, Totals};
use crate::settings::{self, ShopSettings};

/// What is to be credited of one row of an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Returned {
    pub row: RowKey,
    /// Of a line. Of delivery and fees minor units with tax: any part of them may come back.
    pub units: i64,
}

/// Why nothing was credited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotCredited {
    #[error("the order has no invoice")]
    NoInvoice,
    #[error("nothing was named to credit")]
    Nothing,
    #[error("the invoice has no such row")]
    NoSuchRow,
    #[error("there are not so many units left to credit")]
    TooMany,
}

/// Why a try is rolled back, and its number given back.
enum Halt {
    Refused(NotCredited),
    Error(Error),
}

impl From<Error> for Halt {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl From<diesel::result::Error> for Halt {
    fn from(error: diesel::result::Error) -> Self {
        Self::Error(error.into())
    }
}

impl From<NotCredited> for Halt {
    fn from(refusal: NotCredited) -> Self {
        Self::Refused(refusal)
    }
}

impl From<RefundMistake> for Halt {
    fn from(mistake: RefundMistake) -> Self {
        match mistake {
            RefundMistake::TooMany => Self::Refused(NotCredited::TooMany),
            RefundMistake::NotARow => Self::Error(Error::internal("an invoice with a broken row")),
        }
    }
}

/// Issues a credit note for what came back of an order, inside the caller's transaction. A row may
/// be named once.
///
/// # Errors
/// `NotCredited` inside, when it cannot be; nothing is written then.
pub fn credit(
    conn: &mut Conn,
    order: OrderId,
    returned: &[Returned],
    reason: &str,
    now: NaiveDateTime,
) -> Result<Result<InvoiceId, NotCredited>> {
    let settings = settings::load(conn)?;
    let written = diesel::Connection::transaction(conn, |conn| {
        write(conn, order, returned, reason, (&settings, now))
    });
    match written {
        Ok(id) => Ok(Ok(id)),
        Err(Halt::Refused(refusal)) => Ok(Err(refusal)),
        Err(Halt::Error(error)) => Err(error),
    }
}

/// Credits all that is left of an order's latest invoice.
pub(super) fn take_back(
    conn: &mut Conn,
    order: OrderId,
    reason: &str,
    now: NaiveDateTime,
) -> Result<()> {
    let Some(invoice) = queries::find_invoice(conn, order)? else { return Ok(()) };
    let credited = queries::credited(conn, invoice.id)?;
    let left = invoice.document.rows.iter().filter_map(|row| {
        let units = sold(row).ok()?.units() - credited_of(&credited, row);
        (units > 0).then_some(Returned { row: row.key, units })
    });
    match credit(conn, order, &left.collect::<Vec<_>>(), reason, now)? {
        Ok(_) | Err(NotCredited::Nothing) => Ok(()),
        Err(refusal) => Err(Error::internal(refusal.to_string())),
    }
}

fn write(
    conn: &mut Conn,
    order: OrderId,
    returned: &[Returned],
    reason: &str,
    (settings, now): (&ShopSettings, NaiveDateTime),
) -> Result<InvoiceId, Halt> {
    if returned.iter().all(|part| part.units <= 0) {
        return Err(NotCredited::Nothing.into());
    }
    // The number first: whoever credits at the same time waits here, and then sees these units.
    let taken = take_number(conn, Kind::CreditNote, settings, now)?;
    let invoice = queries::find_invoice(conn, order)?.ok_or(NotCredited::NoInvoice)?;
    let credited = queries::credited(conn, invoice.id)?;
    let parts = parts(&invoice, &credited, returned)?;
    let rows = parts.iter().map(credited_row).collect::<Result<Vec<_>, _>>()?;
    let is_last = is_all(&invoice, &credited, &parts);
    let document = Document {
        kind: Kind::CreditNote,
        number: taken.number.clone(),
        issued_on: local_date(settings, now),
        corrects: Some(Correction {
            number: invoice.document.number.clone(),
            issued_on: invoice.document.issued_on,
            reason: reason.to_owned(),
        }),
        taxes: taxes(&invoice.document, &rows),
        totals: totals(&invoice.document, &rows, is_last),
        rows,
        note: String::new(),
        ..invoice.document.clone()
    };
    let filing =
        Filing { taken, order, round: invoice.round, corrects: Some(invoice.id), issued_at: now };
    let id = queries::insert(conn, &filing, &document)?;
    for Part { row, units } in parts {
        queries::insert_credit(
            conn,
            id,
            invoice.id,
            &Credited { row: row.key, to: units.end },
            units.start,
        )?;
    }
    Ok(id)
}

/// A row of the invoice and the units of it that are credited.
struct Part<'a> {
    row: &'a Row,
    units: Range<i64>,
}

/// Units are counted from where the last credit note ended.
fn parts<'a>(
    invoice: &'a Invoice,
    credited: &[Credited],
    returned: &[Returned],
) -> Result<Vec<Part<'a>>, Halt> {
    let named = returned.iter().filter(|part| part.units != 0);
    let parts = named.map(|part| {
        let row = invoice.document.rows.iter().find(|row| row.key == part.row);
        let row = row.ok_or(NotCredited::NoSuchRow)?;
        let from = credited_of(credited, row);
        let to = from.checked_add(part.units).ok_or(NotCredited::TooMany)?;
        Ok(Part { row, units: from..to })
    });
    parts.collect()
}

fn credited_of(credited: &[Credited], row: &Row) -> i64 {
    credited.iter().find(|known| known.row == row.key).map_or(0, |known| known.to)
}

fn sold(row: &Row) -> Result<Sold, RefundMistake> {
    match row.key {
        RowKey::Line(_) => {
            let quantity = Quantity::new(row.quantity).ok_or(RefundMistake::NotARow)?;
            Sold::new(row.gross, row.tax, quantity)
        }
        RowKey::Delivery | RowKey::Fee(_) => Sold::divisible(row.gross, row.tax),
    }
}

fn credited_row(Part { row, units }: &Part<'_>) -> Result<Row, Halt> {
    let sold = sold(row)?;
    let refund = sold.refund(units.clone())?;
    let shares: Vec<i64> = row.taxes.iter().map(|share| share.amount).collect();
    let shares = sold.refund_taxes(units.clone(), &shares)?;
    let taxes = row.taxes.iter().zip(shares);
    Ok(Row {
        quantity: match row.key {
            RowKey::Line(_) => units.end - units.start,
            RowKey::Delivery | RowKey::Fee(_) => 1,
        },
        // Of a part there is no list price: discounts are in its sums already.
        list: 0,
        discounts: Vec::new(),
        net: refund.net,
        tax: refund.tax,
        gross: refund.gross,
        taxes: taxes.map(|(share, amount)| TaxShare { rate: share.rate.clone(), amount }).collect(),
        ..(*row).clone()
    })
}

/// Whether nothing is left to credit after these parts.
fn is_all(invoice: &Invoice, credited: &[Credited], parts: &[Part<'_>]) -> bool {
    invoice.document.rows.iter().all(|row| {
        let now = parts.iter().find(|part| part.row.key == row.key);
        let to = now.map_or_else(|| credited_of(credited, row), |part| part.units.end);
        sold(row).is_ok_and(|sold| to == sold.units())
    })
}

fn taxes(invoice: &Document, rows: &[Row]) -> Vec<BillTax> {
    let rates = invoice.taxes.iter().filter_map(|rate| {
        let carriers = rows.iter().filter_map(|row| {
            let share = row.taxes.iter().find(|share| share.rate == rate.rate)?;
            Some((row.net, share.amount))
        });
        let (net, amount) = carriers.reduce(|(net, tax), row| (net + row.0, tax + row.1))?;
        Some(BillTax { net, amount, ..rate.clone() })
    });
    rates.collect()
}

/// The rounding of cash comes back with the last of the invoice: it belongs to no row.
fn totals(invoice: &Document, rows: &[Row], is_last: bool) -> Totals {
    let sum = |of: fn(&RowKey) -> bool, amount: fn(&Row) -> i64| -> i64 {
        rows.iter().filter(|row| of(&row.key)).map(amount).sum()
    };
    let quoted: fn(&Row) -> i64 = match invoice.prices_include_tax {
        true => |row| row.gross,
        false => |row| row.net,
    };
    let total = sum(|_| true, |row| row.gross);
    let rounding = if is_last { invoice.totals.rounding } else { 0 };
    Totals {
        list: sum(|key| matches!(key, RowKey::Line(_)), quoted),
        discount: 0,
        shipping: sum(|key| matches!(key, RowKey::Delivery), quoted),
        fees: sum(|key| matches!(key, RowKey::Fee(_)), quoted),
        net: sum(|_| true, |row| row.net),
        tax: sum(|_| true, |row| row.tax),
        total,
        rounding,
        payable: total + rounding,
    }
}
