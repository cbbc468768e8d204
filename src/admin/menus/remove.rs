//! `POST /admin/menus/{id}/remove`: out of its menu, with those below it.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::Staff;
use crate::content::menus;
use crate::error::Result;
use crate::ids::MenuItemId;
use crate::web::see_other;

pub async fn remove(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    let (visit, who, id) = (staff.visit(), staff.who(), MenuItemId(*id));
    visit.shop.db.write(move |conn| menus::remove(conn, &who, id)).await?;
    visit.shop.refresh().await?;
    Ok(see_other(&visit.href("/admin/menus?saved=1")))
}
