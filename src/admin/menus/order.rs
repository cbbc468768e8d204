//! `POST /admin/menus/{id}/move`: by one place among those beside it.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::Staff;
use crate::content::menus;
use crate::content::model::Step;
use crate::error::{Error, Result};
use crate::ids::MenuItemId;
use crate::web::{Form, see_other};

pub async fn order(staff: Staff, id: Path<i64>, form: Form) -> Result<HttpResponse> {
    let (visit, who, id) = (staff.visit(), staff.who(), MenuItemId(*id));
    let step = Step::parse(form.get("to")).ok_or(Error::Malformed("there is no such place"))?;
    visit.shop.db.write(move |conn| menus::shift(conn, &who, id, step)).await?;
    visit.shop.refresh().await?;
    // To the entry, so that the same button can be pressed again.
    Ok(see_other(&visit.href(&format!("/admin/menus#entry-{id}"))))
}
