//! The moment in which somebody becomes a customer who is signed in.

use actix_web::HttpRequest;
use actix_web::http::header::USER_AGENT;
use chrono::NaiveDateTime;

use super::next::own_path;
use super::queries;
use crate::blocks;
use crate::cart::{self, Cart, Joined};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::{CustomerId, SessionToken, WishlistKey};
use crate::orders;
use crate::sessions::{self, SignIn, Stay, Who, device};
use crate::web::{Visit, session};
use crate::wishes;

/// How somebody comes in.
pub(super) struct Entry {
    stay: Stay,
    device: String,
    /// Of whoever was signed in on this device before.
    last: Option<SessionToken>,
    /// What she has put into the cart as a guest.
    cart: Option<Cart>,
    wishlist: Option<WishlistKey>,
    at: NaiveDateTime,
}

/// Somebody who has just been signed in.
pub(super) struct Entered {
    token: SessionToken,
    joined: Joined,
}

/// On what a request was made, in words.
pub(super) fn device_of(request: &HttpRequest) -> String {
    let said = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok());
    device(said.unwrap_or_default())
}

/// Whether nobody comes in with this address any more. She has shown by now that it is hers.
pub(super) async fn is_shut_out(visit: &Visit, email: &str) -> Result<bool> {
    let email = email.to_owned();
    visit.shop.db.read(move |conn| blocks::shuts_out(conn, &email, None)).await
}

impl Entry {
    pub fn new(visit: &Visit, stay: Stay, device: String) -> Self {
        let is_guest = visit.customer.is_none();
        Self {
            stay,
            device,
            last: session::signed_in(&visit.session),
            // Somebody else's stays hers.
            cart: is_guest.then(|| Cart::read(visit)).flatten(),
            wishlist: is_guest.then(|| session::wishlist(&visit.session)).flatten(),
            at: visit.now,
        }
    }

    /// Begins the session and joins carts and wishlists, inside the caller's transaction. Her mailbox
    /// is proven, so what was ordered with it by a guest is hers, too.
    pub fn write(&self, conn: &mut Conn, id: CustomerId) -> Result<Entered> {
        let email = queries::key_of(conn, id)?;
        orders::adopt(conn, id, &email)?;
        if let Some(last) = &self.last {
            sessions::end_of(conn, last)?;
        }
        let (who, device) = (Who::Customer(id), self.device.clone());
        let token = sessions::begin(conn, &SignIn { who, stay: self.stay, device }, self.at)?;
        let joined = cart::join(conn, id, self.cart.as_ref(), self.at)?;
        wishes::join(conn, id, self.wishlist.as_ref(), self.at)?;
        Ok(Entered { token, joined })
    }
}

impl Entered {
    /// Puts the new id into the cookie; where she goes from here. Carts that became one are shown
    /// first.
    pub fn go_on(&self, visit: &Visit, next: &str) -> Result<String> {
        session::sign_in(&visit.session, &self.token)?;
        Ok(match self.joined {
            Joined::Nothing => own_path(next).to_owned(),
            Joined::Both { left_out } => format!("/cart?joined={left_out}"),
        })
    }
}
