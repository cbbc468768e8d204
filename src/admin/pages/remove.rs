//! `POST /admin/pages/{id}/remove`: the end of a draft.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::Staff;
use crate::content::keep;
use crate::error::Result;
use crate::ids::PageId;
use crate::web::see_other;

pub async fn remove(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    let (who, id) = (staff.who(), PageId(*id));
    let gone = staff.visit().shop.db.write(move |conn| keep::remove(conn, &who, id)).await?;
    let next = if gone { "/admin/pages?saved=1".to_owned() } else { format!("/admin/pages/{id}") };
    Ok(see_other(&staff.visit().href(&next)))
}
