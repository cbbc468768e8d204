//! What stands behind a link that does nothing any more, or never did.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use crate::error::Result;
use crate::web::{Head, Html, Shell, Visit};

#[derive(Template)]
#[template(path = "customers/dead_link.html")]
struct DeadLinkPage {
    shell: Shell,
}

pub(super) fn page(visit: &Visit) -> Result<HttpResponse> {
    let mut shell = visit.shell(Head::of_account());
    shell.head.title = shell.t("account-dead-link-heading").to_owned();
    let page = Html::page(&DeadLinkPage { shell })?.status(StatusCode::GONE);
    Ok(page.personal().into_response())
}
