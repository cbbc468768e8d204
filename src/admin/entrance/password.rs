//! `/admin/password/{token}`: a new password, by a link.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::form::DoorPage;
use super::join::gone;
use super::weakness::choose;
use crate::admin::caller::Caller;
use crate::admin::field::{Field, Mistake};
use crate::audit::Actor;
use crate::error::{Error, Result};
use crate::ids::LinkToken;
use crate::links::{self, Link, Purpose};
use crate::staff::choose_password;
use crate::web::{Form, see_other};

pub async fn show(caller: Caller, token: Path<String>) -> Result<HttpResponse> {
    match find(&caller, &token).await? {
        Some(_) => page(&caller, &token, &[]).answer(),
        None => gone(&caller).answer(),
    }
}

/// Signs nobody in: whoever has the mailbox alone does not have the second factor.
pub async fn set(caller: Caller, token: Path<String>, form: Form) -> Result<HttpResponse> {
    let Some(link) = find(&caller, &token).await? else { return gone(&caller).answer() };
    let password = match choose(&caller, &form, &[&link.email]).await? {
        Ok(password) => password,
        Err(weakness) => return page(&caller, &token, &[("new_password", weakness)]).answer(),
    };
    let who = caller.who(Actor::Nobody);
    let set = move |conn: &mut _| choose_password(conn, &who, &link, &password);
    match caller.visit.shop.db.write(set).await? {
        Some(_) => Ok(see_other(&caller.visit.href("/admin/sign-in"))),
        None => gone(&caller).answer(),
    }
}

async fn find(caller: &Caller, token: &str) -> Result<Option<Link>> {
    let token = LinkToken::parse(token).ok_or(Error::NotFound)?;
    let now = caller.visit.now;
    let find = move |conn: &mut _| links::find(conn, &token, &[Purpose::StaffReset], now);
    caller.visit.shop.db.read(find).await
}

fn page(caller: &Caller, token: &str, mistakes: &[Mistake]) -> DoorPage {
    let page = DoorPage::new(caller, "admin-new-password", &format!("/admin/password/{token}"));
    let shell = &page.shell;
    let password = Field::password(shell, "new_password", "admin-new-password");
    DoorPage {
        fields: vec![password.hint(shell.t("admin-password-hint")).with(shell, mistakes)],
        button: shell.t("admin-save").to_owned(),
        ..page
    }
}
