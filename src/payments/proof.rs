//! `POST /orders/{token}/proofs` and `GET /orders/{token}/proofs/{n}`: a shopper shows by a picture
//! that she has paid, and staff look at it.

use actix_web::http::StatusCode;
use actix_web::web::{Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use super::queries;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::OrderToken;
use crate::limits::Limit;
use crate::orders::{self, By, EventKind, note};
use crate::uploads::{self, UploadMistake};
use crate::web::{Visit, see_other};

/// Nobody but whoever has the order's address, nothing runs, and nothing is kept on the way.
const ALONE: &str = "default-src 'none'; sandbox";

pub async fn give(
    visit: Visit,
    token: Path<String>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse> {
    let token = OrderToken::parse(&token).ok_or(Error::NotFound)?;
    if !is_wanted(&visit, &token).await? {
        return again(visit, token, StatusCode::CONFLICT, "proof-not-wanted").await;
    }
    visit.spend(Limit::Upload, token.as_str()).await?;
    let picture = match uploads::receive(&request, payload, "proof").await? {
        Ok(upload) => uploads::redraw(upload).await?,
        Err(mistake) => Err(mistake),
    };
    let picture = match picture {
        Ok(picture) => picture,
        Err(mistake) => return again(visit, token, status(mistake), mistake.key()).await,
    };
    let (known, by) = (token.clone(), By::shopper(visit.now));
    match visit.shop.db.write(move |conn| keep(conn, &known, &picture, &by)).await? {
        true => Ok(see_other(&visit.href(&format!("/orders/{}", token.as_str())))),
        false => again(visit, token, StatusCode::CONFLICT, "proof-not-wanted").await,
    }
}

fn status(mistake: UploadMistake) -> StatusCode {
    match mistake {
        UploadMistake::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

async fn is_wanted(visit: &Visit, token: &OrderToken) -> Result<bool> {
    let token = token.clone();
    let receipt = visit.shop.db.read(move |conn| orders::find_receipt(conn, &token)).await?;
    Ok(receipt.ok_or(Error::NotFound)?.wants_proof())
}

/// The order's page, with what was wrong.
async fn again(
    visit: Visit,
    token: OrderToken,
    status: StatusCode,
    wrong: &'static str,
) -> Result<HttpResponse> {
    Ok(orders::show::page(visit, token, wrong).await?.status(status).into_response())
}

/// Keeps a picture; `false` when the order wants none any more. One that is there already is kept
/// once.
fn keep(conn: &mut Conn, token: &OrderToken, picture: &[u8], by: &By) -> Result<bool> {
    let order = orders::find_receipt(conn, token)?.ok_or(Error::NotFound)?.order.id;
    orders::hold(conn, order).map_err(|error| Error::internal(error.to_string()))?;
    if queries::has_proof(conn, order, picture)? {
        return Ok(true);
    }
    let receipt = orders::find_receipt(conn, token)?.ok_or(Error::NotFound)?;
    if !receipt.wants_proof() {
        return Ok(false);
    }
    let position = i64::try_from(receipt.proofs.len()).unwrap_or(i64::MAX);
    queries::insert_proof(conn, (order, position), picture, by.at)?;
    note(conn, order, EventKind::ProofGiven, by, &json!({ "proof": position + 1 }))?;
    Ok(true)
}

pub async fn show(visit: Visit, path: Path<(String, u32)>) -> Result<HttpResponse> {
    let (token, n) = path.into_inner();
    let token = OrderToken::parse(&token).ok_or(Error::NotFound)?;
    let order = visit.shop.db.read(move |conn| {
        let Some(receipt) = orders::find_receipt(conn, &token)? else { return Ok(None) };
        let picture = queries::find_proof(conn, receipt.order.id, i64::from(n) - 1)?;
        Ok(picture.map(|picture| (receipt.order.number, picture)))
    });
    let (number, picture) = order.await?.ok_or(Error::NotFound)?;
    Ok(self::picture(&format!("{number}-{n}.jpg"), picture))
}

/// The answer that is this picture, and nothing besides.
pub fn picture(name: &str, bytes: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("image/jpeg")
        .insert_header(("content-disposition", format!("inline; filename=\"{name}\"")))
        .insert_header(("content-security-policy", ALONE))
        .insert_header(("cache-control", "no-store"))
        .insert_header(("x-robots-tag", "noindex"))
        .body(bytes)
}
