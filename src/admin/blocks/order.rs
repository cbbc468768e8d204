//! `POST /admin/blocks/{id}/move`: up or down by one place.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::Staff;
use crate::content::blocks;
use crate::content::model::Step;
use crate::error::{Error, Result};
use crate::ids::BlockId;
use crate::web::{Form, see_other};

pub async fn order(staff: Staff, id: Path<i64>, form: Form) -> Result<HttpResponse> {
    let (visit, who, id) = (staff.visit(), staff.who(), BlockId(*id));
    let step = Step::parse(form.get("to")).ok_or(Error::Malformed("there is no such place"))?;
    visit.shop.db.write(move |conn| blocks::shift(conn, &who, id, step)).await?;
    // To the block, so that the same button can be pressed again.
    Ok(see_other(&visit.href(&format!("/admin/blocks#block-{id}"))))
}
