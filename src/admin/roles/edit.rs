//! `/admin/roles/{id}`: a role that the shop made itself; `new` makes one.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::field::{Field, Mistake};
use crate::admin::staff::refused_text;
use crate::error::{Error, Result};
use crate::ids::RoleId;
use crate::staff::{
    OwnRole, Permission, Permissions, RoleName, find_role, make_role, remove_role, to, update_role,
};
use crate::web::{Form, Html, see_other};

#[derive(Template)]
#[template(path = "admin/roles/edit.html")]
struct RolePage {
    shell: Desk,
    action: String,
    is_new: bool,
    error: String,
    fields: Vec<Field>,
    areas: Vec<AreaView>,
}

/// Permissions that are shown together.
struct AreaView {
    name: String,
    permissions: Vec<PermissionView>,
}

struct PermissionView {
    code: &'static str,
    text: String,
    is_on: bool,
    /// Whether she has it herself: nobody gives what she does not have.
    can_be_given: bool,
}

type Staff = Allowed<to::ManageStaff>;

/// What the page shows besides mistakes.
struct Typed {
    name: String,
    may: Permissions,
}

pub async fn show(staff: Staff, id: Path<String>) -> Result<HttpResponse> {
    let role = find(&staff, &id).await?;
    let typed = match &role {
        Some(role) => Typed { name: role.name.clone(), may: role.may.clone() },
        None => Typed { name: String::new(), may: Permissions::default() },
    };
    page(&staff, role.as_ref(), &typed, ("", &[]))
}

pub async fn save(staff: Staff, id: Path<String>, form: Form) -> Result<HttpResponse> {
    let role = find(&staff, &id).await?;
    let ticked = Permission::ALL.iter().copied();
    let may = ticked.filter(|permission| form.find(permission.code()).is_some()).collect();
    let typed = Typed { name: form.get("name").to_owned(), may };
    if form.find("remove").is_some() {
        return remove(&staff, role, &typed).await;
    }
    if typed.name.is_empty() || !Field::fits(&form, "name", 60) {
        return page(&staff, role.as_ref(), &typed, ("", &[("name", "admin-role-name-wrong")]));
    }
    let (name, may, known) = (typed.name.clone(), typed.may.clone(), role.as_ref().map(|r| r.id));
    let saved = staff.change(move |conn, giver| match known {
        Some(id) => update_role(conn, giver, id, (&name, &may)),
        None => Ok(make_role(conn, giver, &name, &may)?.map(|_| ())),
    });
    match saved.await? {
        Ok(()) => Ok(see_other(&staff.visit().href("/admin/roles"))),
        Err(refused) => page(&staff, role.as_ref(), &typed, (refused_text(refused), &[])),
    }
}

async fn remove(staff: &Staff, role: Option<OwnRole>, typed: &Typed) -> Result<HttpResponse> {
    let id = role.as_ref().ok_or(Error::NotFound)?.id;
    match staff.change(move |conn, giver| remove_role(conn, giver, id)).await? {
        Ok(()) => Ok(see_other(&staff.visit().href("/admin/roles"))),
        Err(refused) => page(staff, role.as_ref(), typed, (refused_text(refused), &[])),
    }
}

/// `None` for one that is to be made.
async fn find(staff: &Staff, id: &str) -> Result<Option<OwnRole>> {
    if id == "new" {
        return Ok(None);
    }
    let id = RoleId(id.parse().map_err(|_| Error::NotFound)?);
    let found = staff.visit().shop.db.read(move |conn| find_role(conn, &id.to_string())).await?;
    match found {
        Some(RoleName::Own(role)) => Ok(Some(role)),
        _ => Err(Error::NotFound),
    }
}

fn page(
    staff: &Staff,
    role: Option<&OwnRole>,
    typed: &Typed,
    (error, mistakes): (&'static str, &[Mistake]),
) -> Result<HttpResponse> {
    let shell = staff.desk(if role.is_none() { "admin-role-new" } else { "admin-role" });
    let id = role.map_or_else(|| "new".to_owned(), |role| role.id.to_string());
    let name = Field::text(&shell, "name", "admin-role-name", &Form::default());
    let name = Field { value: typed.name.clone(), most: 60, ..name }.with(&shell, mistakes);
    let is_wrong = !error.is_empty() || !mistakes.is_empty();
    let page = RolePage {
        action: shell.href(&format!("/admin/roles/{id}")).into_owned(),
        is_new: role.is_none(),
        error: if error.is_empty() { String::new() } else { shell.t(error).to_owned() },
        fields: vec![name],
        areas: areas(&shell, &typed.may, &staff.member.may),
        shell,
    };
    let status = if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

fn areas(shell: &Desk, on: &Permissions, own: &Permissions) -> Vec<AreaView> {
    let view = |permission: &Permission| PermissionView {
        code: permission.code(),
        text: shell.t(&format!("may-{}", permission.code())).to_owned(),
        is_on: on.has(*permission),
        can_be_given: own.has(*permission),
    };
    let areas = Permission::ALL.chunk_by(|one, other| one.area() == other.area());
    let areas = areas.map(|permissions| AreaView {
        name: shell.t(&format!("area-{}", permissions[0].area().code)).to_owned(),
        permissions: permissions.iter().map(view).collect(),
    });
    areas.collect()
}
