//! `POST /payments/{gateway}/notices`: gateways tell that something has happened to a payment.
//!
//! No page and no visitor: what a notice says is signed, kept once, and acted on by a job. A gateway
//! that is not answered with 2xx sends it again.

use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use chrono::NaiveDateTime;

use super::gateway::{Notice, NoticeError};
use super::gateways::Gateways;
use super::inbox::keep;
use crate::error::{Error, Result};
use crate::limits::Limit;
use crate::web::Shop;
use crate::web::client::Client;
use crate::web::visit::now;

/// The largest notice, in bytes.
pub const LARGEST: usize = 256 * 1024;

pub async fn take(
    shop: Data<Shop>,
    gateways: Data<Gateways>,
    gateway: Path<String>,
    request: HttpRequest,
    body: Bytes,
) -> Result<HttpResponse> {
    let now = now();
    let (gateway, notice) = match genuine(&gateways, &gateway, (&request, &body), now) {
        Ok(genuine) => genuine,
        Err(error) => {
            // Whoever makes notices up is counted as any visitor is, and in the end not even logged.
            shop.limits.pass(Limit::Everything, Client::of(&request), now)?;
            return Err(refused(error));
        }
    };
    let payload = String::from_utf8(body.to_vec()).map_err(|_| Error::Malformed("a notice"))?;
    let kept = shop.db.write(move |conn| keep(conn, gateway, &notice, &payload, now)).await;
    match kept {
        Ok(_) => Ok(HttpResponse::Ok().finish()),
        Err(error) => {
            tracing::error!(gateway, %error, "a notice could not be kept");
            // The answer after which every gateway tries again.
            Err(Error::Busy)
        }
    }
}

/// The gateway's code, and which payment its notice is about.
fn genuine(
    gateways: &Gateways,
    gateway: &str,
    (request, body): (&HttpRequest, &[u8]),
    now: NaiveDateTime,
) -> Result<(&'static str, Notice), NoticeError> {
    let gateway = gateways.named(gateway).ok_or(NoticeError::NotForUs)?;
    let headers = request.headers().iter();
    let headers: Vec<_> = headers.map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
    Ok((gateway.payment().code(), gateway.verify_notice(&headers, body, now)?))
}

/// Nothing of what was sent is logged: anybody may have sent it.
fn refused(error: NoticeError) -> Error {
    tracing::warn!(%error, "a notice was refused");
    match error {
        NoticeError::NotForUs => Error::NotFound,
        NoticeError::BadSignature | NoticeError::Stale | NoticeError::Malformed => {
            Error::Malformed("a notice that is not genuine")
        }
    }
}
