//! `POST /admin/account/sessions`: ends one of one's sign-ins, or all but this.

use actix_web::HttpResponse;

use crate::admin::Allowed;
use crate::error::Result;
use crate::ids::SessionId;
use crate::sessions::{self, Who};
use crate::staff::{sign_out, to};
use crate::web::{Form, see_other};

pub async fn end(staff: Allowed<to::KeepOwnSecrets>, form: Form) -> Result<HttpResponse> {
    let (who, id) = (staff.who(), staff.member.id());
    let (named, this) = (form.get("session").parse().ok().map(SessionId), staff.member.session.id);
    let end = move |conn: &mut _| match named {
        Some(session) => sign_out(conn, &who, (id, session)),
        None => sessions::end_others(conn, Who::Staff(id), this).map(|_| ()),
    };
    staff.visit().shop.db.write(end).await?;
    Ok(see_other(&staff.visit().href("/admin/account")))
}
