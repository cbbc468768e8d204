//! What stands in a zone, ways of delivery or rates of tax: made, changed, removed.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::{Of, Staff, find, path_of};
use crate::admin::rulebook::{Saved, change};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::rules::Entry;
use crate::search::{free, handle_of};
use crate::web::rules::Rules;
use crate::web::see_other;

/// Puts something new into a zone, under a lasting name made of what it is called; that name.
pub(in crate::admin) async fn make<K: Of>(
    staff: &Staff,
    (zone, name): (&str, &str),
    new: Entry,
) -> Result<Saved<String>> {
    let (zone, wanted) = (zone.to_owned(), handle_of(name, K::KIND.code()));
    change(staff, K::SECTION, move |conn, book| {
        find(&Rules::load(conn)?, K::KIND, &zone).ok_or(Error::NotFound)?;
        let is_taken = |_: &mut Conn, code: &str| Ok(book.has(&path_of(K::KIND, &zone, code)));
        let code = free(conn, &wanted, is_taken)?;
        let path = path_of(K::KIND, &zone, &code);
        book.put(new.clone().under(&format!("{zone}/{code}"), &path));
        Ok(Some(code))
    })
    .await
}

/// Puts what was typed in the place of what is there, if that is still as it was seen.
pub(in crate::admin) async fn save<K: Of>(
    staff: &Staff,
    new: Entry,
    is_as_seen: impl Fn(&Rules) -> Result<bool> + Send + 'static,
) -> Result<Saved> {
    change(staff, K::SECTION, move |conn, book| {
        if !is_as_seen(&Rules::load(conn)?)? {
            return Ok(None);
        }
        book.put(new.clone());
        Ok(Some(()))
    })
    .await
}

/// `POST …/remove`: it is offered or charged no more; orders keep what they say of it.
pub async fn remove<K: Of>(staff: Staff, at: Path<(String, String)>) -> Result<HttpResponse> {
    let (zone, code) = at.into_inner();
    let removed = change(&staff, K::SECTION, move |_, book| {
        let path = path_of(K::KIND, &zone, &code);
        if !book.has(&path) {
            return Err(Error::NotFound);
        }
        book.remove(&path);
        Ok(Some(()))
    });
    removed.await?;
    Ok(see_other(&staff.visit().href(&format!("/admin/{}?saved=1", K::KIND.code()))))
}
