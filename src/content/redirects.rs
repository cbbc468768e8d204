//! Addresses that lead elsewhere: looked up for what would not be found, and in no other case. How
//! often each led on is counted in memory and written down together ([`Hits`]), so a flood of old
//! links is not one of writes.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use actix_web::{HttpRequest, web};
use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::hits::Hits;
use crate::audit::{self, Action, Deed, Entity, Who};
use crate::db::Conn;
use crate::db::schema::redirect;
use crate::error::{Error, Result};
use crate::ids::RedirectId;
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
    let Some((id, to)) = visit.shop.db.read(move |conn| find_path(conn, &path)).await? else {
        return Ok(None);
    };
    if let Some(hits) = request.app_data::<web::Data<Hits>>() {
        hits.count(&visit.shop.db, id, visit.now).await?;
    }
    Ok(Some(if to.starts_with('/') { visit.href(&to) } else { to }))
}

fn find_path(conn: &mut Conn, path: &str) -> Result<Option<(RedirectId, String)>> {
    let found = redirect::table.filter(redirect::from_path.eq(path));
    Ok(found.select((redirect::id, redirect::to_address)).first(conn).optional()?)
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

/// How many redirects a shop has at most.
const MOST: i64 = 20_000;

/// An address that leads on.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = redirect)]
pub struct Redirect {
    pub id: RedirectId,
    /// A path without the language's prefix.
    pub from_path: String,
    /// A path of the shop or an address elsewhere.
    pub to_address: String,
    pub hits: i64,
    pub last_hit_at: Option<NaiveDateTime>,
}

/// Why a redirect is not written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RedirectMistake {
    /// It would lead in a circle.
    Loop,
    /// Another one begins there.
    Taken,
    TooMany,
}

impl RedirectMistake {
    /// The message in `locales/`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Loop => "redirect-loop",
            Self::Taken => "redirect-taken",
            Self::TooMany => "redirect-too-many",
        }
    }
}

/// Redirects by the path that they begin at, from behind one on.
pub fn list(conn: &mut Conn, after: &str, most: i64) -> Result<Vec<Redirect>> {
    Ok(redirect::table
        .filter(redirect::from_path.gt(after))
        .order(redirect::from_path)
        .limit(most)
        .select(Redirect::as_select())
        .load(conn)?)
}

pub fn find(conn: &mut Conn, id: RedirectId) -> Result<Option<Redirect>> {
    Ok(redirect::table.find(id).select(Redirect::as_select()).first(conn).optional()?)
}

/// Lets a path lead elsewhere, in one hop: where it leads to a path that leads on, it leads to the end
/// of that, and whatever leads to it leads there too. `own` is the redirect that is changed.
pub fn put(
    conn: &mut Conn,
    who: &Who,
    own: Option<RedirectId>,
    (from, to): (&str, &str),
) -> Result<Result<(), RedirectMistake>> {
    let end = find_path(conn, to)?.filter(|(id, _)| Some(*id) != own);
    let to = end.map_or_else(|| to.to_owned(), |(_, end)| end);
    if to == from {
        return Ok(Err(RedirectMistake::Loop));
    }
    if find_path(conn, from)?.is_some_and(|(id, _)| Some(id) != own) {
        return Ok(Err(RedirectMistake::Taken));
    }
    let before = match own {
        Some(id) => Some(find(conn, id)?.ok_or(Error::NotFound)?),
        None if redirect::table.count().get_result::<i64>(conn)? >= MOST => {
            return Ok(Err(RedirectMistake::TooMany));
        }
        None => None,
    };
    write(conn, own, (from, &to), who.at)?;
    diesel::update(redirect::table.filter(redirect::to_address.eq(from)))
        .set(redirect::to_address.eq(&to))
        .execute(conn)?;
    let action = if own.is_some() { Action::RedirectChanged } else { Action::RedirectMade };
    let before = before.map(|it| fields(&it.from_path, &it.to_address)).unwrap_or_default();
    let (before, after) = audit::differing(&before, &fields(from, &to));
    let entity = Entity::Redirect(from.to_owned());
    audit::write(conn, who, &Deed { action, entity, before, after })?;
    Ok(Ok(()))
}

fn write(
    conn: &mut Conn,
    own: Option<RedirectId>,
    (from, to): (&str, &str),
    now: NaiveDateTime,
) -> Result<()> {
    let leads = (redirect::from_path.eq(from), redirect::to_address.eq(to));
    match own {
        Some(id) => diesel::update(redirect::table.find(id)).set(leads).execute(conn)?,
        None => diesel::insert_into(redirect::table)
            .values((
                redirect::from_path.eq(from),
                redirect::to_address.eq(to),
                redirect::made_at.eq(now),
            ))
            .execute(conn)?,
    };
    Ok(())
}

fn fields(from: &str, to: &str) -> Vec<(String, String)> {
    vec![("from".to_owned(), from.to_owned()), ("to".to_owned(), to.to_owned())]
}

pub fn remove(conn: &mut Conn, who: &Who, id: RedirectId) -> Result<()> {
    let gone = find(conn, id)?.ok_or(Error::NotFound)?;
    diesel::delete(redirect::table.find(id)).execute(conn)?;
    let (before, _) = audit::differing(&fields(&gone.from_path, &gone.to_address), &fields("", ""));
    let deed = Deed::of(Action::RedirectRemoved, Entity::Redirect(gone.from_path));
    audit::write(conn, who, &Deed { before, ..deed })
}
