//! `GET /admin/staff`.

use actix_web::HttpResponse;
use askama::Template;
use std::convert::Infallible;

use super::state;
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::roles::words;
use crate::error::Result;
use crate::settings;
use crate::staff::{Account, Permission, list, to};
use crate::web::{Form, Html, see_other};

#[derive(Template)]
#[template(path = "admin/staff/list.html")]
struct StaffPage {
    shell: Desk,
    can_manage: bool,
    can_set: bool,
    is_required: bool,
    people: Vec<PersonView>,
}

struct PersonView {
    href: String,
    name: String,
    email: String,
    role: String,
    state: String,
    tone: &'static str,
    has_second_factor: bool,
}

pub async fn show(staff: Allowed<to::ViewStaff>) -> Result<Html> {
    let accounts = staff.visit().shop.db.read(list).await?;
    let shell = staff.desk("admin-staff");
    let page = StaffPage {
        can_manage: staff.may(Permission::ManageStaff),
        can_set: staff.may(Permission::ChangeSettings),
        is_required: shell.settings().second_factor_required,
        people: accounts.iter().map(|account| view(&shell, account)).collect(),
        shell,
    };
    Ok(Html::page(&page)?.personal())
}

fn view(shell: &Desk, account: &Account) -> PersonView {
    let (state, tone) = state(shell, account);
    let name = if account.name.is_empty() { &account.email } else { &account.name };
    PersonView {
        href: shell.href(&format!("/admin/staff/{}", account.id)).into_owned(),
        name: name.clone(),
        email: account.email.clone(),
        role: words(shell, &account.role),
        state,
        tone,
        has_second_factor: account.has_second_factor,
    }
}

/// `POST /admin/staff/second-factor`: whether everybody needs one.
pub async fn require(staff: Allowed<to::ChangeSettings>, form: Form) -> Result<HttpResponse> {
    let (who, wanted) = (staff.who(), form.find("required").is_some());
    let write = move |conn: &mut _| {
        settings::change(conn, &who, |settings| {
            settings.second_factor_required = wanted;
            Ok::<(), Infallible>(())
        })
    };
    let Ok(()) = staff.visit().shop.db.write(write).await?;
    staff.visit().shop.refresh().await?;
    Ok(see_other(&staff.visit().href("/admin/staff")))
}
