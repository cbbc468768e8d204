//! `POST /account/addresses/{id}/usual`: what the checkout begins with from now on.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::id_of;
use crate::addresses;
use crate::customers::Member;
use crate::error::{Error, Result};
use crate::orders::AddressKind;
use crate::web::{Form, see_other};

pub async fn choose(member: Member, path: Path<String>, form: Form) -> Result<HttpResponse> {
    let (id, owner) = (id_of(&path)?, member.customer.id);
    let kind = match form.get("for") {
        "delivery" => AddressKind::Delivery,
        "billing" => AddressKind::Billing,
        _ => return Err(Error::Malformed("an address for nothing known")),
    };
    let write = move |conn: &mut _| addresses::make_usual(conn, owner, id, kind);
    member.visit.shop.db.write(write).await?;
    Ok(see_other(&member.visit.href("/account/addresses?done=usual")))
}
