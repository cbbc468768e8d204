//! `POST /account/sessions/{id}/end`: signs her out on one of her devices, or with `others` on all
//! but this one.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::member::Member;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::SessionId;
use crate::sessions;
use crate::web::see_other;

pub async fn end(member: Member, path: Path<String>) -> Result<HttpResponse> {
    let (who, own) = (member.who(), member.customer.session.id);
    let which = match path.as_str() {
        "others" => None,
        id => Some(SessionId(id.parse().map_err(|_| Error::NotFound)?)),
    };
    let write = move |conn: &mut Conn| match which {
        Some(id) => sessions::end(conn, who, id),
        None => sessions::end_others(conn, who, own).map(|_| true),
    };
    match member.visit.shop.db.write(write).await? {
        true => Ok(see_other(&member.visit.href("/account?done=sessions"))),
        false => Err(Error::NotFound),
    }
}
