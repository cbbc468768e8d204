//! `GET /orders/{token}/invoice`, `/orders/{token}/invoices/{n}` and `/orders/{token}/credit-notes/{n}`:
//! a paper to read and to print, for whoever has the order's address.

use actix_web::web::Path;
use askama::Template;

use super::queries::{self, Which};
use super::sheet::Sheet;
use crate::error::{Error, Result};
use crate::ids::OrderToken;
use crate::web::{Head, Html, Shell, Visit};

#[derive(Template)]
#[template(path = "invoices/show.html")]
struct PaperPage {
    shell: Shell,
    sheet: Sheet,
    /// Back to the order.
    order: String,
    pdf: String,
}

pub async fn invoice(visit: Visit, token: Path<String>) -> Result<Html> {
    show(visit, &token, Which::Invoice(1)).await
}

pub async fn another(visit: Visit, path: Path<(String, u32)>) -> Result<Html> {
    let (token, n) = path.into_inner();
    show(visit, &token, Which::Invoice(n)).await
}

pub async fn credit_note(visit: Visit, path: Path<(String, u32)>) -> Result<Html> {
    let (token, n) = path.into_inner();
    show(visit, &token, Which::CreditNote(n)).await
}

async fn show(visit: Visit, token: &str, which: Which) -> Result<Html> {
    let token = OrderToken::parse(token).ok_or(Error::NotFound)?;
    let order = visit.href(&format!("/orders/{}", token.as_str()));
    let found = visit.shop.db.read(move |conn| queries::find_paper(conn, &token, which)).await?;
    let sheet = Sheet::of(&found.ok_or(Error::NotFound)?);
    let pdf = format!("{}.pdf", visit.href(&visit.path));
    let shell = visit.shell(Head::of_order(sheet.heading()));
    Ok(Html::page(&PaperPage { shell, sheet, order, pdf })?.personal())
}
