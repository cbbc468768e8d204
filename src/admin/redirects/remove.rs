//! `POST /admin/redirects/{id}/remove`: the old address leads nowhere any more.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::Staff;
use crate::content::redirects;
use crate::error::Result;
use crate::ids::RedirectId;
use crate::web::see_other;

pub async fn remove(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    let (visit, who, id) = (staff.visit(), staff.who(), RedirectId(*id));
    visit.shop.db.write(move |conn| redirects::remove(conn, &who, id)).await?;
    Ok(see_other(&visit.href("/admin/redirects?saved=1")))
}
