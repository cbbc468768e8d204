//! `GET /admin/reports/{report}`: a table over days.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::cells;
use super::table::Table;
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::field::Field;
use crate::admin::figures::{Asked, SpanView, days_text, fields, spans};
use crate::admin::listing::{Tab, address};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::reports::{self, Report};
use crate::staff::{Permission, to};
use crate::web::Html;

#[derive(Template)]
#[template(path = "admin/reports/show.html")]
struct ReportPage {
    shell: Desk,
    tabs: Vec<Tab>,
    action: String,
    /// In words; of a report of today when it was made, or nothing.
    days: String,
    spans: Vec<SpanView>,
    fields: Vec<Field>,
    choices: Vec<Tab>,
    /// Its name in the address, and what is chosen.
    chosen: (&'static str, String),
    table: Table,
    /// How many lines are not shown; empty for none.
    more: String,
    hint: &'static str,
    /// Addresses of files; empty for who may not take them along.
    file: String,
    orders: String,
}

/// What a report shows, and which one it is.
pub(super) struct Shown<'a> {
    pub code: &'static str,
    /// The days that are asked for; `None` for a report of today.
    pub asked: Option<&'a Asked>,
    /// When a report of today was made, in words; empty for now.
    pub as_of: String,
    /// What else can be chosen: value, words.
    pub choices: Vec<(String, String)>,
    /// Its name in the address, and what is chosen; empty for nothing.
    pub chosen: (&'static str, String),
    pub table: Table,
    /// The key of what is said of its numbers.
    pub hint: &'static str,
}

/// Those that have rooms of their own.
const OTHERS: [&str; 2] = ["searches", "stock"];

/// `GET /admin/reports`
pub async fn first(staff: Allowed<to::ViewReports>) -> Result<HttpResponse> {
    sold(&staff, Report::Days).await
}

pub async fn show(staff: Allowed<to::ViewReports>, code: Path<String>) -> Result<HttpResponse> {
    sold(&staff, Report::parse(&code).ok_or(Error::NotFound)?).await
}

async fn sold(staff: &Allowed<to::ViewReports>, report: Report) -> Result<HttpResponse> {
    let shell = staff.desk("admin-reports");
    let asked = Asked::read(&staff.visit().query()?, &shell);
    let (days, by) = (asked.days, (shell.settings().time_zone, asked.currency));
    let load = move |conn: &mut Conn| {
        Ok((reports::lines(conn, report, days, by)?, reports::currencies(conn)?))
    };
    let (lines, currencies) = staff.visit().shop.db.read_long(load).await?;
    let code = asked.currency.code().to_owned();
    let has_others = currencies.iter().any(|currency| *currency != code);
    let currencies = if has_others { currencies } else { Vec::new() };
    let shown = Shown {
        code: report.code(),
        asked: Some(&asked),
        as_of: String::new(),
        choices: currencies.into_iter().map(|code| (code.clone(), code)).collect(),
        chosen: ("currency", if has_others { code } else { String::new() }),
        table: cells::table(&shell, report, &lines, asked.currency),
        hint: "figures-which",
    };
    page(staff, shell, shown)
}

/// The page of a report.
pub(super) fn page(
    staff: &Allowed<to::ViewReports>,
    mut shell: Desk,
    shown: Shown<'_>,
) -> Result<HttpResponse> {
    shell.shell.head.title = shell.t(&format!("report-{}", shown.code)).to_owned();
    let (name, chosen) = (shown.chosen.0, shown.chosen.1.as_str());
    let path = |code: &str| format!("/admin/reports/{code}");
    let own = path(shown.code);
    let to = |path: &str, chosen: &str| {
        let days =
            shown.asked.map(|asked| (asked.days.from.to_string(), asked.days.until.to_string()));
        let (from, until) = days.unwrap_or_default();
        let query = [("from", from.as_str()), ("until", until.as_str()), (name, chosen)];
        shell.href(&address(path, &query)).into_owned()
    };
    let codes = Report::ALL.map(Report::code).into_iter().chain(OTHERS);
    let tab = |code: &'static str| Tab {
        href: to(&path(code), chosen),
        text: shell.t(&format!("report-{code}")).to_owned(),
        is_current: code == shown.code,
    };
    let choice = |(value, text): &(String, String)| Tab {
        href: to(&own, value),
        text: text.clone(),
        is_current: value == chosen,
    };
    let file = |path: &str| match staff.may(Permission::ExportOrders) {
        true => to(path, chosen),
        false => String::new(),
    };
    let page = ReportPage {
        tabs: codes.map(tab).collect(),
        action: shell.href(&own).into_owned(),
        days: match shown.asked {
            Some(asked) => days_text(&shell, asked.days),
            None => shown.as_of,
        },
        spans: shown
            .asked
            .map(|asked| spans(&shell, asked, &own, (name, chosen)))
            .unwrap_or_default(),
        fields: shown.asked.map(|asked| fields(&shell, asked)).unwrap_or_default(),
        choices: shown.choices.iter().map(choice).collect(),
        more: match shown.table.left {
            0 => String::new(),
            left => shell.count("report-more", left),
        },
        hint: shown.hint,
        file: file(&format!("{own}/table.csv")),
        orders: shown.asked.map(|_| file("/admin/reports/orders/table.csv")).unwrap_or_default(),
        chosen: shown.chosen.clone(),
        table: shown.table,
        shell,
    };
    let status = match shown.asked {
        Some(asked) if asked.is_wrong => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::OK,
    };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}
