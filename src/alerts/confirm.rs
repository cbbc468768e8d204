//! `GET` and `POST /alerts/confirm/{token}`: a guest proves her mailbox, and waits from then on.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;

use super::page::Sheet;
use super::queries;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::VariantId;
use crate::links::{self, Link, Purpose};
use crate::web::{Visit, see_other};

/// Looking uses nothing up: programs look at links before people do.
pub async fn show(visit: Visit, token: Path<String>) -> Result<HttpResponse> {
    match find(&visit, &token).await? {
        Some(_) => {
            let action = Some(format!("/alerts/confirm/{token}"));
            Sheet { name: "confirm", status: StatusCode::OK, action }.page(&visit)
        }
        None => dead(&visit),
    }
}

pub async fn confirm(visit: Visit, token: Path<String>) -> Result<HttpResponse> {
    let Some(link) = find(&visit, &token).await? else { return dead(&visit) };
    let (language, now) = (visit.language, visit.now);
    let write = move |conn: &mut Conn| -> Result<bool> {
        let Some(variant) = link.about.parse().ok().map(VariantId) else { return Ok(false) };
        if !links::use_up(conn, link.id, now)? {
            return Ok(false);
        }
        queries::wait(conn, variant, &link.email, language, now)?;
        Ok(true)
    };
    match visit.shop.db.write(write).await? {
        true => Ok(see_other(&visit.href("/alerts"))),
        false => dead(&visit),
    }
}

async fn find(visit: &Visit, token: &str) -> Result<Option<Link>> {
    links::follow(&visit.shop.db, token, &[Purpose::StockAlert], visit.now).await
}

fn dead(visit: &Visit) -> Result<HttpResponse> {
    Sheet { name: "dead", status: StatusCode::GONE, action: None }.page(visit)
}
