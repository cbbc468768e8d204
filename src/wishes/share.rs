//! `POST /wishlist/link`: makes the link by which others see the list, or ends it.

use actix_web::HttpResponse;

use super::model::Owner;
use super::queries;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::web::{Form, Visit, see_other};

pub async fn share(visit: Visit, form: Form) -> Result<HttpResponse> {
    let owner = Owner::of(&visit).ok_or(Error::NotFound)?;
    let stops = form.find("stop").is_some();
    let write = move |conn: &mut Conn| match stops {
        true => queries::stop_sharing(conn, &owner),
        false => queries::share(conn, &owner),
    };
    visit.shop.db.write(write).await?;
    Ok(see_other(&visit.href("/wishlist#share")))
}
