//! The encrypted cookie session, by names: the only door to it.

use actix_session::Session;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

const CART: &str = "cart";

/// A cart as the cookie keeps it: what the cart room packs into `lines` is its own business.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StoredCart {
    pub id: String,
    pub lines: String,
    /// How many units: every page's header shows it.
    pub count: i64,
    /// The codes for discounts, as they are compared.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<String>,
}

/// The cart of this visitor, if she has one. A cookie that cannot be read is no cart.
pub fn cart(session: &Session) -> Option<StoredCart> {
    session.get(CART).ok().flatten()
}

pub fn keep_cart(session: &Session, cart: &StoredCart) -> Result<()> {
    session.insert(CART, cart).map_err(|error| Error::internal(error.to_string()))
}

/// A visitor with nothing to remember has no cookie.
pub fn drop_cart(session: &Session) {
    session.remove(CART);
    if session.entries().is_empty() {
        session.purge();
    }
}
