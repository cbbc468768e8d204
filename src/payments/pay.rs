//! `GET /orders/{token}/pay`: the ways in which an order can still be paid.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use askama::Template;

use super::again::load;
use super::choice::choice;
use super::gateways::Gateways;
use super::payable::Payable;
use crate::error::{Error, Result};
use crate::ids::OrderToken;
use crate::web::{Choice, Head, Html, Shell, Visit, see_other};

#[derive(Template)]
#[template(path = "payments/pay.html")]
struct PayPage {
    shell: Shell,
    /// The order's page, and the number that it is called by.
    order: String,
    number: String,
    /// What is still to be paid.
    due: String,
    choices: Vec<Choice>,
}

/// An order that wants no money has its own page to say so.
pub async fn show(
    visit: Visit,
    gateways: Data<Gateways>,
    token: Path<String>,
) -> Result<HttpResponse> {
    let token = OrderToken::parse(&token).ok_or(Error::NotFound)?;
    let order = visit.href(&format!("/orders/{}", token.as_str()));
    let Some(payable) = load(&visit, &gateways, &token).await? else {
        return Ok(see_other(&order));
    };
    let shell = visit.shell(Head::of_order(""));
    let mut page = PayPage {
        order,
        due: shell.money(&payable.due),
        choices: choices(&shell, &payable),
        number: payable.order.number,
        shell,
    };
    page.shell.head.title = page.shell.with("pay-heading", "number", &page.number);
    Ok(Html::page(&page)?.personal().into_response())
}

/// The first is chosen where her own way is closed.
fn choices(shell: &Shell, payable: &Payable) -> Vec<Choice> {
    let offered = &payable.offered;
    let own = offered.iter().find(|payment| **payment == payable.payment);
    let chosen = own.or(offered.first());
    let choices = offered.iter().map(|payment| Choice {
        is_chosen: Some(payment) == chosen,
        ..choice(shell, *payment, None)
    });
    choices.collect()
}
