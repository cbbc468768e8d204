//! What stands at the end of something that leads nowhere else. `GET /account/forgotten`: of an account.

use askama::Template;

use crate::error::Result;
use crate::web::{Head, Html, Shell, Visit};

#[derive(Template)]
#[template(path = "customers/done.html")]
struct DonePage {
    shell: Shell,
    heading: String,
    lead: String,
}

pub async fn forgotten(visit: Visit) -> Result<Html> {
    page(&visit, "forgotten")
}

/// Its texts are `account-NAME-heading` and `-lead`.
pub(super) fn page(visit: &Visit, name: &str) -> Result<Html> {
    let mut shell = visit.shell(Head::of_account());
    let heading = shell.t(&format!("account-{name}-heading")).to_owned();
    shell.head.title.clone_from(&heading);
    let lead = shell.t(&format!("account-{name}-lead")).to_owned();
    Ok(Html::page(&DonePage { shell, heading, lead })?.personal())
}
