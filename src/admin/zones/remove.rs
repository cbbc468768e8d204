//! `POST /admin/{delivery|tax}/zones/{zone}/remove`: a zone goes, with what its page has said that
//! stands in it.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::edit::{page, seal_of_held};
use super::form::fields;
use super::{Of, Staff, find, now, path};
use crate::admin::rulebook::{Saved, change};
use crate::admin::sent::{Sent, Told};
use crate::error::{Error, Result};
use crate::web::rules::Rules;
use crate::web::{Form, see_other};

pub async fn remove<K: Of>(staff: Staff, code: Path<String>, form: Form) -> Result<HttpResponse> {
    let (known, held) = (code.clone(), form.get("held").to_owned());
    let saved = change(&staff, K::SECTION, move |conn, book| {
        let rules = Rules::load(conn)?;
        find(&rules, K::KIND, &known).ok_or(Error::NotFound)?;
        if seal_of_held(&rules, K::KIND, &known) != held {
            return Ok(None);
        }
        book.remove(&path(K::KIND, &known));
        Ok(Some(()))
    });
    let shell = staff.desk("zone-new");
    match saved.await? {
        Saved::Done(()) => {
            Ok(see_other(&shell.href(&format!("/admin/{}?saved=1", K::KIND.code()))))
        }
        _ => {
            let frame = now(&staff).await?;
            let zone = find(&frame.rules, K::KIND, &code).ok_or(Error::NotFound)?;
            let stored = Form::default().with(fields(&shell, zone));
            let rest = vec![shell.t("zone-holds-more").to_owned()];
            let told = Told { rest, ..Told::default() };
            let sent = Sent { form: &stored, mistakes: &told, merged: None };
            page(&staff, K::KIND, (Some(zone), &frame.rules), Some(&sent))
        }
    }
}
