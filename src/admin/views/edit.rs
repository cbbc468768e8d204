//! `/admin/views/{id}`: another name for a view, and the button that removes it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::{Staff, field, name, opened, own};
use crate::admin::desk::Desk;
use crate::admin::field::{Field, Mistake};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::SavedViewId;
use crate::staff::{SavedView, find_view, rename_view};
use crate::web::{Form, Html, see_other};

#[derive(Template)]
#[template(path = "admin/views/edit.html")]
struct ViewPage {
    shell: Desk,
    /// The list as the view shows it.
    opened: String,
    action: String,
    fields: Vec<Field>,
}

pub async fn show(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    let view = find(&staff, SavedViewId(*id)).await?;
    let form = Form::filled(&[("name", view.name.as_str())]);
    page(&staff, &view, &form, &[])
}

pub async fn rename(staff: Staff, id: Path<i64>, form: Form) -> Result<HttpResponse> {
    let view = find(&staff, SavedViewId(*id)).await?;
    let name = match name(&form) {
        Ok(name) => name.to_owned(),
        Err(mistake) => return page(&staff, &view, &form, &[mistake]),
    };
    let (id, whose) = (view.id, staff.member.id());
    let write = move |conn: &mut Conn| rename_view(conn, whose, (id, &name));
    match staff.visit().shop.db.write(write).await {
        Ok(()) => Ok(see_other(&opened(&staff.desk("view-edit"), &view))),
        Err(error) if error.is_duplicate() => page(&staff, &view, &form, &[("name", "view-taken")]),
        Err(error) => Err(error),
    }
}

async fn find(staff: &Staff, id: SavedViewId) -> Result<SavedView> {
    let whose = staff.member.id();
    let found = staff.visit().shop.db.read(move |conn| find_view(conn, whose, id)).await?;
    found.ok_or(Error::NotFound)
}

fn page(
    staff: &Staff,
    view: &SavedView,
    form: &Form,
    mistakes: &[Mistake],
) -> Result<HttpResponse> {
    let mut shell = staff.desk("view-edit");
    shell.shell.head.title.clone_from(&view.name);
    let page = ViewPage {
        opened: opened(&shell, view),
        action: own(&shell, view),
        fields: vec![field(&shell, form, mistakes)],
        shell,
    };
    let status = match mistakes {
        [] => StatusCode::OK,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}
