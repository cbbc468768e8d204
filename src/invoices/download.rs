//! `GET /orders/{token}/invoice.pdf`, `/orders/{token}/invoices/{n}.pdf` and
//! `/orders/{token}/credit-notes/{n}.pdf`.

use actix_web::HttpResponse;
use actix_web::web::{Path, block};

use super::pdf;
use super::queries::{self, Which};
use crate::error::{Error, Result};
use crate::ids::OrderToken;
use crate::web::Visit;

pub async fn invoice(visit: Visit, token: Path<String>) -> Result<HttpResponse> {
    download(visit, &token, Which::Invoice(1)).await
}

pub async fn another(visit: Visit, path: Path<(String, u32)>) -> Result<HttpResponse> {
    let (token, n) = path.into_inner();
    download(visit, &token, Which::Invoice(n)).await
}

pub async fn credit_note(visit: Visit, path: Path<(String, u32)>) -> Result<HttpResponse> {
    let (token, n) = path.into_inner();
    download(visit, &token, Which::CreditNote(n)).await
}

async fn download(visit: Visit, token: &str, which: Which) -> Result<HttpResponse> {
    let token = OrderToken::parse(token).ok_or(Error::NotFound)?;
    let found = visit.shop.db.read(move |conn| queries::find_paper(conn, &token, which)).await?;
    let paper = found.ok_or(Error::NotFound)?;
    // A prefix is plain ASCII, so the name needs no escaping.
    let name = paper.number.replace('/', "-");
    let rendered = block(move || pdf::render(&paper)).await;
    let bytes = rendered.map_err(|error| Error::internal(error.to_string()))??;
    Ok(HttpResponse::Ok()
        .content_type("application/pdf")
        .insert_header(("content-disposition", format!("inline; filename=\"{name}.pdf\"")))
        .insert_header(("cache-control", "no-store"))
        .insert_header(("x-robots-tag", "noindex"))
        .body(bytes))
}
