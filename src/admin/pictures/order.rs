//! `POST /admin/products/{id}/pictures/{picture}/move`: to the front, by one place, or to the place that
//! it was dragged to.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::{Staff, address, find, picture_id};
use crate::error::{Error, Result};
use crate::pictures::{Move, shift};
use crate::web::{Form, see_other};

pub async fn order(staff: Staff, path: Path<(String, String)>, form: Form) -> Result<HttpResponse> {
    let (product, picture) = (find(&staff, &path.0).await?.id, picture_id(&path.1)?);
    let to = match form.get("to") {
        "first" => Move::First,
        "earlier" => Move::Earlier,
        "later" => Move::Later,
        place => Move::Place(from_one(place).ok_or(Error::Malformed("there is no such place"))?),
    };
    let who = staff.who();
    let moved = move |conn: &mut _| shift(conn, (product, picture), to, &who);
    staff.visit().shop.db.write(moved).await?;
    // To the picture, so that the same button can be pressed again.
    let anchor = format!("{}#picture-{picture}", address(product));
    Ok(see_other(&staff.visit().href(&anchor)))
}

/// People count from 1.
fn from_one(place: &str) -> Option<usize> {
    place.parse::<usize>().ok()?.checked_sub(1)
}
