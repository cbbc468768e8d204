//! `GET /account/forgotten`: the last page of somebody who has left.

use askama::Template;

use crate::error::Result;
use crate::web::{Head, Html, Shell, Visit};

#[derive(Template)]
#[template(path = "customers/forgotten.html")]
struct ForgottenPage {
    shell: Shell,
}

pub async fn show(visit: Visit) -> Result<Html> {
    let mut shell = visit.shell(Head::of_account());
    shell.head.title = shell.t("account-forgotten-heading").to_owned();
    Ok(Html::page(&ForgottenPage { shell })?.personal())
}
