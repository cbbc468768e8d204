//! `/admin/products/{id}/variants`: prices, stock, SKUs and weights of many variants in one form.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;
use std::collections::BTreeMap;

use super::grid::{COLUMNS, LONGEST_REASON, Manner, cell, fields, read};
use super::named;
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::field::Field;
use crate::admin::listing::Pages;
use crate::admin::meanwhile::{Merged, merge, seal};
use crate::catalog::grid::{self, Line, Outcome, Wanted};
use crate::catalog::keep::{self, Edit, Kept};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::ProductId;
use crate::staff::{Permission, Rule, to};
use crate::web::{Form, Html, see_other};

#[derive(Template)]
#[template(path = "admin/products/variants.html")]
struct VariantsPage {
    shell: Desk,
    name: String,
    /// The product's page, and where the form goes.
    product: String,
    action: String,
    version: i64,
    seen: String,
    saved: bool,
    wrong: String,
    lines: Vec<LineView>,
    reason: Vec<Field>,
    pages: Pages,
    can_change: bool,
}

struct LineView {
    name: String,
    cells: Vec<Cell>,
    /// What lay there when the line was shown: name and value of the hidden field.
    had: (String, String),
    /// How many of them orders hold; empty for none.
    reserved: String,
}

struct Cell {
    name: String,
    label: String,
    value: String,
    error: String,
    column: &'static str,
    is_fixed: bool,
}

/// Lines of a page: a form has at most 200 fields.
const PAGE: i64 = 25;

/// What was sent and not saved: the form, and words for what is wrong with which field.
struct Sent {
    form: Form,
    errors: BTreeMap<String, String>,
    status: StatusCode,
    wrong: &'static str,
}

pub async fn show(staff: Allowed<to::ViewProducts>, id: Path<i64>) -> Result<HttpResponse> {
    let loaded = load(&staff, ProductId(*id)).await?;
    page(&staff, loaded, None)
}

pub async fn save(
    staff: Allowed<to::ChangeProducts>,
    id: Path<i64>,
    form: Form,
) -> Result<HttpResponse> {
    let id = ProductId(*id);
    let loaded = load(&staff, id).await?;
    let (kept, lines) = &loaded;
    let manner = manner(&staff);
    if form.get("version") != kept.version.to_string() {
        return meanwhile(&staff, loaded, &form);
    }
    let wanted = match read(&form, lines, manner) {
        Ok(wanted) => wanted,
        Err(mistakes) => {
            let shell = staff.desk("admin-products");
            let said = mistakes.into_iter().map(|(name, key)| (name, shell.t(key).to_owned()));
            let sent = Sent::wrong(&form, said.collect());
            return page(&staff, loaded, Some(sent));
        }
    };
    let reason = form.get("reason").to_owned();
    match write(&staff, &loaded, wanted, reason).await? {
        Outcome::Done => Ok(see_other(&here(&staff, id, "saved=1"))),
        Outcome::Meanwhile => meanwhile(&staff, load(&staff, id).await?, &form),
        Outcome::Taken(variants) => {
            let taken = staff.desk("admin-products").t("variant-sku-taken").to_owned();
            let errors = variants.into_iter().map(|id| (cell("sku", id), taken.clone()));
            page(&staff, loaded, Some(Sent::wrong(&form, errors.collect())))
        }
        Outcome::Moved(moved) => {
            let shell = staff.desk("admin-products");
            let errors = moved
                .iter()
                .map(|(id, now)| (cell("stock", *id), shell.count("variant-moved", *now)));
            let had = moved.iter().map(|(id, now)| (cell("had", *id), now.to_string()));
            let sent = Sent::wrong(&form.with(had), errors.collect());
            page(&staff, loaded, Some(sent))
        }
    }
}

async fn write(
    staff: &Allowed<to::ChangeProducts>,
    (kept, lines): &(Kept, Vec<Line>),
    wanted: Vec<Wanted>,
    reason: String,
) -> Result<Outcome> {
    let (who, frame, lines) = (staff.who(), staff.visit().frame.clone(), lines.clone());
    let (id, version) = (kept.id, kept.version);
    let write = move |conn: &mut Conn| {
        let edit = Edit { who: &who, frame: &frame, id, version };
        grid::save(conn, &edit, (&lines, &wanted, &reason))
    };
    staff.visit().shop.db.write(write).await
}

impl Sent {
    fn wrong(form: &Form, errors: BTreeMap<String, String>) -> Self {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Self { form: form.clone(), errors, status, wrong: "form-not-saved" }
    }
}

/// What was typed, and what somebody else has saved since the form was opened.
fn meanwhile<R: Rule>(
    staff: &Allowed<R>,
    loaded: (Kept, Vec<Line>),
    form: &Form,
) -> Result<HttpResponse> {
    let Merged { form, theirs, .. } = merge(form, &fields(&loaded.1, manner(staff)));
    let shell = staff.desk("admin-products");
    let errors =
        theirs.into_iter().map(|(name, text)| (name, shell.with("form-theirs", "text", text)));
    let errors = errors.collect();
    let sent = Sent { form, errors, status: StatusCode::CONFLICT, wrong: "product-meanwhile" };
    page(staff, loaded, Some(sent))
}

