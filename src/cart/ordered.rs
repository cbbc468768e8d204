//! A cart that has become an order already, though the answer may not have reached the shopper:
//! she finds the order where she left the cart.

use actix_web::HttpResponse;

use super::model::Cart;
use super::queries;
use crate::error::Result;
use crate::ids::{CartId, OrderToken};
use crate::web::{Visit, see_other, session};

/// The order that came of a cart.
pub async fn find_order(visit: &Visit, cart: Option<CartId>) -> Result<Option<OrderToken>> {
    let Some(cart) = cart else { return Ok(None) };
    visit.shop.db.read(move |conn| queries::find_order_of(conn, &cart)).await
}

/// To the order's page. The cart that it came of is done with, but not one that was filled since.
pub fn to_order(visit: &Visit, token: &OrderToken, cart: Option<&CartId>) -> HttpResponse {
    if Cart::read(&visit.session).map(|known| known.id).as_ref() == cart {
        session::drop_cart(&visit.session);
    }
    see_other(&visit.href(&format!("/orders/{}", token.as_str())))
}
