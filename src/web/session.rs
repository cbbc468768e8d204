//! The encrypted cookie session, by names: the only door to it.

use actix_session::Session;

use crate::error::{Error, Result};
use crate::ids::{SessionToken, WishlistKey};
pub use crate::sessions::StoredCart;

const CART: &str = "cart";
const WISHLIST: &str = "wishlist";
const SIGN_IN: &str = "sign_in";

/// The cart of this visitor, if she has one. A cookie that cannot be read is no cart.
pub fn cart(session: &Session) -> Option<StoredCart> {
    session.get(CART).ok().flatten()
}

pub fn keep_cart(session: &Session, cart: &StoredCart) -> Result<()> {
    session.insert(CART, cart).map_err(|error| Error::internal(error.to_string()))
}

/// A visitor with nothing to remember has no cookie.
pub fn drop_cart(session: &Session) {
    forget(session, CART);
}

/// Which wishlist is this visitor's, if she has one as a guest.
pub fn wishlist(session: &Session) -> Option<WishlistKey> {
    let key: String = session.get(WISHLIST).ok().flatten()?;
    WishlistKey::parse(&key)
}

pub fn keep_wishlist(session: &Session, key: &WishlistKey) -> Result<()> {
    session.insert(WISHLIST, key.as_str()).map_err(|error| Error::internal(error.to_string()))
}

pub fn drop_wishlist(session: &Session) {
    forget(session, WISHLIST);
}

/// What this visitor's cookie says of who she is. Whether it is still true, only `sessions` knows.
pub fn signed_in(session: &Session) -> Option<SessionToken> {
    let token: String = session.get(SIGN_IN).ok().flatten()?;
    SessionToken::parse(&token)
}

/// Signs her in. From now on her account keeps her cart and her wishes.
pub fn sign_in(session: &Session, token: &SessionToken) -> Result<()> {
    session.remove(CART);
    session.remove(WISHLIST);
    session.insert(SIGN_IN, token.expose()).map_err(|error| Error::internal(error.to_string()))
}

pub fn sign_out(session: &Session) {
    forget(session, SIGN_IN);
}

fn forget(session: &Session, what: &str) {
    session.remove(what);
    if session.entries().is_empty() {
        session.purge();
    }
}
