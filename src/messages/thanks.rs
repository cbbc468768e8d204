//! `GET /contact/sent`: her message has arrived.

use askama::Template;

use crate::error::Result;
use crate::web::{Head, Html, Shell, Visit};

#[derive(Template)]
#[template(path = "messages/thanks.html")]
struct ThanksPage {
    shell: Shell,
}

pub async fn show(visit: Visit) -> Result<Html> {
    let mut shell = visit.shell(Head::of_account());
    shell.head.title = shell.t("contact-thanks-heading").to_owned();
    Ok(Html::page(&ThanksPage { shell })?.personal())
}
