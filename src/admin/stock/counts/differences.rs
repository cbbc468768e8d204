//! `GET /admin/stock/counts/{sheet}/differences`: what was counted otherwise than the ledger has it,
//! in pieces and in value, before and after it is booked.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;
use std::collections::BTreeMap;

use super::super::{Item, signed};
use super::{Staff, address, badge, find, name_of, progress};
use crate::admin::desk::Desk;
use crate::admin::listing::Pages;
use crate::admin::orders::money;
use crate::catalog::labels::{Label, labels};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::VariantId;
use crate::stocktake::{self, Difference, Sheet, Status, Sums};
use crate::web::Html;

#[derive(Template)]
#[template(path = "admin/stock/counts/differences.html")]
struct DifferencesPage {
    shell: Desk,
    base: String,
    badge: (String, &'static str),
    progress: String,
    /// Words, units, value.
    sums: Vec<(&'static str, String, String)>,
    rows: Vec<RowView>,
    pages: Pages,
    version: i64,
    /// What booking will do; empty where nothing is counted.
    advice: String,
    /// How many could not be booked; empty for none.
    left: String,
    wrong: String,
    is_open: bool,
    is_booking: bool,
    is_booked: bool,
}

struct RowView {
    position: i64,
    item: Item,
    expected: i64,
    counted: i64,
    units: String,
    value: String,
    by: String,
    is_left: bool,
}

/// Differences of a page.
const PAGE: usize = 100;

pub async fn show(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    page(&staff, find(&staff, *id).await?, "").await
}

/// The page, with the key of what is wrong; empty for nothing.
pub(super) async fn page(staff: &Staff, sheet: Sheet, wrong: &'static str) -> Result<HttpResponse> {
    let query = staff.visit().query()?;
    let after = query.get("after").and_then(|after| after.parse().ok()).unwrap_or(0);
    let (view, id) = (staff.visit().view(), sheet.id);
    type Found = (Sums, BTreeMap<VariantId, Label>, Vec<Difference>);
    let load = move |conn: &mut Conn| -> Result<Found> {
        let found = stocktake::differences(conn, id, after, PAGE as i64 + 1)?;
        let ids: Vec<VariantId> = found.iter().map(|row| row.variant).collect();
        Ok((stocktake::sums(conn, id)?, labels(conn, &view, &ids)?, found))
    };
    let (sums, labels, found) = staff.visit().shop.db.read_long(load).await?;
    let shell = staff.desk("count-differences");
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::CONFLICT };
    let wrong = if wrong.is_empty() { String::new() } else { shell.t(wrong).to_owned() };
    let page = DifferencesPage { wrong, ..view_of(shell, &sheet, sums, (&found, after), &labels) };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

fn view_of(
    shell: Desk,
    sheet: &Sheet,
    sums: Sums,
    (found, after): (&[Difference], i64),
    labels: &BTreeMap<VariantId, Label>,
) -> DifferencesPage {
    let base = address(&shell, sheet.id);
    let here = format!("{base}/differences");
    let rows = found.iter().take(PAGE);
    DifferencesPage {
        badge: badge(&shell, sheet),
        progress: progress(&shell, sheet),
        sums: sums_view(&shell, sheet, sums),
        rows: rows.map(|row| row_view(&shell, sheet, row, labels.get(&row.variant))).collect(),
        pages: Pages {
            next: match found.get(PAGE - 1) {
                Some(last) if found.len() > PAGE => format!("{here}?after={}", last.position),
                _ => String::new(),
            },
            first: if after > 0 { here } else { String::new() },
        },
        version: sheet.version,
        advice: match sheet.counted {
            0 => String::new(),
            _ => advice(&shell, sheet, sums),
        },
        left: match sums.left {
            0 => String::new(),
            left => shell.count("count-left", left),
        },
        wrong: String::new(),
        is_open: sheet.is_open(),
        is_booking: sheet.status() == Status::Booking,
        is_booked: sheet.status() == Status::Booked,
        base,
        shell,
    }
}

fn advice(shell: &Desk, sheet: &Sheet, sums: Sums) -> String {
    let told = [("lines", sums.lines.into()), ("uncounted", (sheet.lines - sheet.counted).into())];
    shell.texts().with("count-book-advice", &told)
}

fn sums_view(shell: &Desk, sheet: &Sheet, sums: Sums) -> Vec<(&'static str, String, String)> {
    let row = |text, units: i64, value: i64| {
        let value = money(shell, value, &sheet.currency);
        (text, if units == 0 { "0".to_owned() } else { signed(units) }, value)
    };
    let ((more, found), (less, missing)) = (sums.more, sums.less);
    vec![
        row("count-more", more, found),
        row("count-less", -less, -missing),
        row("count-balance", more - less, found - missing),
    ]
}

fn row_view(shell: &Desk, sheet: &Sheet, row: &Difference, label: Option<&Label>) -> RowView {
    RowView {
        position: row.position,
        item: Item::of(shell, row.variant, label),
        expected: row.expected,
        counted: row.counted,
        units: signed(row.units()),
        value: match row.unit_amount {
            Some(_) => money(shell, row.value(), &sheet.currency),
            None => String::new(),
        },
        by: name_of(&row.counted_by).to_owned(),
        is_left: row.is_left,
    }
}
