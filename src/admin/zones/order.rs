//! `POST /admin/{delivery|tax}/order`: a zone, or what is in one, goes one place up or down.

use actix_web::HttpResponse;

use super::{Of, Staff, path, path_of, segment};
use crate::admin::rulebook::change;
use crate::error::{Error, Result};
use crate::web::{Form, see_other};

/// The form names the zone and what is in it, if that is meant, by their codes.
pub async fn order<K: Of>(staff: Staff, form: Form) -> Result<HttpResponse> {
    let is_up = match form.get("to") {
        "up" => true,
        "down" => false,
        _ => return Err(Error::Malformed("there is no such way")),
    };
    let zone = form.get("zone").to_owned();
    // To the zone, so that the same button can be pressed again.
    let list = format!("/admin/{}#zone-{}", K::KIND.code(), segment(&zone));
    let code = form.find("code").map(ToOwned::to_owned);
    let shift = change(&staff, K::SECTION, move |_, book| {
        match &code {
            Some(code) => book.shift(&path_of(K::KIND, &zone, code), is_up),
            None => book.shift(&path(K::KIND, &zone), is_up),
        }
        Ok(Some(()))
    });
    shift.await?;
    Ok(see_other(&staff.visit().href(&list)))
}
