//! `POST /admin/sign-in/code`: the second step, with a code of the app or a recovery code.

use actix_web::HttpResponse;

use super::enter::{enter, refuse};
use super::form::DoorPage;
use crate::admin::caller::Caller;
use crate::admin::field::Field;
use crate::error::Result;
use crate::limits::Limit;
use crate::staff::{Known, actor, find_by_ticket, ticket, use_code};
use crate::web::{Form, see_other};

/// The page that asks for it, after the right password.
pub(super) fn ask(caller: &Caller, known: &Known, wanted: &str) -> Result<HttpResponse> {
    page(caller, ticket(&caller.seal(), known, caller.visit.now)?, wanted).answer()
}

pub async fn sign_in(caller: Caller, form: Form) -> Result<HttpResponse> {
    let (sealed, wanted) = (form.get("ticket").to_owned(), form.get("next"));
    let (db, now, seal) = (&caller.visit.shop.db, caller.visit.now, caller.seal());
    let found = db.read(move |conn| find_by_ticket(conn, &seal, &sealed, now)).await?;
    // It took too long, or something has changed: from the beginning.
    let Some(known) = found else {
        return Ok(see_other(&caller.visit.href("/admin/sign-in")));
    };
    caller.visit.spend(Limit::SecondFactor, &known.account.email).await?;
    let (who, seal) = (caller.who(actor(&known.account)), caller.seal());
    let (tried, typed) = (known.clone(), form.get("code").to_owned());
    if db.write(move |conn| use_code(conn, (&who, &seal), &tried, &typed)).await? {
        caller.visit.give_back(Limit::SecondFactor, &known.account.email).await?;
        return enter(&caller, known, None, wanted).await;
    }
    refuse(&caller, Some(known)).await?;
    let page = page(&caller, form.get("ticket").to_owned(), wanted);
    let fields = page.fields.into_iter();
    let mistakes = [("code", "admin-code-wrong")];
    let fields = fields.map(|field| field.with(&page.shell, &mistakes)).collect();
    DoorPage { fields, ..page }.answer()
}

fn page(caller: &Caller, ticket: String, wanted: &str) -> DoorPage {
    let page = DoorPage::new(caller, "admin-code-heading", "/admin/sign-in/code");
    let shell = &page.shell;
    DoorPage {
        lead: shell.t("admin-code-lead").to_owned(),
        fields: vec![Field::code(shell)],
        hidden: vec![("ticket", ticket), ("next", wanted.to_owned())],
        button: shell.t("admin-sign-in").to_owned(),
        ..page
    }
}
