//! `/admin/pages/new`: a title makes a draft.

use actix_web::HttpResponse;

use super::form::LONGEST_TITLE;
use super::{Staff, kind_name};
use crate::admin::field::{Field, Mistake, choose};
use crate::admin::form::FormPage;
use crate::content::keep;
use crate::db::Conn;
use crate::error::Result;
use crate::web::{Form, PageKind, see_other};

pub async fn show(staff: Staff) -> Result<HttpResponse> {
    let query = staff.visit().query()?;
    let kind = query.get("kind").and_then(PageKind::parse).unwrap_or_default();
    page(&staff, &Form::filled(&[("kind", kind.code())]), &[])
}

pub async fn make(staff: Staff, form: Form) -> Result<HttpResponse> {
    let title = form.get("title").to_owned();
    let mut mistakes = Vec::new();
    if title.is_empty() || !Field::fits(&form, "title", LONGEST_TITLE) {
        mistakes.push(("title", "page-title-wrong"));
    }
    let Some(kind) = PageKind::parse(form.get("kind")).filter(|_| mistakes.is_empty()) else {
        if PageKind::parse(form.get("kind")).is_none() {
            mistakes.push(("kind", "form-choose"));
        }
        return page(&staff, &form, &mistakes);
    };
    let (who, frame) = (staff.who(), staff.visit().frame.clone());
    let write = move |conn: &mut Conn| keep::make(conn, (&who, &frame), (kind, &title));
    match staff.visit().shop.db.write(write).await {
        Ok(id) => Ok(see_other(&staff.visit().href(&format!("/admin/pages/{id}")))),
        Err(error) if error.is_duplicate() => page(&staff, &form, &[("kind", "page-kind-taken")]),
        Err(error) => Err(error),
    }
}

fn page(staff: &Staff, form: &Form, mistakes: &[Mistake]) -> Result<HttpResponse> {
    let shell = staff.desk("page-new");
    let title = Field::text(&shell, "title", "page-title", form);
    let title = Field { most: LONGEST_TITLE, ..title };
    let kinds = PageKind::ALL.map(|kind| (kind.code().to_owned(), kind_name(&shell, kind)));
    let kinds = choose(kinds.to_vec(), form.get("kind"));
    let kind = Field::select(&shell, ("kind", "page-kind"), kinds).hint(shell.t("page-kind-hint"));
    let page = FormPage {
        lead: shell.t("page-new-lead").to_owned(),
        error: String::new(),
        action: shell.href("/admin/pages/new").into_owned(),
        hidden: Vec::new(),
        fields: vec![title.with(&shell, mistakes), kind.with(&shell, mistakes)],
        button: shell.t("page-make").to_owned(),
        back: (shell.href("/admin/pages").into_owned(), shell.t("admin-pages").to_owned()),
        shell,
    };
    page.answer()
}
