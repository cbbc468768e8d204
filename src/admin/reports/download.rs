//! `GET /admin/reports/{report}/table.csv`: the lines of a report as a file.

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Path};
use futures_util::stream::once;

use super::cells::{Cell, columns, name, note};
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::download::tell;
use crate::admin::figures::Asked;
use crate::error::{Error, Result};
use crate::money::{Currency, Money};
use crate::reports::{self, Line, Report};
use crate::staff::to;
use crate::web::cells::{self, guarded};

pub async fn show(staff: Allowed<to::ExportOrders>, code: Path<String>) -> Result<HttpResponse> {
    let report = Report::parse(&code).ok_or(Error::NotFound)?;
    let shell = staff.desk("admin-reports");
    let asked = Asked::read(&staff.visit().query()?, &shell);
    let (days, currency) = (asked.days, asked.currency);
    let by = (shell.settings().time_zone, currency);
    let load = move |conn: &mut _| reports::lines(conn, report, days, by);
    let lines = staff.visit().shop.db.read_long(load).await?;
    tell(&staff, format!("reports/{}", report.code())).await?;
    let rows = table(&shell, report, &lines, currency)?;
    let called = format!("{}-{}.csv", report.code(), days.until);
    Ok(cells::file(&called, once(async { Ok(rows) })))
}

fn table(shell: &Desk, report: Report, lines: &[Line], currency: Currency) -> Result<Bytes> {
    let head = columns(report).into_iter().map(|column| shell.t(column.key).to_owned());
    let rows = lines.iter().map(|line| row(shell, report, line, currency));
    cells::lines([head.collect()].into_iter().chain(rows))
}

fn row(shell: &Desk, report: Report, line: &Line, currency: Currency) -> Vec<String> {
    let cell = |cell: Cell| match (cell, report) {
        // A date that a spreadsheet reads, and codes that the tax office knows.
        (Cell::Name, Report::Days | Report::Countries) => line.item.clone(),
        (Cell::Note, Report::Taxes) => line.note.clone(),
        (Cell::Name, _) => name(shell, report, line),
        (Cell::Note, _) => note(shell, report, line),
        // Parts of a hundred, of which there are ten thousand in a part per million.
        (Cell::Rate, _) => format!("{}.{:04}", line.ppm / 10_000, line.ppm % 10_000),
        (Cell::Count(_), _) => line.sums.count.to_string(),
        (Cell::Amount(of, _), _) => Money::new(of(&line.sums), currency).plain(),
    };
    columns(report).into_iter().map(|it| guarded(&cell(it.cell)).into_owned()).collect()
}
