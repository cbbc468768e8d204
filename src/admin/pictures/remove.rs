//! `POST /admin/products/{id}/pictures/{picture}/remove`

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::{Staff, address, find, picture_id};
use crate::error::Result;
use crate::pictures;
use crate::web::see_other;

pub async fn remove(staff: Staff, path: Path<(String, String)>) -> Result<HttpResponse> {
    let (product, picture) = (find(&staff, &path.0).await?.id, picture_id(&path.1)?);
    let who = staff.who();
    let removed = move |conn: &mut _| pictures::remove(conn, (product, picture), &who);
    staff.visit().shop.db.write(removed).await?;
    Ok(see_other(&staff.visit().href(&address(product))))
}
