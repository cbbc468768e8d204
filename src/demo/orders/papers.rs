//! Invoices and credit notes of copies: numbered on from the last, and written anew.

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};

use super::copies::Copy;
use crate::db::schema::{invoice, invoice_series};
use crate::db::{Conn, any_of};
use crate::error::{Error, Result};
use crate::ids::{InvoiceSeriesId, OrderId};
use crate::invoices::{self, Document};
use crate::settings;

/// A copy of an invoice or a credit note.
#[derive(Serialize)]
pub(super) struct Paper {
    /// The copy that it is of.
    nth: i64,
    /// The template's paper.
    id: i64,
    series_id: i64,
    sequence: i64,
    number: String,
    document: String,
}

/// A paper of a template.
#[derive(Queryable)]
struct Original {
    id: crate::ids::InvoiceId,
    order: OrderId,
    kind: String,
    prefix: String,
    issued_at: NaiveDateTime,
    document: String,
}

/// The papers of these copies, numbered on from the last in the order in which they are issued.
pub(super) fn papers(conn: &mut Conn, copies: &[Copy]) -> Result<Vec<Paper>> {
    let settings = settings::load(conn)?;
    let originals = originals(conn, copies)?;
    let mut numbers = Numbers::default();
    let mut invoices = BTreeMap::new();
    let mut papers = Vec::new();
    for (at, copy, original) in in_order(copies, &originals) {
        let issued_on = invoices::local_date(&settings, at);
        let series = (original.kind.clone(), i64::from(issued_on.year()), original.prefix.clone());
        let (series_id, sequence, number) = numbers.next(conn, series)?;
        let mut document: Document = serde_json::from_str(&original.document).map_err(json)?;
        document.ordered_on += issued_on - invoices::local_date(&settings, original.issued_at);
        make_out(&mut document, copy, (&number, issued_on));
        correct(&mut document, copy, &mut invoices);
        let (nth, id, series_id) = (copy.nth, original.id.0, series_id.0);
        let document = serde_json::to_string(&document).map_err(json)?;
        papers.push(Paper { nth, id, series_id, sequence, number, document });
    }
    numbers.keep(conn)?;
    Ok(papers)
}

/// When each paper of the copies is issued, the earliest first.
fn in_order<'a>(
    copies: &'a [Copy],
    originals: &'a BTreeMap<i64, Vec<Original>>,
) -> Vec<(NaiveDateTime, &'a Copy, &'a Original)> {
    let of = |copy: &'a Copy| {
        let own = originals.get(&copy.template).into_iter().flatten();
        own.map(move |original| {
            (original.issued_at + TimeDelta::seconds(copy.seconds), copy, original)
        })
    };
    let mut due: Vec<_> = copies.iter().flat_map(of).collect();
    due.sort_by_key(|(at, copy, original)| (*at, copy.nth, original.id));
    due
}

/// Makes a paper out to whoever placed the copy.
fn make_out(document: &mut Document, copy: &Copy, (number, issued_on): (&str, NaiveDate)) {
    document.number = number.to_owned();
    document.issued_on = issued_on;
    document.order_number.clone_from(&copy.number);
    document.buyer.name.clone_from(&copy.name);
    document.buyer.email.clone_from(&copy.email);
    document.delivery.name.clone_from(&copy.name);
}

/// A credit note names the invoice of its own copy, which was issued before it.
fn correct(
    document: &mut Document,
    copy: &Copy,
    invoices: &mut BTreeMap<i64, (String, NaiveDate)>,
) {
    match &mut document.corrects {
        None => {
            invoices.insert(copy.nth, (document.number.clone(), document.issued_on));
        }
        Some(corrects) => {
            if let Some((number, issued_on)) = invoices.get(&copy.nth) {
                corrects.number.clone_from(number);
                corrects.issued_on = *issued_on;
            }
        }
    }
}

fn json(error: serde_json::Error) -> Error {
    Error::internal(format!("a paper: {error}"))
}

fn originals(conn: &mut Conn, copies: &[Copy]) -> Result<BTreeMap<i64, Vec<Original>>> {
    let templates: HashSet<i64> = copies.iter().map(|copy| copy.template).collect();
    let templates: Vec<i64> = templates.into_iter().collect();
    let rows: Vec<Original> = invoice::table
        .inner_join(invoice_series::table)
        .filter(any_of(invoice::order_id, &templates))
        .order(invoice::id)
        .select((
            invoice::id,
            invoice::order_id,
            invoice::kind,
            invoice_series::prefix,
            invoice::issued_at,
            invoice::document,
        ))
        .load(conn)?;
    let mut originals: BTreeMap<i64, Vec<Original>> = BTreeMap::new();
    for row in rows {
        originals.entry(row.order.0).or_default().push(row);
    }
    Ok(originals)
}

/// Kind, year and prefix.
type SeriesName = (String, i64, String);

/// The series that numbers are taken of, with the next of each.
#[derive(Default)]
struct Numbers(BTreeMap<SeriesName, (InvoiceSeriesId, i64)>);

impl Numbers {
    fn next(
        &mut self,
        conn: &mut Conn,
        name: SeriesName,
    ) -> Result<(InvoiceSeriesId, i64, String)> {
        let (_, year, prefix) = name.clone();
        if !self.0.contains_key(&name) {
            let series = find_series(conn, &name)?;
            self.0.insert(name.clone(), series);
        }
        let series = self.0.get_mut(&name).ok_or_else(|| Error::internal("a series is there"))?;
        let sequence = series.1;
        series.1 += 1;
        Ok((series.0, sequence, invoices::number(&prefix, year, sequence)))
    }

    fn keep(&self, conn: &mut Conn) -> Result<()> {
        for (id, next) in self.0.values() {
            diesel::update(invoice_series::table.find(id))
                .set(invoice_series::next.eq(next))
                .execute(conn)?;
        }
        Ok(())
    }
}

fn find_series(
    conn: &mut Conn,
    (kind, year, prefix): &SeriesName,
) -> Result<(InvoiceSeriesId, i64)> {
    let columns = (invoice_series::id, invoice_series::next);
    let known = invoice_series::table
        .filter(invoice_series::kind.eq(kind))
        .filter(invoice_series::year.eq(year))
        .filter(invoice_series::prefix.eq(prefix))
        .select(columns)
        .first(conn)
        .optional()?;
    if let Some(series) = known {
        return Ok(series);
    }
    Ok(diesel::insert_into(invoice_series::table)
        .values((
            invoice_series::kind.eq(kind),
            invoice_series::year.eq(year),
            invoice_series::prefix.eq(prefix),
            invoice_series::next.eq(1),
        ))
        .returning(columns)
        .get_result(conn)?)
}
