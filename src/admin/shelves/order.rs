//! `POST /admin/products/categories/{id}/order` and the same of attributes: up or down by one place.

use actix_web::HttpResponse;
use actix_web::web::Path;

use crate::admin::Allowed;
use crate::catalog::shelves::{Shift, attribute, category};
use crate::error::{Error, Result};
use crate::ids::{AttributeId, CategoryId};
use crate::staff::to;
use crate::web::{Form, see_other};

type Staff = Allowed<to::ChangeProducts>;

pub async fn category(staff: Staff, id: Path<i64>, form: Form) -> Result<HttpResponse> {
    let (who, id, way) = (staff.who(), CategoryId(*id), way(&form)?);
    let write = move |conn: &mut _| category::shift(conn, &who, id, way);
    staff.visit().shop.db.write(write).await?;
    back(&staff, &format!("/admin/products/categories#category-{id}")).await
}

pub async fn attribute(staff: Staff, id: Path<i64>, form: Form) -> Result<HttpResponse> {
    let (who, id, way) = (staff.who(), AttributeId(*id), way(&form)?);
    let write = move |conn: &mut _| attribute::shift(conn, &who, id, way);
    staff.visit().shop.db.write(write).await?;
    back(&staff, &format!("/admin/products/attributes#attribute-{id}")).await
}

fn way(form: &Form) -> Result<Shift> {
    Shift::parse(form.get("to")).ok_or(Error::Malformed("there is no such way"))
}

/// To the line, so that the same button can be pressed again.
async fn back(staff: &Staff, line: &str) -> Result<HttpResponse> {
    staff.visit().shop.refresh().await?;
    Ok(see_other(&staff.visit().href(line)))
}
