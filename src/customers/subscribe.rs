//! `GET` and `POST /newsletter/confirm/{token}`: the second yes, behind the mailed link.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::dead_link;
use super::done;
use super::form::{Field, Sheet};
use super::newsletter::agreed;
use crate::db::Conn;
use crate::error::Result;
use crate::links::{self, Link, Purpose};
use crate::mail::{self, AccountNews};
use crate::newsletter::{self, Agreed, Source};
use crate::web::Visit;

/// Looking subscribes nobody: programs look at links before people do.
pub async fn show(visit: Visit, token: Path<String>) -> Result<HttpResponse> {
    match find(&visit, &token).await? {
        Some(link) => sheet(&link, &token).blank(&visit),
        None => dead_link::page(&visit),
    }
}

pub async fn confirm(visit: Visit, token: Path<String>) -> Result<HttpResponse> {
    let Some(link) = find(&visit, &token).await? else { return dead_link::page(&visit) };
    let source = Source::parse(&link.about).unwrap_or(Source::Page);
    let agreed = Agreed { source, asked_at: link.created_at, ..agreed(&visit, &link.email) };
    let (id, now) = (link.id, visit.now);
    let write = move |conn: &mut Conn| {
        if !links::use_up(conn, id, now)? {
            return Ok(false);
        }
        let subscriber = newsletter::join(conn, &agreed, now)?;
        mail::tell_account(conn, &AccountNews::Subscribed(subscriber.id), now)?;
        Ok(true)
    };
    match visit.shop.db.write(write).await? {
        true => Ok(done::page(&visit, "newsletter-joined")?.into_response()),
        false => dead_link::page(&visit),
    }
}

async fn find(visit: &Visit, token: &str) -> Result<Option<Link>> {
    links::follow(&visit.shop.db, token, &[Purpose::Newsletter], visit.now).await
}

fn sheet<'a>(link: &'a Link, token: &str) -> Sheet<'a> {
    Sheet {
        name: "newsletter-confirm",
        action: format!("/newsletter/confirm/{token}"),
        fields: vec![Field::Username(&link.email)],
        is_secret: true,
        ..Sheet::default()
    }
}
