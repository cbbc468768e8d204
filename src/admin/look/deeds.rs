//! `POST /admin/look/publish`.

use actix_web::HttpResponse;

use super::logo::let_go;
use crate::admin::Allowed;
use crate::db::Conn;
use crate::error::Result;
use crate::look;
use crate::staff::to;
use crate::web::see_other;

/// Shows shoppers what was tried out.
pub async fn publish(staff: Allowed<to::ChangeSettings>) -> Result<HttpResponse> {
    let (who, shop) = (staff.who(), &staff.visit().shop);
    let write = move |conn: &mut Conn| {
        let before = look::publish(conn, &who)?;
        let_go(conn, before, &who)
    };
    shop.db.write(write).await?;
    shop.refresh().await?;
    Ok(see_other(&staff.visit().href("/admin/look?published=1")))
}
