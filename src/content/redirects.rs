//! Addresses that lead elsewhere: looked up for what would not be found, and in no other case.

use actix_web::HttpRequest;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::schema::redirect;
use crate::error::Result;
use crate::web::{Visit, moved};

/// 301 where an address that nothing answers is known to lead elsewhere.
pub async fn follow(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let answer = next.call(request).await?.map_into_boxed_body();
    let request = answer.request();
    if answer.status() != StatusCode::NOT_FOUND || !is_of_shop(request) {
        return Ok(answer);
    }
    match address(request).await? {
        Some(address) => Ok(answer.into_response(moved(&address))),
        None => Ok(answer),
    }
}

/// A page that somebody wants to read, and neither a file nor one of the back office.
fn is_of_shop(request: &HttpRequest) -> bool {
    let mut others = ["/admin", "/static/", "/media/"].iter();
    request.method().is_safe() && !others.any(|other| request.path().starts_with(other))
}

async fn address(request: &HttpRequest) -> Result<Option<String>> {
    let visit = Visit::unasked(request)?;
    let path = visit.path.clone();
    let found = visit.shop.db.read(move |conn| find(conn, &path)).await?;
    Ok(found.map(|to| if to.starts_with('/') { visit.href(&to) } else { to }))
}

fn find(conn: &mut Conn, path: &str) -> Result<Option<String>> {
    let found = redirect::table.filter(redirect::from_path.eq(path));
    Ok(found.select(redirect::to_address).first(conn).optional()?)
}

/// Something has another path now: the old one leads there, and so does all that led to the old one,
/// in one hop.
pub fn rename(conn: &mut Conn, (old, new): (&str, &str), now: NaiveDateTime) -> Result<()> {
    let back = redirect::table.filter(redirect::from_path.eq(new).or(redirect::from_path.eq(old)));
    diesel::delete(back).execute(conn)?;
    diesel::update(redirect::table.filter(redirect::to_address.eq(old)))
        .set(redirect::to_address.eq(new))
        .execute(conn)?;
    diesel::insert_into(redirect::table)
        .values((
            redirect::from_path.eq(old),
            redirect::to_address.eq(new),
            redirect::made_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}
