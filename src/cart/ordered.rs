//! A cart that has become an order already, though the answer may not have reached the shopper:
//! she finds the order where she left the cart.

use actix_web::HttpResponse;

use super::keep::drop_cart;
use super::model::Cart;
use super::queries;
use crate::error::Result;
use crate::ids::{CartId, OrderToken};
use crate::web::{Visit, see_other};

/// The order that came of a cart.
pub async fn find_order(visit: &Visit, cart: Option<CartId>) -> Result<Option<OrderToken>> {
    let Some(cart) = cart else { return Ok(None) };
    visit.shop.db.read(move |conn| queries::find_order_of(conn, &cart)).await
}

/// Whoever has seen the order is done with the cart that it came of.
pub async fn forget(visit: &mut Visit, cart: &str) -> Result<()> {
    if has(visit, cart) {
        drop_cart(visit).await?;
        visit.customer.iter_mut().for_each(|customer| customer.cart = None);
    }
    Ok(())
}

/// To the order's page. Until she has seen it her cart leads there: this answer may get lost.
pub fn to_order(visit: &Visit, token: &OrderToken) -> HttpResponse {
    see_other(&visit.href(&format!("/orders/{}", token.as_str())))
}

/// Whether this is her cart still, and not one that was filled since.
fn has(visit: &Visit, cart: &str) -> bool {
    Cart::read(visit).is_some_and(|known| known.id.as_str() == cart)
}
