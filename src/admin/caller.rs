//! Whoever knocks: a request to the back office, before it is known whose it is.

use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::Payload;
use actix_web::http::header::USER_AGENT;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use std::future::{Ready, ready};

use crate::audit::{Actor, Who};
use crate::config::Purpose;
use crate::error::{Error, Result};
use crate::ids::SessionToken;
use crate::sessions;
use crate::staff::Seal;
use crate::web::logging::RequestId;
use crate::web::{Shop, Visit};

/// A request, from where it comes, and what its cookie holds.
pub struct Caller {
    pub visit: Visit,
    pub token: Option<SessionToken>,
    /// What she uses, in words.
    pub device: String,
    request: String,
}

impl Caller {
    pub fn of(request: &HttpRequest) -> Result<Self> {
        let visit = Visit::unasked(request)?;
        let cookie = request.cookie(cookie_name(&visit.shop));
        let agent = request.headers().get(USER_AGENT).and_then(|agent| agent.to_str().ok());
        let id = request.extensions().get().map(RequestId::to_string);
        Ok(Self {
            token: cookie.and_then(|cookie| SessionToken::parse(cookie.value())),
            device: sessions::device(agent.unwrap_or_default()),
            request: id.unwrap_or_default(),
            visit,
        })
    }

    /// As the audit log knows her, once it is known who she is.
    pub fn who(&self, actor: Actor) -> Who {
        let (address, request) = (self.visit.client.to_string(), self.request.clone());
        Who { actor, address, request, at: self.visit.now }
    }

    /// What seals the secrets of the staff.
    pub fn seal(&self) -> Seal {
        Seal::new(self.visit.shop.keys.of(Purpose::StaffSecrets).as_bytes())
    }

    /// The cookie of a sign-in. It ends with the browser, and with the row that it names.
    pub fn cookie(&self, token: &SessionToken) -> Cookie<'static> {
        Cookie::build(cookie_name(&self.visit.shop), token.expose().to_owned())
            .path("/")
            .secure(self.visit.shop.public_url.is_https())
            .http_only(true)
            // No other site can even open a page of the back office in her name.
            .same_site(SameSite::Strict)
            .finish()
    }
}

/// Another one than the shop's, which would be sent with every picture of a page.
fn cookie_name(shop: &Shop) -> &'static str {
    match shop.public_url.is_https() {
        true => "__Host-etalase-staff",
        false => "etalase-staff",
    }
}

impl FromRequest for Caller {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(request))
    }
}
