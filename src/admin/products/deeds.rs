//! What is done to a product with one press: archived, restored, copied.

use actix_web::HttpResponse;
use actix_web::web::Path;

use crate::admin::Allowed;
use crate::catalog::model::Status;
use crate::catalog::{copy, keep};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::ProductId;
use crate::staff::to;
use crate::web::see_other;

type Staff = Allowed<to::ChangeProducts>;

/// `POST /admin/products/{id}/archive`: out of the shop, with everything that was written about it.
pub async fn archive(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    set_status(&staff, ProductId(*id), Status::Archived).await
}

/// `POST /admin/products/{id}/restore`: as a draft, so that nobody sees it before it is looked at.
pub async fn restore(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    set_status(&staff, ProductId(*id), Status::Draft).await
}

async fn set_status(staff: &Staff, id: ProductId, status: Status) -> Result<HttpResponse> {
    let (who, frame) = (staff.who(), staff.visit().frame.clone());
    let write = move |conn: &mut Conn| keep::set_status(conn, (&who, &frame), id, status);
    staff.visit().shop.db.write(write).await?;
    Ok(see_other(&staff.visit().href(&format!("/admin/products/{id}?saved=1"))))
}

/// `POST /admin/products/{id}/copies`: a draft with everything that this one has but its stock.
pub async fn duplicate(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    let (who, frame, id) = (staff.who(), staff.visit().frame.clone(), ProductId(*id));
    let write = move |conn: &mut Conn| copy::duplicate(conn, (&who, &frame), id);
    let copy = staff.visit().shop.db.write(write).await?;
    Ok(see_other(&staff.visit().href(&format!("/admin/products/{copy}"))))
}
