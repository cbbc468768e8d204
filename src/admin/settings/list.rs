//! `GET /admin/settings`: everything that can be set, and where.

use askama::Template;

use super::PARTS;
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::error::Result;
use crate::staff::{Need, Permission, to};
use crate::web::Html;

#[derive(Template)]
#[template(path = "admin/settings/list.html")]
struct SettingsPage {
    shell: Desk,
    lines: Vec<LineView>,
}

struct LineView {
    href: String,
    icon: &'static str,
    text: String,
    about: String,
}

/// Pages of other rooms that are settings to whoever looks for them: path, icon, code, who sees it.
const OTHERS: [(&str, &str, &str, Permission); 9] = [
    ("/admin/start", "check", "start", Permission::ChangeSettings),
    ("/admin/delivery", "truck", "delivery", Permission::ChangeSettings),
    ("/admin/tax", "receipt", "tax", Permission::ChangeSettings),
    ("/admin/payments", "wallet", "payments", Permission::ChangeSettings),
    ("/admin/staff", "users", "staff", Permission::ViewStaff),
    ("/admin/roles", "lock", "roles", Permission::ManageStaff),
    ("/admin/audit", "file-text", "audit", Permission::ViewAudit),
    ("/admin/jobs", "clock", "jobs", Permission::ChangeSettings),
    ("/admin/system", "sliders-horizontal", "system", Permission::ChangeSettings),
];

pub async fn show(staff: Allowed<to::ChangeSettings>) -> Result<Html> {
    let shell = staff.desk("admin-settings");
    let own = PARTS.iter().map(|part| {
        let path = format!("/admin/settings/{}", part.code);
        line(&shell, (&path, part.icon, part.code))
    });
    let may = |permission: &Permission| Need::May(*permission).is_met_by(&staff.member.may);
    let others = OTHERS.iter().filter(|(.., permission)| may(permission));
    let others = others.map(|(path, icon, code, _)| line(&shell, (path, icon, code)));
    let lines = own.chain(others).collect();
    Ok(Html::page(&SettingsPage { lines, shell })?.personal())
}

fn line(shell: &Desk, (path, icon, code): (&str, &'static str, &str)) -> LineView {
    LineView {
        href: shell.href(path).into_owned(),
        icon,
        text: shell.t(&format!("settings-{code}")).to_owned(),
        about: shell.t(&format!("settings-about-{code}")).to_owned(),
    }
}
