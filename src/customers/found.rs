//! How an order stands, without anything of what is in it (`find.rs`).

use actix_web::HttpResponse;
use askama::Template;

use crate::error::Result;
use crate::orders::{Receipt, Told};
use crate::web::{Head, Html, Shell, Visit};

#[derive(Template)]
#[template(path = "customers/found.html")]
struct FoundPage {
    shell: Shell,
    order: Told,
}

pub(super) fn page(visit: &Visit, receipt: Receipt) -> Result<HttpResponse> {
    let mut shell = visit.shell(Head::of_account());
    let order = Told::of(&shell, receipt)?;
    shell.head.title = shell.with("order-number", "number", &order.number);
    Ok(Html::page(&FoundPage { shell, order })?.personal().into_response())
}
