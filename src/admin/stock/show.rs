//! `GET /admin/stock/{id}`: one variant: its numbers, what has moved them, and what can be done.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;
use std::collections::BTreeMap;

use super::{Item, signed, tone};
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::field::{Field, Mistake};
use crate::admin::listing::Pages;
use crate::catalog::labels::{Label, labels};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::VariantId;
use crate::orders;
use crate::staff::{Permission, Rule, to};
use crate::stock::{self, Level, Limits, Move, once};
use crate::web::{Form, Html, View, dates};

/// The most letters of a reason, and of a reference.
pub(super) const LONGEST_REASON: usize = 200;

#[derive(Template)]
#[template(path = "admin/stock/show.html")]
struct LevelPage {
    shell: Desk,
    item: Item,
    action: String,
    /// The product's page.
    product: String,
    /// Words and number.
    numbers: Vec<(&'static str, i64)>,
    tone: &'static str,
    moves: Vec<MoveView>,
    pages: Pages,
    /// What was done a moment ago; empty for nothing.
    done: String,
    error: String,
    can_change: bool,
    delivery: Vec<Field>,
    correction: Vec<Field>,
    limits: Vec<Field>,
    /// The limits as they were shown.
    seen: Limits,
    /// Names what is done but once, however often its button is pressed.
    once: String,
}

struct MoveView {
    at: String,
    instant: String,
    what: String,
    on_hand: String,
    reserved: String,
    /// The number of the order that it is about; empty for none.
    order: String,
    href: String,
    reason: String,
    actor: String,
}

/// What was sent and refused.
#[derive(Default)]
pub(super) struct Sent<'a> {
    pub form: Option<&'a Form>,
    /// What is wrong with the whole: the key of its words; empty for nothing.
    pub error: &'static str,
    pub mistakes: &'a [Mistake],
    pub is_meanwhile: bool,
}

/// What stands in the books.
struct Sheet {
    level: Level,
    label: Option<Label>,
    moves: Vec<Move>,
    numbers: BTreeMap<String, String>,
}

/// Moves of a page.
const PAGE: usize = 50;

pub async fn show(staff: Allowed<to::ViewProducts>, id: Path<i64>) -> Result<HttpResponse> {
    page(&staff, VariantId(*id), &Sent::default()).await
}

