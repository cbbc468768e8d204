//! A request of a customer who is signed in: the argument of every handler that is hers alone.

use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::LocalBoxFuture;

use super::next;
use crate::error::{Error, Result};
use crate::sessions::{SignedIn, Who};
use crate::web::Visit;

/// A visit of somebody whom we know. Whoever is not signed in is asked to, and then comes back.
pub struct Member {
    pub visit: Visit,
    pub customer: SignedIn,
}

impl Member {
    pub fn who(&self) -> Who {
        Who::Customer(self.customer.id)
    }

    async fn of(request: &HttpRequest) -> Result<Self> {
        let visit = Visit::of(request).await?;
        let Some(customer) = visit.customer.clone() else {
            let path = match *request.method() {
                Method::GET => visit.path.as_str(),
                _ => "/account",
            };
            let at = visit.href(&next::sign_in_then(path));
            return Err(Error::SignInFirst { at });
        };
        Ok(Self { visit, customer })
    }
}

impl FromRequest for Member {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Self::of(&request).await })
    }
}
