//! `GET /admin/reports/{report}`: a table over days.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::cells::{columns, money, name};
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::field::Field;
use crate::admin::figures::{Asked, SpanView, days_text, fields, spans};
use crate::admin::listing::{Tab, address};
use crate::error::{Error, Result};
use crate::reports::{self, Line, Report};
use crate::staff::{Permission, to};
use crate::web::Html;

#[derive(Template)]
#[template(path = "admin/reports/show.html")]
struct ReportPage {
    shell: Desk,
    tabs: Vec<Tab>,
    action: String,
    days: String,
    spans: Vec<SpanView>,
    fields: Vec<Field>,
    columns: Vec<String>,
    has_note: bool,
    lines: Vec<LineView>,
    /// How many lines are not shown; empty for none.
    more: String,
    /// Addresses of files; empty for who may not take them along.
    file: String,
    orders: String,
}

struct LineView {
    name: String,
    note: String,
    count: i64,
    net: String,
    gross: String,
    /// Of the largest amount, in hundredths.
    share: i64,
}

/// So many lines are shown; the file has all of them.
const SHOWN: usize = 200;
/// The report that is shown when none is named.
const FIRST: Report = Report::Days;

/// `GET /admin/reports`
pub async fn first(staff: Allowed<to::ViewReports>) -> Result<HttpResponse> {
    page(&staff, FIRST).await
}

pub async fn show(staff: Allowed<to::ViewReports>, code: Path<String>) -> Result<HttpResponse> {
    page(&staff, Report::parse(&code).ok_or(Error::NotFound)?).await
}

async fn page(staff: &Allowed<to::ViewReports>, report: Report) -> Result<HttpResponse> {
    let mut shell = staff.desk("admin-reports");
    shell.shell.head.title = shell.t(&format!("report-{}", report.code())).to_owned();
    let asked = Asked::read(&staff.visit().query()?, &shell);
    let by = (shell.settings().time_zone, shell.settings().currency);
    let days = asked.days;
    let load = move |conn: &mut _| reports::lines(conn, report, days, by);
    let lines = staff.visit().shop.db.read_long(load).await?;
    let status = match asked.is_wrong {
        true => StatusCode::UNPROCESSABLE_ENTITY,
        false => StatusCode::OK,
    };
    let page = view(shell, (report, &asked), &lines, staff.may(Permission::ExportOrders));
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

fn view(
    shell: Desk,
    (report, asked): (Report, &Asked),
    lines: &[Line],
    may_export: bool,
) -> ReportPage {
    let (from, until) = (asked.days.from.to_string(), asked.days.until.to_string());
    let query = [("from", from.as_str()), ("until", until.as_str())];
    let to = |path: &str| shell.href(&address(path, &query)).into_owned();
    let path = |report: Report| format!("/admin/reports/{}", report.code());
    let tab = |it: Report| Tab {
        href: to(&path(it)),
        text: shell.t(&format!("report-{}", it.code())).to_owned(),
        is_current: it == report,
    };
    let file = |path: &str| if may_export { to(path) } else { String::new() };
    let most = lines.iter().map(|line| line.gross).max().unwrap_or_default().max(1);
    let left = i64::try_from(lines.len().saturating_sub(SHOWN)).unwrap_or_default();
    let [name_key, note, rest @ ..] = columns(report);
    let keys = [name_key, note].into_iter().chain(rest).filter(|key| !key.is_empty());
    ReportPage {
        tabs: Report::ALL.map(tab).into(),
        action: shell.href(&path(report)).into_owned(),
        days: days_text(&shell, asked.days),
        spans: spans(&shell, asked, &path(report)),
        fields: fields(&shell, asked),
        columns: keys.map(|key| shell.t(key).to_owned()).collect(),
        has_note: !note.is_empty(),
        lines: lines.iter().take(SHOWN).map(|it| line(&shell, report, it, most)).collect(),
        more: if left > 0 { shell.count("report-more", left) } else { String::new() },
        file: file(&format!("{}/table.csv", path(report))),
        orders: file("/admin/reports/orders/table.csv"),
        shell,
    }
}

fn line(shell: &Desk, report: Report, line: &Line, most: i64) -> LineView {
    let share = i128::from(line.gross.max(0)) * 100 / i128::from(most);
    LineView {
        name: name(shell, report, line),
        note: line.note.clone(),
        count: line.count,
        net: money(shell, line.net),
        gross: money(shell, line.gross),
        share: i64::try_from(share).unwrap_or_default(),
    }
}
