//! `/admin/orders/drafts/new` and `/admin/orders/drafts/{draft}`: an order is put together. The bill is
//! that of the checkout; what is missing is kept unfinished.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;

use super::fields::{Fields, Kit};
use super::form::{begin, filled, read};
use super::goods::goods;
use super::sheet::{Sheet, missing};
use super::view::{Kept, Ready};
use super::{HERE, Staff, find, proposal};
use crate::admin::desk::Desk;
use crate::admin::meanwhile::{merge, seal};
use crate::admin::orders::addressed::Errors;
use crate::cart::{Cart, Item, Quote, TotalRow, rows};
use crate::checkout::Proposal;
use crate::db::Conn;
use crate::drafts::{self, Content, Draft};
use crate::error::Result;
use crate::payments::Gateways;
use crate::web::{Form, Html, see_other};

#[derive(Template)]
#[template(path = "admin/orders/drafts/edit.html")]
struct EditPage {
    shell: Desk,
    action: String,
    done: String,
    wrong: String,
    fields: Fields,
    /// What is missing before it can be ordered, each a sentence.
    missing: Vec<String>,
    totals: Vec<TotalRow>,
    seen: String,
    kept: Option<Kept>,
}

pub async fn new(staff: Staff, gateways: Data<Gateways>) -> Result<HttpResponse> {
    let form = begin(&staff.desk("draft-new"));
    page(&staff, &gateways, Sheet { is_judged: false, ..Sheet::of(None, form) }).await
}

/// `POST /admin/orders/drafts/new`: shows what it comes to, or keeps it.
pub async fn make(staff: Staff, gateways: Data<Gateways>, form: Form) -> Result<HttpResponse> {
    let (content, mistakes) = read(&form, &staff.desk("draft-new"));
    if form.get("do") != "save" || !mistakes.is_empty() {
        return page(&staff, &gateways, Sheet { mistakes, ..Sheet::looked(None, form) }).await;
    }
    let who = staff.who();
    let write = move |conn: &mut Conn| drafts::make(conn, &who, &content);
    let id = staff.visit().shop.db.write(write).await?;
    Ok(see_other(&staff.visit().href(&format!("{HERE}/{id}?done=saved"))))
}

pub async fn show(staff: Staff, gateways: Data<Gateways>, id: Path<i64>) -> Result<HttpResponse> {
    let draft = find(&staff, *id).await?;
    let done = match staff.visit().query()?.get("done") {
        Some("saved") => "form-saved",
        Some("sent") => "draft-done-sent",
        _ => "",
    };
    page(&staff, &gateways, Sheet { done, ..Sheet::kept(&staff.desk("draft-edit"), &draft) }).await
}

pub async fn change(
    staff: Staff,
    gateways: Data<Gateways>,
    id: Path<i64>,
    form: Form,
) -> Result<HttpResponse> {
    let draft = find(&staff, *id).await?;
    let shell = staff.desk("draft-edit");
    let (content, mistakes) = read(&form, &shell);
    let is_asked = form.get("do") == "save" && mistakes.is_empty();
    if is_asked && save(&staff, &draft, &form, content).await? {
        return Ok(see_other(&staff.visit().href(&format!("{HERE}/{id}?done=saved"))));
    }
    if !is_asked {
        let sheet = Sheet { mistakes, ..Sheet::looked(Some(&draft), form) };
        return page(&staff, &gateways, sheet).await;
    }
    let draft = find(&staff, *id).await?;
    let merged = merge(&form, &filled(&shell, &draft));
    let said = |theirs: String| match theirs.as_str() {
        "" => shell.t("form-theirs-empty").to_owned(),
        text => shell.with("form-theirs", "text", text),
    };
    let sheet = Sheet {
        theirs: merged.theirs.into_iter().map(|(name, text)| (name, said(text))).collect(),
        status: StatusCode::CONFLICT,
        wrong: "draft-meanwhile",
        ..Sheet::of(Some(&draft), merged.form)
    };
    page(&staff, &gateways, sheet).await
}

/// `false` where somebody else was faster.
async fn save(staff: &Staff, draft: &Draft, form: &Form, content: Content) -> Result<bool> {
    let known = Draft { version: form.get("version").parse().unwrap_or(0), ..draft.clone() };
    let who = staff.who();
    let write = move |conn: &mut Conn| drafts::save(conn, &who, &known, &content);
    staff.visit().shop.db.write(write).await
}

pub(super) async fn page(
    staff: &Staff,
    gateways: &Gateways,
    sheet: Sheet<'_>,
) -> Result<HttpResponse> {
    let shell = staff.desk(if sheet.draft.is_some() { "draft-edit" } else { "draft-new" });
    let (content, _) = read(&sheet.form, &shell);
    let known = sheet.draft.map_or_else(Cart::new, |draft| draft.cart.clone());
    let cart = Cart { lines: content.lines, allowance: content.allowance, ..known };
    let asked = sheet.form.with([("billing_same".to_owned(), "yes".to_owned())]);
    let proposal = proposal(staff, gateways, (cart, asked), content.language).await?;
    let goods = goods(staff, &sheet.form).await?;
    let status = match sheet.mistakes.is_empty() {
        true => sheet.status,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = shown(shell, &sheet, &proposal, &goods);
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

fn shown(
    shell: Desk,
    sheet: &Sheet<'_>,
    proposal: &Proposal,
    (goods, found): &(Vec<Item>, Vec<Item>),
) -> EditPage {
    let missing = if sheet.is_judged { missing(&shell, proposal) } else { Errors::new() };
    let errors = sheet.errors(&shell, &missing);
    let kit = Kit { shell: &shell, form: &sheet.form, errors: &errors, proposal };
    let quote = proposal.quote().ok();
    let own = sheet.draft.map_or_else(|| "new".to_owned(), |draft| draft.id.to_string());
    EditPage {
        action: shell.href(&format!("{HERE}/{own}")).into_owned(),
        done: shell.t(sheet.done).to_owned(),
        wrong: shell.t(sheet.wrong()).to_owned(),
        fields: kit.fields(goods, found),
        totals: quote.as_ref().map(|quote| totals(&shell, proposal, quote)).unwrap_or_default(),
        seen: sheet.draft.map(|draft| seal(&filled(&shell, draft))).unwrap_or_default(),
        kept: sheet.draft.map(|draft| {
            let deed = sheet.deed.as_ref().filter(|_| missing.is_empty());
            let ready = deed
                .zip(quote.as_ref())
                .map(|(typed, quote)| Ready::of(&shell, draft, (proposal, &quote.bill), typed));
            Kept { ready, ..Kept::of(&shell, draft) }
        }),
        missing: missing.into_values().collect(),
        shell,
    }
}

fn totals(shell: &Desk, proposal: &Proposal, quote: &Quote) -> Vec<TotalRow> {
    let label = proposal.delivery().map(|(_, name)| shell.with("order-delivery", "name", name));
    rows(shell, &quote.bill, quote.request.prices_include_tax, label, &quote.given)
}
