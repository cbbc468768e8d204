//! `POST /admin/blocks/{id}/remove`: off the page, for good.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::Staff;
use crate::content::blocks;
use crate::error::Result;
use crate::ids::BlockId;
use crate::web::see_other;

pub async fn remove(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    let (visit, who, id) = (staff.visit(), staff.who(), BlockId(*id));
    visit.shop.db.write(move |conn| blocks::remove(conn, &who, id)).await?;
    Ok(see_other(&visit.href("/admin/blocks?saved=1")))
}
