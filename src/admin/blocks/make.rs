//! `POST /admin/blocks`: one more block, hidden until somebody has written it.

use actix_web::HttpResponse;

use super::Staff;
use super::list::page;
use crate::content::blocks::{self, BlockSheet};
use crate::content::model::BlockKind;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::web::{Form, see_other};

pub async fn make(staff: Staff, form: Form) -> Result<HttpResponse> {
    let kind = BlockKind::parse(form.get("kind")).ok_or(Error::Malformed("no such block"))?;
    let (who, sheet) = (staff.who(), BlockSheet::new(kind, staff.visit().frame.own_language()));
    let write = move |conn: &mut Conn| blocks::make(conn, &who, &sheet);
    match staff.visit().shop.db.write(write).await? {
        Some(id) => Ok(see_other(&staff.visit().href(&format!("/admin/blocks/{id}")))),
        None => page(&staff, "block-no-place").await,
    }
}
