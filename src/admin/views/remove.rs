//! `POST /admin/views/{id}/remove`: forgets a view. What it showed stays.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::Staff;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::SavedViewId;
use crate::staff::{find_view, remove_view};
use crate::web::see_other;

pub async fn remove(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    let (whose, id) = (staff.member.id(), SavedViewId(*id));
    let write = move |conn: &mut Conn| {
        let view = find_view(conn, whose, id)?.ok_or(Error::NotFound)?;
        remove_view(conn, whose, id)?;
        Ok(view.list)
    };
    let list = staff.visit().shop.db.write(write).await?;
    Ok(see_other(&staff.visit().href(list.path())))
}
