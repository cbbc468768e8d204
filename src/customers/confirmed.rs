//! `GET /account/confirmed`: what a mailbox has agreed to, and what is still missing.

use askama::Template;

use crate::error::Result;
use crate::web::{Head, Html, Shell, Visit};

#[derive(Template)]
#[template(path = "customers/confirmed.html")]
struct ConfirmedPage {
    shell: Shell,
    lead: String,
}

pub async fn show(visit: Visit) -> Result<Html> {
    let mut shell = visit.shell(Head::of_account());
    let (heading, lead) = match visit.query()?.get("done") {
        Some("half") => ("account-half-heading", "account-half-lead"),
        _ => ("account-moved-heading", "account-moved-lead"),
    };
    shell.head.title = shell.t(heading).to_owned();
    let lead = shell.t(lead).to_owned();
    Ok(Html::page(&ConfirmedPage { shell, lead })?.personal())
}
