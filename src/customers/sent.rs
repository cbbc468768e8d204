//! `GET /account/sent`: what was asked for comes by mail, if it comes.

use askama::Template;

use crate::error::Result;
use crate::web::{Head, Html, Shell, Visit};

#[derive(Template)]
#[template(path = "customers/sent.html")]
struct SentPage {
    shell: Shell,
    lead: String,
}

pub async fn show(visit: Visit) -> Result<Html> {
    let mut shell = visit.shell(Head::of_account());
    shell.head.title = shell.t("account-sent-heading").to_owned();
    let lead = match visit.query()?.get("to") {
        Some("both") => "account-sent-both",
        _ => "account-sent-lead",
    };
    let lead = shell.t(lead).to_owned();
    Ok(Html::page(&SentPage { shell, lead })?.personal())
}
