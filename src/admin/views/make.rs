//! `/admin/views/new`: keeps a list as it is narrowed.

use actix_web::HttpResponse;

use super::{Staff, field, name};
use crate::admin::field::Mistake;
use crate::admin::form::FormPage;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::staff::{List, save_view};
use crate::web::{Form, see_other};

/// An address is no longer.
const LONGEST_QUERY: usize = 2_000;

pub async fn show(staff: Staff) -> Result<HttpResponse> {
    page(&staff, &Form::from(staff.visit().query()?), &[])
}

pub async fn make(staff: Staff, form: Form) -> Result<HttpResponse> {
    let (list, query) = read(&form)?;
    let name = match name(&form) {
        Ok(name) => name.to_owned(),
        Err(mistake) => return page(&staff, &form, &[mistake]),
    };
    let (visit, id) = (staff.visit(), staff.member.id());
    let saved = query.clone();
    let write = move |conn: &mut Conn| save_view(conn, id, (list, &name, &saved));
    match visit.shop.db.write(write).await {
        Ok(true) => Ok(see_other(&format!("{}?{query}", visit.href(list.path())))),
        Ok(false) => page(&staff, &form, &[("name", "view-too-many")]),
        Err(error) if error.is_duplicate() => page(&staff, &form, &[("name", "view-taken")]),
        Err(error) => Err(error),
    }
}

/// Which list, and what of it.
fn read(form: &Form) -> Result<(List, String)> {
    let list = List::parse(form.get("list")).ok_or(Error::NotFound)?;
    match list.kept(form.get("query")) {
        query if query.is_empty() || query.len() > LONGEST_QUERY => Err(Error::NotFound),
        query => Ok((list, query)),
    }
}

fn page(staff: &Staff, form: &Form, mistakes: &[Mistake]) -> Result<HttpResponse> {
    let (list, query) = read(form)?;
    let shell = staff.desk("view-new");
    let title = format!("admin-{}", list.code());
    let page = FormPage {
        lead: shell.t("view-lead").to_owned(),
        error: String::new(),
        action: shell.href("/admin/views/new").into_owned(),
        back: (format!("{}?{query}", shell.href(list.path())), shell.t(&title).to_owned()),
        hidden: vec![("list", list.code().to_owned()), ("query", query)],
        fields: vec![field(&shell, form, mistakes)],
        button: shell.t("admin-save").to_owned(),
        shell,
    };
    page.answer()
}
