//! `GET /checkout`.

use actix_web::HttpResponse;
use actix_web::web::Data;

use super::book::Book;
use super::desk::Desk;
use super::page::{self, News};
use crate::cart::{Cart, find_order, to_order};
use crate::error::Result;
use crate::payments::Gateways;
use crate::web::{Visit, see_other};

/// Without a cart, or with one that must be mended first, the cart page says what to do.
pub async fn show(visit: Visit, gateways: Data<Gateways>) -> Result<HttpResponse> {
    let to_cart = || Ok(see_other(&visit.href("/cart")));
    let Some(cart) = Cart::read(&visit) else { return to_cart() };
    if let Some(token) = find_order(&visit, Some(cart.id.clone())).await? {
        return Ok(to_order(&visit, &token));
    }
    let book = Book::of(&visit).await?;
    let form = book.begin(visit.customer.as_ref());
    let desk = Desk::load(&visit, &gateways, (cart, book), &form).await?;
    match desk.quote(&form) {
        Ok(quote) if desk.is_whole() => {
            Ok(page::show(&visit, &desk, Some(&quote), &form, (News::None, &[]))?.into_response())
        }
        _ => to_cart(),
    }
}