/// Which page of lines is asked for; from 0.
fn number<R: Rule>(staff: &Allowed<R>) -> Result<i64> {
    let query = staff.visit().query()?;
    let number = query.get("page").and_then(|page| page.parse().ok()).unwrap_or(0);
    Ok(number.clamp(0, 1_000))
}

async fn load<R: Rule>(staff: &Allowed<R>, id: ProductId) -> Result<(Kept, Vec<Line>)> {
    let (currency, number) = (staff.visit().frame.settings.currency, number(staff)?);
    let load = move |conn: &mut Conn| {
        let kept = keep::find(conn, id)?.ok_or(Error::NotFound)?;
        // One more tells whether there is a next page.
        Ok((kept, grid::lines(conn, id, currency, (number * PAGE, PAGE + 1))?))
    };
    staff.visit().shop.db.read(load).await
}

fn manner<R: Rule>(staff: &Allowed<R>) -> Manner {
    let (visit, may_count) = (staff.visit(), staff.may(Permission::ChangeStock));
    let currency = visit.frame.settings.currency;
    Manner { currency, language: visit.language.code(), may_count }
}

fn here<R: Rule>(staff: &Allowed<R>, id: ProductId, query: &str) -> String {
    let number = number(staff).unwrap_or_default();
    staff.visit().href(&format!("/admin/products/{id}/variants?page={number}&{query}"))
}

fn page<R: Rule>(
    staff: &Allowed<R>,
    (kept, lines): (Kept, Vec<Line>),
    sent: Option<Sent>,
) -> Result<HttpResponse> {
    let mut shell = staff.desk("admin-products");
    let (manner, number) = (manner(staff), number(staff)?);
    let shown: Vec<Line> = lines.iter().take(PAGE as usize).cloned().collect();
    let stored = fields(&shown, manner);
    let is_sent = sent.is_some();
    let sent = sent.unwrap_or_else(|| Sent {
        form: Form::default().with(stored.clone()).with([reason(&shell)]),
        errors: BTreeMap::new(),
        status: StatusCode::OK,
        wrong: "",
    });
    let name = kept.sheet.name(shell.frame().own_language()).to_owned();
    shell.shell.head.title = shell.with("variants-of", "name", &name);
    let product = shell.href(&format!("/admin/products/{}", kept.id)).into_owned();
    let to = |number: i64| format!("{product}/variants?page={number}");
    let page = VariantsPage {
        action: to(number),
        version: kept.version,
        seen: seal(&stored),
        saved: !is_sent && staff.visit().query()?.get("saved").is_some(),
        wrong: if sent.wrong.is_empty() { String::new() } else { shell.t(sent.wrong).to_owned() },
        lines: shown.iter().map(|line| view(&shell, line, &sent, (manner, &name))).collect(),
        reason: reason_field(&shell, &sent, manner),
        pages: Pages {
            first: if number > 0 { to(0) } else { String::new() },
            next: if lines.len() > shown.len() { to(number + 1) } else { String::new() },
        },
        can_change: staff.may(Permission::ChangeProducts),
        product,
        name,
        shell,
    };
    Ok(Html::page(&page)?.status(sent.status).personal().into_response())
}

/// What the ledger is told unless somebody says it better.
fn reason(shell: &Desk) -> (String, String) {
    ("reason".to_owned(), shell.t("variant-reason-usual").to_owned())
}

fn reason_field(shell: &Desk, sent: &Sent, manner: Manner) -> Vec<Field> {
    if !manner.may_count {
        return Vec::new();
    }
    let field = Field::text(shell, "reason", "variant-reason", &sent.form);
    let error = sent.errors.get("reason").cloned().unwrap_or_default();
    let field = Field { most: LONGEST_REASON, error, ..field };
    vec![field.hint(shell.t("variant-reason-hint"))]
}

fn view(shell: &Desk, line: &Line, sent: &Sent, (manner, product): (Manner, &str)) -> LineView {
    let name = match named(shell, &line.values) {
        values if values.is_empty() => product.to_owned(),
        values => values,
    };
    let cell_of = |column: &'static str| {
        let field = cell(column, line.id);
        let words = shell.t(&format!("variant-{column}")).to_owned();
        Cell {
            label: format!("{words}: {name}"),
            value: sent.form.get(&field).to_owned(),
            error: sent.errors.get(&field).cloned().unwrap_or_default(),
            is_fixed: column == "stock" && !manner.may_count,
            column,
            name: field,
        }
    };
    let had = cell("had", line.id);
    LineView {
        cells: COLUMNS.map(cell_of).into(),
        had: (had.clone(), sent.form.get(&had).to_owned()),
        reserved: match line.reserved {
            0 => String::new(),
            reserved => shell.count("variant-reserved", reserved),
        },
        name,
    }
}