/// The page; with what was typed and what is wrong with it, if something was refused.
pub(super) async fn page<R: Rule>(
    staff: &Allowed<R>,
    id: VariantId,
    sent: &Sent<'_>,
) -> Result<HttpResponse> {
    let (visit, query) = (staff.visit(), staff.visit().query()?);
    let before = query.get("before").and_then(|before| before.parse().ok());
    let view = visit.view();
    let load = move |conn: &mut Conn| load(conn, &view, (id, before));
    let sheet = visit.shop.db.read(load).await?.ok_or(Error::NotFound)?;
    let done = match query.get("done") {
        Some("received") => "stock-done-received",
        Some("adjusted") => "stock-done-adjusted",
        Some("limits") => "stock-done-limits",
        _ => "",
    };
    let status = match (sent.is_meanwhile, sent.error.is_empty() && sent.mistakes.is_empty()) {
        (true, _) => StatusCode::CONFLICT,
        (_, true) => StatusCode::OK,
        (_, false) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let shell = staff.desk("admin-stock");
    let said = |key: &str| if key.is_empty() { String::new() } else { shell.t(key).to_owned() };
    let page = LevelPage {
        done: if sent.form.is_some() { String::new() } else { said(done) },
        error: said(sent.error),
        can_change: staff.may(Permission::ChangeStock),
        ..view_of(staff.desk("admin-stock"), (id, before), &sheet, sent)
    };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

fn load(
    conn: &mut Conn,
    view: &View,
    (id, before): (VariantId, Option<i64>),
) -> Result<Option<Sheet>> {
    let Some(level) = stock::find_level(conn, id)? else { return Ok(None) };
    let moves = stock::ledger(conn, id, before, PAGE as i64 + 1)?;
    let causes: Vec<&str> = moves.iter().map(|row| row.cause.as_str()).collect();
    let numbers = orders::numbers_of(conn, &causes)?;
    let label = labels(conn, view, &[id])?.remove(&id);
    Ok(Some(Sheet { level, label, moves, numbers }))
}

fn view_of(
    mut shell: Desk,
    (id, before): (VariantId, Option<i64>),
    sheet: &Sheet,
    sent: &Sent<'_>,
) -> LevelPage {
    let item = Item::of(&shell, id, sheet.label.as_ref());
    shell.shell.head.title = shell.with("stock-of", "sku", &sheet.level.sku);
    let product = sheet.label.as_ref().map(|label| label.product.to_string());
    let product = format!("/admin/products/{}", product.unwrap_or_default());
    let level = &sheet.level;
    let low_at = level.limits.low_at.unwrap_or(shell.settings().low_stock);
    let moves = sheet.moves.iter().take(PAGE);
    LevelPage {
        moves: moves.map(|row| move_view(&shell, row, &sheet.numbers)).collect(),
        pages: Pages {
            next: match sheet.moves.get(PAGE - 1) {
                Some(last) if sheet.moves.len() > PAGE => {
                    format!("{}?before={}", item.href, last.id)
                }
                _ => String::new(),
            },
            first: before.map(|_| item.href.clone()).unwrap_or_default(),
        },
        product: shell.href(&product).into_owned(),
        action: item.href.clone(),
        numbers: vec![
            ("stock-on-hand", level.on_hand),
            ("stock-reserved", level.reserved),
            ("stock-available", level.available()),
        ],
        tone: tone(level.available(), low_at),
        delivery: delivery(&shell, sent),
        correction: correction(&shell, sent),
        limits: limits(&shell, level.limits, sent),
        seen: level.limits,
        once: once(),
        done: String::new(),
        error: String::new(),
        can_change: false,
        item,
        shell,
    }
}

fn field(shell: &Desk, (name, label): (&'static str, &'static str), sent: &Sent<'_>) -> Field {
    let empty = Form::default();
    Field::text(shell, name, label, sent.form.unwrap_or(&empty)).with(shell, sent.mistakes)
}

fn delivery(shell: &Desk, sent: &Sent<'_>) -> Vec<Field> {
    let units = field(shell, ("units", "stock-units"), sent);
    let reference = field(shell, ("reference", "stock-reference"), sent);
    vec![
        Field { inputmode: "numeric", most: 7, ..units },
        Field { is_optional: true, most: LONGEST_REASON, ..reference }
            .hint(shell.t("stock-reference-hint")),
    ]
}

fn correction(shell: &Desk, sent: &Sent<'_>) -> Vec<Field> {
    let by = field(shell, ("by", "stock-by"), sent);
    let reason = field(shell, ("reason", "stock-reason"), sent);
    vec![
        Field { most: 8, ..by }.hint(shell.t("stock-by-hint")),
        Field { most: LONGEST_REASON, ..reason }.hint(shell.t("stock-reason-hint")),
    ]
}

fn limits(shell: &Desk, now: Limits, sent: &Sent<'_>) -> Vec<Field> {
    let is_typed = sent.form.is_some_and(|form| form.find("backorder").is_some());
    let low_at = now.low_at.map(|low_at| low_at.to_string()).unwrap_or_default();
    let with = |field: Field, value: String| match (is_typed, sent.is_meanwhile) {
        (true, true) if field.value != value => {
            let error = match value.as_str() {
                "" => shell.t("form-theirs-empty").to_owned(),
                _ => shell.with("form-theirs", "text", value),
            };
            Field { error, ..field }
        }
        (true, _) => field,
        (false, _) => Field { value, ..field },
    };
    let few = shell.settings().low_stock;
    let backorder = field(shell, ("backorder", "stock-backorder"), sent);
    let low = field(shell, ("low_at", "stock-low-at"), sent);
    vec![
        Field { inputmode: "numeric", most: 7, ..with(backorder, now.backorder.to_string()) }
            .hint(shell.t("stock-backorder-hint")),
        Field { inputmode: "numeric", most: 7, is_optional: true, ..with(low, low_at) }
            .hint(shell.count("stock-low-at-hint", few)),
    ]
}

fn move_view(shell: &Desk, row: &Move, numbers: &BTreeMap<String, String>) -> MoveView {
    let order = numbers.get(&row.cause).cloned().unwrap_or_default();
    MoveView {
        at: dates::brief(shell, row.at),
        instant: row.at.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        what: shell.t(&format!("stock-move-{}", row.kind)).to_owned(),
        on_hand: signed(row.on_hand),
        reserved: signed(row.reserved),
        href: shell.href(&format!("/admin/orders/{order}")).into_owned(),
        order,
        reason: row.reason.clone(),
        actor: match row.actor.as_str() {
            "shop" => shell.t("stock-by-shop").to_owned(),
            "shopper" => shell.t("stock-by-shopper").to_owned(),
            actor => actor.strip_prefix("staff:").unwrap_or(actor).to_owned(),
        },
    }
}
