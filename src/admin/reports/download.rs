//! `GET /admin/reports/{report}/table.csv`: the lines of a report as a file.

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Path};
use futures_util::stream::once;

use super::cells::{columns, name};
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
    let (days, currency) = (asked.days, shell.settings().currency);
    let by = (shell.settings().time_zone, currency);
    let load = move |conn: &mut _| reports::lines(conn, report, days, by);
    let lines = staff.visit().shop.db.read_long(load).await?;
    tell(&staff, format!("reports/{}", report.code())).await?;
    let rows = table(&shell, report, &lines, currency)?;
    let called = format!("{}-{}.csv", report.code(), days.until);
    Ok(cells::file(&called, once(async { Ok(rows) })))
}

fn table(shell: &Desk, report: Report, lines: &[Line], currency: Currency) -> Result<Bytes> {
    let keys = columns(report);
    let is_there = |at: &usize| !keys[*at].is_empty();
    let kept: Vec<usize> = (0..keys.len()).filter(is_there).collect();
    let of = |cells: [String; 5]| kept.iter().map(|at| cells[*at].clone()).collect::<Vec<_>>();
    let head = of(keys.map(|key| shell.t(key).to_owned()));
    let rows = lines.iter().map(|line| of(row(shell, report, line, currency)));
    cells::lines([head].into_iter().chain(rows))
}

fn row(shell: &Desk, report: Report, line: &Line, currency: Currency) -> [String; 5] {
    let amount = |minor| Money::new(minor, currency).plain();
    let called = match report {
        // A date that a spreadsheet reads.
        Report::Days => line.name.clone(),
        _ => name(shell, report, line),
    };
    [
        guarded(&called).into_owned(),
        guarded(&line.note).into_owned(),
        line.count.to_string(),
        amount(line.net),
        amount(line.gross),
    ]
}
