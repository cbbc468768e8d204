//! `/admin/sign-in`: address and password.

use actix_web::HttpResponse;

use super::code;
use super::enter::{enter, refuse};
use super::form::DoorPage;
use crate::admin::caller::Caller;
use crate::admin::field::Field;
use crate::error::Result;
use crate::limits::Limit;
use crate::passwords::Checked;
use crate::staff::find_known;
use crate::web::Form;

pub async fn show(caller: Caller) -> Result<HttpResponse> {
    let query = caller.visit.query()?;
    page(&caller, &Form::default(), query.get("next").unwrap_or_default()).answer()
}

/// Says the same, after as long, whether the address is known or not (ASVS 6.3.8).
pub async fn sign_in(caller: Caller, form: Form) -> Result<HttpResponse> {
    let (email, wanted) = (form.get("email").to_lowercase(), form.get("next"));
    caller.visit.spend(Limit::SignIn, &email).await?;
    let shop = &caller.visit.shop;
    let known = shop.db.read(move |conn| find_known(conn, &email)).await?;
    let hash = known.as_ref().and_then(|known| known.password());
    let typed = form.find("password").unwrap_or_default();
    match (shop.passwords.check(typed, hash).await?, known) {
        (Checked::Right { .. }, Some(known)) if known.account.has_second_factor => {
            code::ask(&caller, &known, wanted)
        }
        (Checked::Right { renewed }, Some(known)) => enter(&caller, known, renewed, wanted).await,
        (_, known) => {
            refuse(&caller, known).await?;
            let page = page(&caller, &form, wanted);
            let error = page.shell.t("admin-sign-in-wrong").to_owned();
            DoorPage { error, ..page }.answer()
        }
    }
}

fn page(caller: &Caller, form: &Form, wanted: &str) -> DoorPage {
    let page = DoorPage::new(caller, "admin-sign-in", "/admin/sign-in");
    let shell = &page.shell;
    DoorPage {
        fields: vec![
            Field::email(shell, form),
            Field::password(shell, "password", "admin-password"),
        ],
        hidden: vec![("next", wanted.to_owned())],
        button: shell.t("admin-sign-in").to_owned(),
        link: Some((shell.href("/admin/forgot").into_owned(), shell.t("admin-forgot").to_owned())),
        ..page
    }
}
