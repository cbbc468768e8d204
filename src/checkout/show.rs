//! `GET /checkout`.

use actix_web::HttpResponse;
use actix_web::web::Data;

use super::desk::Desk;
use super::page::{self, News};
use crate::cart::{Cart, find_order, to_order};
use crate::error::Result;
use crate::payments::Gateways;
use crate::web::{Form, Visit, see_other};

/// Without a cart, or with one that must be mended first, the cart page says what to do.
pub async fn show(visit: Visit, gateways: Data<Gateways>) -> Result<HttpResponse> {
    let to_cart = || Ok(see_other(&visit.href("/cart")));
    let Some(cart) = Cart::read(&visit) else { return to_cart() };
    if let Some(token) = find_order(&visit, Some(cart.id.clone())).await? {
        return to_order(&visit, &token, Some(&cart.id)).await;
    }
    // What she has told us already is not asked again.
    let form = match &visit.customer {
        Some(customer) => Form::filled(&[("email", &customer.email), ("name", &customer.name)]),
        None => Form::default(),
    };
    let desk = Desk::load(&visit, &gateways, cart, &form).await?;
    match desk.quote(&form) {
        Ok(quote) if desk.is_whole() => {
            Ok(page::show(&visit, &desk, Some(&quote), &form, (News::None, &[]))?.into_response())
        }
        _ => to_cart(),
    }
}
