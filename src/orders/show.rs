//! `GET /orders/{token}`: thank you, what happens next, and everything that was ordered.

use actix_web::web::Path;
use askama::Template;

use super::model::{Handover, Payment};
use super::queries;
use super::told::Told;
use crate::cart;
use crate::error::{Error, Result};
use crate::ids::OrderToken;
use crate::web::{Head, Html, Shell, Visit};

#[derive(Template)]
#[template(path = "orders/show.html")]
struct OrderPage {
    shell: Shell,
    order: Told,
    /// What is wrong with the picture of a transfer that was just sent; empty for nothing.
    wrong: String,
}

pub async fn show(visit: Visit, token: Path<String>) -> Result<Html> {
    let token = OrderToken::parse(&token).ok_or(Error::NotFound)?;
    page(visit, token, "").await
}

/// The page of an order, with the message `wrong` about a file that was sent; empty for none.
pub async fn page(mut visit: Visit, token: OrderToken, wrong: &str) -> Result<Html> {
    let receipt = visit.shop.db.read(move |conn| queries::find_receipt(conn, &token)).await?;
    let receipt = receipt.ok_or(Error::NotFound)?;
    cart::forget(&mut visit, &receipt.order.cart_id).await?;
    let mut shell = visit.shell(Head::of_order(""));
    let order = Told::of(&shell, receipt)?;
    let title = shell.with("order-number", "number", &order.number);
    let wrong = if wrong.is_empty() { "" } else { shell.t(wrong) }.to_owned();
    shell.head.title = match wrong.as_str() {
        "" => title,
        _ => shell.with("error-title", "title", &title),
    };
    Ok(Html::page(&OrderPage { shell, order, wrong })?.personal())
}
