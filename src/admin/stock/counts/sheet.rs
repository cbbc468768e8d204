//! `GET /admin/stock/counts/{sheet}`: a page of lines to type counts into, each kept by itself: what
//! is half done waits. What should lie there is not shown, so that nobody counts towards it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;
use chrono::NaiveDateTime;
use std::collections::BTreeMap;

use super::super::Item;
use super::{Staff, address, badge, find, progress};
use crate::admin::desk::Desk;
use crate::admin::field::Field;
use crate::admin::meanwhile::seal;
use crate::catalog::labels::{Label, labels};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::{StocktakeId, VariantId};
use crate::stock::{Lately, lately};
use crate::stocktake::{self, Line, Sheet, Status};
use crate::web::{Form, Html, View, dates, see_other};

#[derive(Template)]
#[template(path = "admin/stock/counts/sheet.html")]
struct SheetPage {
    shell: Desk,
    action: String,
    base: String,
    badge: (String, &'static str),
    progress: String,
    /// Of a sheet whose lines are not all written, or that is booked.
    state: String,
    is_open: bool,
    can_remove: bool,
    lines: Vec<LineView>,
    seen: String,
    counted_at: Vec<Field>,
    wrong: String,
    saved: bool,
    missing: String,
    /// Number, address, whether it is this one.
    previous: String,
    next: String,
    place: String,
}

struct LineView {
    position: i64,
    item: Item,
    name: String,
    value: String,
    error: String,
    /// What has moved it since the sheet was made; empty for nothing.
    moved: String,
}

/// Lines of a page: a form has at most 200 fields.
pub(super) const PAGE: i64 = 50;

/// A page of a sheet, from 0.
pub(super) struct Loaded {
    pub sheet: Sheet,
    pub number: i64,
    pub lines: Vec<Line>,
    labels: BTreeMap<VariantId, Label>,
    lately: BTreeMap<VariantId, Lately>,
}

/// What was sent and not saved.
pub(super) struct Sent {
    pub form: Form,
    /// Words for what is wrong with which field.
    pub errors: BTreeMap<String, String>,
    pub status: StatusCode,
    pub wrong: &'static str,
}

pub async fn show(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    let sheet = find(&staff, *id).await?;
    let query = staff.visit().query()?;
    match query.get("sku").map(str::trim).filter(|sku| !sku.is_empty()) {
        Some(sku) => seek(&staff, sheet, sku.to_owned()).await,
        None => page(&staff, load(&staff, sheet).await?, None, ""),
    }
}

/// The page that has the SKU, at its line.
async fn seek(staff: &Staff, sheet: Sheet, sku: String) -> Result<HttpResponse> {
    let (id, wanted) = (sheet.id, sku.clone());
    let seek = move |conn: &mut Conn| stocktake::page_of(conn, id, &wanted, PAGE);
    match staff.visit().shop.db.read(seek).await? {
        Some(number) => {
            let base = address(&staff.desk("count-sheets"), id);
            Ok(see_other(&format!("{base}?page={number}")))
        }
        None => page(staff, load(staff, sheet).await?, None, &sku),
    }
}

pub(super) async fn load(staff: &Staff, sheet: Sheet) -> Result<Loaded> {
    let query = staff.visit().query()?;
    let last = (sheet.lines - 1).max(0) / PAGE;
    let number = query.get("page").and_then(|page| page.parse().ok()).unwrap_or(0).clamp(0, last);
    let (view, id, since) = (staff.visit().view(), sheet.id, sheet.since_move);
    let load = move |conn: &mut Conn| read(conn, &view, (id, number, since));
    let (lines, labels, lately) = staff.visit().shop.db.read(load).await?;
    Ok(Loaded { sheet, number, lines, labels, lately })
}

type Read = (Vec<Line>, BTreeMap<VariantId, Label>, BTreeMap<VariantId, Lately>);

fn read(
    conn: &mut Conn,
    view: &View,
    (id, number, since): (StocktakeId, i64, i64),
) -> Result<Read> {
    let lines = stocktake::lines(conn, id, number * PAGE, PAGE)?;
    let ids: Vec<VariantId> = lines.iter().map(|line| line.variant).collect();
    Ok((lines, labels(conn, view, &ids)?, lately(conn, &ids, since)?))
}

/// The field of a line.
pub(super) fn cell(line: &Line) -> String {
    format!("count-{}", line.position)
}

/// The counts of a page by their fields, as they are stored.
pub(super) fn stored(lines: &[Line]) -> Vec<(String, String)> {
    let typed = |line: &Line| line.counted.map(|counted| counted.to_string()).unwrap_or_default();
    lines.iter().map(|line| (cell(line), typed(line))).collect()
}

pub(super) fn page(
    staff: &Staff,
    loaded: Loaded,
    sent: Option<Sent>,
    missing: &str,
) -> Result<HttpResponse> {
    let mut shell = staff.desk("count-sheets");
    let (sheet, stored) = (&loaded.sheet, stored(&loaded.lines));
    shell.shell.head.title = shell.with("count-of", "name", &sheet.name);
    let (base, zone) = (address(&shell, sheet.id), shell.settings().time_zone);
    let saved = sent.is_none() && staff.visit().query()?.get("saved").is_some();
    let sent = sent.unwrap_or_else(|| {
        let at = ("counted_at".to_owned(), dates::typed(shell.now(), zone));
        let form = Form::default().with(stored.clone()).with([at]);
        Sent { form, errors: BTreeMap::new(), status: StatusCode::OK, wrong: "" }
    });
    let to = |number: i64| format!("{base}?page={number}");
    let last = (sheet.lines - 1).max(0) / PAGE;
    let place = [("page", (loaded.number + 1).into()), ("pages", (last + 1).into())];
    let page = SheetPage {
        action: to(loaded.number),
        badge: badge(&shell, sheet),
        progress: progress(&shell, sheet),
        state: match sheet.status() {
            Status::Open => String::new(),
            other => shell.t(&format!("count-is-{}", other.code())).to_owned(),
        },
        is_open: sheet.is_open(),
        can_remove: matches!(sheet.status(), Status::Open | Status::Making),
        lines: loaded.lines.iter().map(|line| view(&shell, line, &loaded, &sent)).collect(),
        seen: seal(&stored),
        counted_at: vec![counted_at(&shell, &sent)],
        wrong: if sent.wrong.is_empty() { String::new() } else { shell.t(sent.wrong).to_owned() },
        saved,
        missing: match missing {
            "" => String::new(),
            sku => shell.with("count-sku-missing", "sku", sku),
        },
        previous: if loaded.number > 0 { to(loaded.number - 1) } else { String::new() },
        next: if loaded.number < last { to(loaded.number + 1) } else { String::new() },
        place: shell.texts().with("count-place", &place),
        base,
        shell,
    };
    Ok(Html::page(&page)?.status(sent.status).personal().into_response())
}

fn counted_at(shell: &Desk, sent: &Sent) -> Field {
    let field = Field::text(shell, "counted_at", "count-at", &sent.form);
    let error = sent.errors.get("counted_at").cloned().unwrap_or_default();
    Field { kind: "datetime-local", most: 0, error, ..field }.hint(shell.t("count-at-hint"))
}

fn view(shell: &Desk, line: &Line, loaded: &Loaded, sent: &Sent) -> LineView {
    let name = cell(line);
    let lately = loaded.lately.get(&line.variant);
    LineView {
        position: line.position,
        item: Item::of(shell, line.variant, loaded.labels.get(&line.variant)),
        value: sent.form.get(&name).to_owned(),
        error: sent.errors.get(&name).cloned().unwrap_or_default(),
        moved: lately.map(|lately| moved(shell, &lately.moved)).unwrap_or_default(),
        name,
    }
}

/// "2 went, 5 came since the sheet was made".
pub(super) fn moved(shell: &Desk, moved: &[(i64, NaiveDateTime)]) -> String {
    let sum = |is_wanted: fn(i64) -> bool| -> i64 {
        moved.iter().map(|(units, _)| *units).filter(|units| is_wanted(*units)).sum()
    };
    match (sum(|units| units > 0), -sum(|units| units < 0)) {
        (0, 0) => String::new(),
        (0, went) => shell.count("count-went", went),
        (came, 0) => shell.count("count-came", came),
        (came, went) => {
            let both = [("came", came.into()), ("went", went.into())];
            shell.texts().with("count-came-and-went", &both)
        }
    }
}
