//! `/admin/join/{token}`: somebody joins the staff, or begins it.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::enter::enter;
use super::form::DoorPage;
use super::weakness::choose;
use crate::admin::caller::Caller;
use crate::admin::field::{Field, Mistake};
use crate::audit::Actor;
use crate::error::{Error, Result};
use crate::ids::LinkToken;
use crate::links::{self, Link, Owner, Purpose};
use crate::staff::{self, Newcomer, known_of};
use crate::values::Email;
use crate::web::Form;

pub async fn show(caller: Caller, token: Path<String>) -> Result<HttpResponse> {
    match find(&caller, &token).await? {
        Some(link) => page(&caller, &token, &link, &Form::default(), &[]).answer(),
        None => gone(&caller).answer(),
    }
}

pub async fn join(caller: Caller, token: Path<String>, form: Form) -> Result<HttpResponse> {
    let Some(link) = find(&caller, &token).await? else { return gone(&caller).answer() };
    let new = match read(&caller, &link, &form).await? {
        Ok(new) => new,
        Err(mistakes) => return page(&caller, &token, &link, &form, &mistakes).answer(),
    };
    let (who, first) = (caller.who(Actor::Nobody), first_page(&link));
    let join = move |conn: &mut _| match staff::join(conn, &who, &link, &new)? {
        Some(id) => known_of(conn, id),
        None => Ok(None),
    };
    match caller.visit.shop.db.write(join).await? {
        Some(known) => enter(&caller, known, None, first).await,
        None => gone(&caller).answer(),
    }
}

/// The owner begins with what a new shop is asked.
fn first_page(link: &Link) -> &'static str {
    match link.owner {
        Owner::Nobody => "/admin/start/name",
        _ => "/admin",
    }
}

async fn find(caller: &Caller, token: &str) -> Result<Option<Link>> {
    let token = LinkToken::parse(token).ok_or(Error::NotFound)?;
    let now = caller.visit.now;
    let find = move |conn: &mut _| links::find(conn, &token, &[Purpose::Invite], now);
    caller.visit.shop.db.read(find).await
}

async fn read(
    caller: &Caller,
    link: &Link,
    form: &Form,
) -> Result<std::result::Result<Newcomer, Vec<Mistake>>> {
    let mut mistakes = Vec::new();
    let name = form.get("name").to_owned();
    if name.is_empty() || !Field::fits(form, "name", 100) {
        mistakes.push(("name", "admin-name-wrong"));
    }
    let email = Email::parse(form.get("email"));
    if link.owner == Owner::Nobody && email.is_none() {
        mistakes.push(("email", "admin-email-wrong"));
    }
    let known = [link.email.as_str(), form.get("email"), name.as_str()];
    Ok(match choose(caller, form, &known).await? {
        Ok(password) if mistakes.is_empty() => Ok(Newcomer { email, name, password }),
        Ok(_) => Err(mistakes),
        Err(weakness) => {
            mistakes.push(("new_password", weakness));
            Err(mistakes)
        }
    })
}

fn page(caller: &Caller, token: &str, link: &Link, form: &Form, mistakes: &[Mistake]) -> DoorPage {
    let heading = match link.owner {
        Owner::Nobody => "admin-first-owner",
        _ => "admin-join",
    };
    let page = DoorPage::new(caller, heading, &format!("/admin/join/{token}"));
    let shell = &page.shell;
    let name = Field { autocomplete: "name", ..Field::text(shell, "name", "admin-name", form) };
    let mut fields = vec![name];
    if link.owner == Owner::Nobody {
        fields.push(Field::email(shell, form));
    }
    let password = Field::password(shell, "new_password", "admin-new-password");
    fields.push(password.hint(shell.t("admin-password-hint")));
    DoorPage {
        lead: match link.owner {
            Owner::Nobody => shell.t("admin-first-owner-lead").to_owned(),
            _ => shell.with("admin-join-lead", "email", &link.email),
        },
        fields: fields.into_iter().map(|field| field.with(shell, mistakes)).collect(),
        button: shell.t("admin-join-button").to_owned(),
        ..page
    }
}

/// What a link shows that does nothing any more.
pub(super) fn gone(caller: &Caller) -> DoorPage {
    let page = DoorPage::new(caller, "admin-link-gone", "/admin/sign-in");
    let shell = &page.shell;
    DoorPage {
        error: shell.t("admin-link-gone-lead").to_owned(),
        link: Some((
            shell.href("/admin/sign-in").into_owned(),
            shell.t("admin-sign-in").to_owned(),
        )),
        ..page
    }
}
