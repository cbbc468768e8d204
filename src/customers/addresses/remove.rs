//! `POST /account/addresses/{id}/remove`: takes an address out of the book. Orders have copies.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::id_of;
use crate::addresses;
use crate::customers::Member;
use crate::error::{Error, Result};
use crate::web::see_other;

pub async fn remove(member: Member, path: Path<String>) -> Result<HttpResponse> {
    let (id, owner) = (id_of(&path)?, member.customer.id);
    let write = move |conn: &mut _| addresses::remove(conn, owner, id);
    match member.visit.shop.db.write(write).await? {
        true => Ok(see_other(&member.visit.href("/account/addresses?done=removed"))),
        false => Err(Error::NotFound),
    }
}
