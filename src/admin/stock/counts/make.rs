//! `POST /admin/stock/counts`: a new sheet.

use actix_web::HttpResponse;
use chrono::NaiveDate;

use super::{Staff, list};
use crate::admin::desk::Desk;
use crate::admin::field::Mistake;
use crate::db::Conn;
use crate::error::Result;
use crate::reports::begins;
use crate::stocktake::{self, Scope};
use crate::web::{Form, dates, see_other};

pub async fn make(staff: Staff, form: Form) -> Result<HttpResponse> {
    let shell = staff.desk("count-sheets");
    let scope = match scope(&shell, &form) {
        Ok(scope) => scope,
        Err(mistake) => return list::page(&staff, &form, &[mistake]).await,
    };
    let (name, who) = (name(&shell, scope), staff.who());
    let (db, currency) = (&staff.visit().shop.db, shell.settings().currency);
    let write = move |conn: &mut Conn| stocktake::make(conn, (&name, currency), &who);
    let id = db.write(write).await?;
    while db.write(move |conn| stocktake::fill_some(conn, id, scope)).await? {}
    Ok(see_other(&super::address(&shell, id)))
}

fn scope(shell: &Desk, form: &Form) -> std::result::Result<Scope, Mistake> {
    let (slug, zone) = (form.get("category"), shell.settings().time_zone);
    let mut categories = shell.frame().categories.iter();
    let category = categories.find(|known| known.slug == slug).map(|known| known.id);
    if category.is_none() && !slug.is_empty() {
        return Err(("category", "form-choose"));
    }
    let not_counted_since = match form.get("since") {
        "" => None,
        typed => {
            let day = typed.parse::<NaiveDate>().map_err(|_| ("since", "orders-wrong-day"))?;
            Some(begins(day, zone))
        }
    };
    Ok(Scope { category, not_counted_since })
}

fn name(shell: &Desk, scope: Scope) -> String {
    let category = scope.category.and_then(|id| shell.frame().find_category(id));
    let what = match category {
        Some(category) => shell.local(&category.name),
        None => shell.t("count-everything"),
    };
    match scope.not_counted_since {
        Some(since) => {
            let since = dates::local_date(shell.texts(), since, shell.settings().time_zone);
            let named = [("what", what.to_owned().into()), ("since", since.into())];
            shell.texts().with("count-name-since", &named)
        }
        None => what.to_owned(),
    }
}
