//! `GET /admin/roles`.

use askama::Template;

use super::words;
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::error::Result;
use crate::staff::{OwnRole, Permission, Permissions, Role, RoleName, list_roles, to};
use crate::web::Html;

#[derive(Template)]
#[template(path = "admin/roles/list.html")]
struct RolesPage {
    shell: Desk,
    roles: Vec<RoleView>,
}

struct RoleView {
    name: String,
    /// Empty for a built-in one, which cannot be changed.
    href: String,
    may: String,
}

pub async fn show(staff: Allowed<to::ManageStaff>) -> Result<Html> {
    let own = staff.visit().shop.db.read(list_roles).await?;
    let shell = staff.desk("admin-roles");
    let built_in = Role::ALL.iter().map(|role| RoleView {
        name: words(&shell, &RoleName::BuiltIn(*role)),
        href: String::new(),
        may: in_words(&shell, &role.may()),
    });
    let own = own.into_iter().map(|role| view(&shell, role));
    let roles = built_in.chain(own).collect();
    Ok(Html::page(&RolesPage { shell, roles })?.personal())
}

fn view(shell: &Desk, role: OwnRole) -> RoleView {
    RoleView {
        href: shell.href(&format!("/admin/roles/{}", role.id)).into_owned(),
        may: in_words(shell, &role.may),
        name: role.name,
    }
}

fn in_words(shell: &Desk, may: &Permissions) -> String {
    if *may == Permissions::all() {
        return shell.t("role-may-everything").to_owned();
    }
    let own = Permission::ALL.iter().filter(|permission| may.has(**permission));
    let words = own.map(|permission| shell.t(&format!("may-{}", permission.code())).to_owned());
    words.collect::<Vec<_>>().join(", ")
}
