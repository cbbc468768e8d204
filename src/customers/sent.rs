//! `GET /account/sent`: what was asked for comes by mail, if it comes.

use askama::Template;

use crate::error::Result;
use crate::web::{Head, Html, Shell, Visit};

#[derive(Template)]
#[template(path = "customers/sent.html")]
struct SentPage {
    shell: Shell,
}

pub async fn show(visit: Visit) -> Result<Html> {
    let mut shell = visit.shell(Head::of_account());
    shell.head.title = shell.t("account-sent-heading").to_owned();
    Ok(Html::page(&SentPage { shell })?.personal())
}
