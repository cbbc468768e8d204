//! What somebody does for a customer on her page: a note, a group, the door.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::show::{self, LONGEST_NOTE, Sent};
use super::{address, find};
use crate::admin::Allowed;
use crate::admin::field::{Field, Mistake};
use crate::blocks::{self, Pattern};
use crate::customers::book::Whom;
use crate::customers::care;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::staff::to;
use crate::values::Slug;
use crate::web::{Form, see_other};

type Staff = Allowed<to::ChangeCustomers>;

/// `POST /admin/customers/{whom}/notes`
pub async fn note(staff: Staff, whom: Path<String>, form: Form) -> Result<HttpResponse> {
    let whom = find(&staff, &whom).await?;
    let id = whom.customer().ok_or(Error::NotFound)?;
    let body = form.get("note").replace("\r\n", "\n");
    let mistake = match (body.is_empty(), body.chars().count() <= LONGEST_NOTE) {
        (true, _) => ("note", "note-empty"),
        (_, false) => ("note", "admin-too-long"),
        (false, true) => {
            let who = staff.who();
            let write = move |conn: &mut Conn| care::note(conn, id, &body, &who);
            staff.visit().shop.db.write(write).await?;
            return Ok(there(&staff, &whom, "noted"));
        }
    };
    again(&staff, whom, &form, &[mistake]).await
}

/// `POST /admin/customers/{whom}/group`
pub async fn group(staff: Staff, whom: Path<String>, form: Form) -> Result<HttpResponse> {
    let whom = find(&staff, &whom).await?;
    let id = whom.customer().ok_or(Error::NotFound)?;
    let group = form.get("group").to_lowercase();
    if !group.is_empty() && Slug::parse(&group).is_none() {
        return again(&staff, whom, &form, &[("group", "customer-group-wrong")]).await;
    }
    let (who, seen) = (staff.who(), form.get("seen_group").to_owned());
    let write = move |conn: &mut Conn| care::set_group(conn, id, (&seen, &group), &who);
    match staff.visit().shop.db.write(write).await? {
        true => Ok(there(&staff, &whom, "group")),
        false => {
            let told = Sent { error: "customer-meanwhile", is_meanwhile: true, ..Sent::default() };
            show::page(&staff, whom, &Sent { form: Some(&form), ..told }).await
        }
    }
}

/// `POST /admin/customers/{whom}/block`: shuts her out, or lets her in again.
pub async fn block(staff: Staff, whom: Path<String>, form: Form) -> Result<HttpResponse> {
    let whom = find(&staff, &whom).await?;
    let (id, who) = (whom.customer(), staff.who());
    let pattern = Pattern::parse(whom.email()).ok_or(Error::NotFound)?;
    if form.find("lift").is_some() {
        let write = move |conn: &mut Conn| blocks::remove(conn, pattern.as_str(), (id, &who));
        staff.visit().shop.db.write(write).await?;
        return Ok(there(&staff, &whom, "unblocked"));
    }
    if !Field::fits(&form, "reason", 200) {
        return again(&staff, whom, &form, &[("reason", "admin-too-long")]).await;
    }
    let reason = form.get("reason").to_owned();
    let write = move |conn: &mut Conn| care::block(conn, id, (&pattern, &reason), &who);
    staff.visit().shop.db.write(write).await?;
    Ok(there(&staff, &whom, "blocked"))
}

fn there(staff: &Staff, whom: &Whom, done: &str) -> HttpResponse {
    let page = address(&staff.desk("admin-customers"), whom);
    see_other(&format!("{page}?done={done}"))
}

async fn again(
    staff: &Staff,
    whom: Whom,
    form: &Form,
    mistakes: &[Mistake],
) -> Result<HttpResponse> {
    show::page(staff, whom, &Sent { form: Some(form), mistakes, ..Sent::default() }).await
}
