//! `POST /admin/products/bulk`: does what the preview has shown, to as many products as it said.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::{Staff, change, choose, chosen, forbidden, may, preview};
use crate::catalog::bulk;
use crate::db::Conn;
use crate::error::Result;
use crate::web::{Form, see_other};

pub async fn begin(staff: Staff, form: Form) -> Result<HttpResponse> {
    let visit = staff.visit();
    let chosen = chosen::read(&form, &visit.frame);
    let change = change::read(&form, &visit.frame, visit.language.code());
    let (chosen, change) = match (chosen, change) {
        (Some(chosen), Some(Ok(change))) => (chosen, change),
        (chosen, change) => {
            let mistakes = change.and_then(std::result::Result::err).unwrap_or_default();
            return choose::page(&staff, chosen, &form, &mistakes).await;
        }
    };
    if !may(&staff, &change) {
        return forbidden(&staff);
    }
    let seen = form.get("count").parse().unwrap_or_default();
    let (who, view) = (staff.who(), visit.view());
    let (which, what) = (chosen.clone(), change.clone());
    let write = move |conn: &mut Conn| bulk::begin(conn, &who, (&view, &which), (&what, seen));
    match visit.shop.db.write(write).await? {
        Some(id) => Ok(see_other(&visit.href(&format!("/admin/products/bulk/{id}")))),
        None => preview::page(&staff, (chosen, change, &form), StatusCode::CONFLICT).await,
    }
}
