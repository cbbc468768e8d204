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
}

pub async fn show(mut visit: Visit, token: Path<String>) -> Result<Html> {
    let token = OrderToken::parse(&token).ok_or(Error::NotFound)?;
    let receipt = visit.shop.db.read(move |conn| queries::find_receipt(conn, &token)).await?;
    let receipt = receipt.ok_or(Error::NotFound)?;
    cart::forget(&mut visit, &receipt.order.cart_id).await?;
    let mut shell = visit.shell(Head::of_order(""));
    let order = Told::of(&shell, receipt)?;
    shell.head.title = shell.with("order-number", "number", &order.number);
    Ok(Html::page(&OrderPage { shell, order })?.personal())
}
