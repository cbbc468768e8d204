//! `/admin/staff/{id}`: one of the staff: her role, and whether she gets in.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::{all_roles, choices, refused_text, state};
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::field::Field;
use crate::admin::roles::words;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::StaffId;
use crate::staff::{
    self, Account, Changed, Giver, RoleName, change_role, find_account, find_role, send_link, to,
};
use crate::web::{Form, Html, see_other};

#[derive(Template)]
#[template(path = "admin/staff/edit.html")]
struct PersonPage {
    shell: Desk,
    person: Account,
    role: String,
    state: (String, &'static str),
    action: String,
    error: String,
    /// Whether a link is on its way to her.
    is_sent: bool,
    /// Whether the one who looks may change anything about her.
    is_within_reach: bool,
    fields: Vec<Field>,
}

type Staff = Allowed<to::ManageStaff>;

pub async fn show(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    page(&staff, StaffId(*id), "").await
}

/// What the pressed button asks for.
#[derive(Clone)]
enum Wish {
    Role(RoleName),
    Disable,
    Enable,
    SignOut,
    Reset,
    Link,
}

pub async fn change(staff: Staff, id: Path<i64>, form: Form) -> Result<HttpResponse> {
    let id = StaffId(*id);
    let wish = match form.get("do") {
        "disable" => Wish::Disable,
        "enable" => Wish::Enable,
        "sign-out" => Wish::SignOut,
        "reset" => Wish::Reset,
        "link" => Wish::Link,
        _ => {
            let code = form.get("role").to_owned();
            let role = staff.visit().shop.db.read(move |conn| find_role(conn, &code)).await?;
            Wish::Role(role.ok_or(Error::Malformed("no such role"))?)
        }
    };
    let sends = matches!(wish, Wish::Reset | Wish::Link);
    let language = staff.visit().language;
    let changed = staff.change(move |conn, giver| {
        let done = fulfil(conn, giver, id, &wish)?;
        if done.is_ok()
            && sends
            && let Some(account) = find_account(conn, id)?
        {
            send_link(conn, &account, language, giver.who)?;
        }
        Ok(done)
    });
    match changed.await? {
        Ok(()) => {
            let sent = if sends { "?sent=1" } else { "" };
            Ok(see_other(&staff.visit().href(&format!("/admin/staff/{id}{sent}"))))
        }
        Err(refused) => page(&staff, id, refused_text(refused)).await,
    }
}

fn fulfil(conn: &mut Conn, giver: &Giver<'_>, id: StaffId, wish: &Wish) -> Changed {
    match wish {
        Wish::Role(role) => change_role(conn, giver, id, role),
        Wish::Disable => staff::disable(conn, giver, id),
        Wish::Enable => staff::enable(conn, giver, id),
        Wish::SignOut => staff::sign_out_everywhere(conn, giver, id),
        Wish::Reset => staff::reset(conn, giver, id),
        Wish::Link => staff::may_help(conn, giver, id),
    }
}

async fn page(staff: &Staff, id: StaffId, error: &'static str) -> Result<HttpResponse> {
    let load = move |conn: &mut Conn| Ok((find_account(conn, id)?, all_roles(conn)?));
    let (person, roles) = staff.visit().shop.db.read(load).await?;
    let person = person.ok_or(Error::NotFound)?;
    let shell = staff.desk("admin-person");
    let is_within_reach =
        person.id != staff.member.id() && staff.member.may.cover(&person.role.may());
    let choices = choices(&shell, &roles, &staff.member.may, &person.role.code());
    let page = PersonPage {
        action: shell.href(&format!("/admin/staff/{id}")).into_owned(),
        role: words(&shell, &person.role),
        state: state(&shell, &person),
        error: if error.is_empty() { String::new() } else { shell.t(error).to_owned() },
        is_sent: staff.visit().query()?.get("sent").is_some(),
        is_within_reach,
        fields: vec![Field::select(&shell, ("role", "admin-role"), choices)],
        person,
        shell,
    };
    let status = if error.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}
