//! `POST /admin/orders/{number}/notes`: a word among the staff, which no shopper reads.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde_json::json;

use super::moves::{act, again, find};
use crate::admin::Allowed;
use crate::admin::field::Field;
use crate::audit::Action;
use crate::db::Conn;
use crate::error::Result;
use crate::orders::{self, By, EventKind, MoveError};
use crate::staff::to;
use crate::web::Form;

/// The most letters of a note.
pub(super) const LONGEST_NOTE: usize = 500;

pub async fn add(
    staff: Allowed<to::ViewOrders>,
    number: Path<String>,
    form: Form,
) -> Result<HttpResponse> {
    let order = find(&staff, &number).await?;
    let note = form.get("note").to_owned();
    let key = match (note.is_empty(), Field::fits(&form, "note", LONGEST_NOTE)) {
        (true, _) => "note-empty",
        (_, false) => "admin-too-long",
        (false, true) => {
            let told = json!({ "note": note });
            let data = told.clone();
            let step = move |conn: &mut Conn, id, by: &By| {
                orders::note(conn, id, EventKind::Noted, by, &data).map_err(MoveError::from)
            };
            return act(&staff, order, &form, (Action::OrderNoted, told), step).await;
        }
    };
    again(&staff, &order, &form, &[("note", key)]).await
}
