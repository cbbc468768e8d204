//! `POST /admin/pages/{id}/preview`: what is typed, as shoppers would see it. Nothing is saved.

use actix_web::web::Path;

use super::Staff;
use super::edit;
use super::form::typed;
use crate::content::page;
use crate::error::Result;
use crate::ids::PageId;
use crate::web::{Form, Html};

pub async fn show(staff: Staff, id: Path<i64>, form: Form) -> Result<Html> {
    edit::load(&staff, PageId(*id)).await?;
    let visit = staff.visit();
    page::preview(visit, &typed(&form, visit.language))
}
