//! A cart that has become an order already, though the answer may not have reached the shopper:
//! she finds the order where she left the cart.

use actix_session::Session;
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

/// Whoever has seen the order is done with the cart that it came of, but not with one that was filled
/// since.
pub fn forget(session: &Session, cart: &str) {
    if Cart::read(session).is_some_and(|known| known.id.as_str() == cart) {
        session::drop_cart(session);
    }
}

/// To the order's page.
pub fn to_order(visit: &Visit, token: &OrderToken, cart: Option<&CartId>) -> HttpResponse {
    if let Some(cart) = cart {
        forget(&visit.session, cart.as_str());
    }
    see_other(&visit.href(&format!("/orders/{}", token.as_str())))
}
