//! `GET` and `POST /alerts/stop/{token}`: no more mails about stock. Mail programs send the form by
//! themselves when somebody presses their own button (RFC 8058): no cookie, no redirect.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;

use super::page::Sheet;
use super::queries;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::LinkToken;
use crate::web::Visit;

/// Looking ends nothing: programs look at links before people do.
pub async fn show(visit: Visit, token: Path<String>) -> Result<HttpResponse> {
    let token = LinkToken::parse(&token).ok_or(Error::NotFound)?;
    let action = Some(format!("/alerts/stop/{}", token.expose()));
    Sheet { name: "stop", status: StatusCode::OK, action }.page(&visit)
}

/// What has ended already has ended: the answer is the same.
pub async fn stop(visit: Visit, token: Path<String>) -> Result<HttpResponse> {
    let token = LinkToken::parse(&token).ok_or(Error::NotFound)?;
    visit.shop.db.write(move |conn: &mut Conn| queries::stop(conn, &token)).await?;
    Sheet { name: "stopped", status: StatusCode::OK, action: None }.page(&visit)
}
