//! Whoever knocks: a request to the back office, before it is known whose it is.

use actix_web::cookie::{Cookie, SameSite, time::Duration};
use actix_web::dev::Payload;
use actix_web::http::header::USER_AGENT;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use std::future::{Ready, ready};

use crate::audit::{Actor, Who};
use crate::config::Purpose;
use crate::error::{Error, Result};
use crate::ids::{SessionToken, StaffId};
use crate::sessions;
use crate::staff::{Device, Seal, is_known_device, mark_device};
use crate::web::logging::RequestId;
use crate::web::{Shop, Visit};

/// Browsers keep no cookie longer than that.
const KNOWN_FOR: Duration = Duration::days(400);

/// A request, from where it comes, and what its cookies hold.
pub struct Caller {
    pub visit: Visit,
    pub token: Option<SessionToken>,
    /// What she uses, in words.
    device: String,
    request: HttpRequest,
}

impl Caller {
    pub fn of(request: &HttpRequest) -> Result<Self> {
        let visit = Visit::unasked(request)?;
        let cookie = request.cookie(cookie_name(&visit.shop));
        let agent = request.headers().get(USER_AGENT).and_then(|agent| agent.to_str().ok());
        Ok(Self {
            token: cookie.and_then(|cookie| SessionToken::parse(cookie.value())),
            device: sessions::device(agent.unwrap_or_default()),
            request: request.clone(),
            visit,
        })
    }

    /// As the audit log knows her, once it is known who she is.
    pub fn who(&self, actor: Actor) -> Who {
        let request = self.request.extensions().get().map(RequestId::to_string);
        let (address, request) = (self.visit.client.to_string(), request.unwrap_or_default());
        Who { actor, address, request, at: self.visit.now }
    }

    /// What seals the secrets of the staff.
    pub fn seal(&self) -> Seal {
        Seal::new(self.visit.shop.keys.of(Purpose::StaffSecrets).as_bytes())
    }

    /// What somebody uses, and whether she has signed in there before.
    pub fn device(&self, id: StaffId) -> Device {
        let mark = self.request.cookie(&device_name(&self.visit.shop, id));
        let is_known = mark.is_some_and(|mark| is_known_device(&self.seal(), id, mark.value()));
        Device { words: self.device.clone(), is_known }
    }

    /// The cookie of a sign-in. It ends with the browser, and with the row that it names.
    pub fn cookie(&self, token: &SessionToken) -> Cookie<'static> {
        self.keep(cookie_name(&self.visit.shop).to_owned(), token.expose().to_owned())
    }

    /// The cookie by which a browser is known again when somebody signs in there.
    pub fn device_cookie(&self, id: StaffId) -> Result<Cookie<'static>> {
        let mark = mark_device(&self.seal(), id)?;
        let mut cookie = self.keep(device_name(&self.visit.shop, id), mark);
        cookie.set_max_age(KNOWN_FOR);
        Ok(cookie)
    }

    fn keep(&self, name: String, value: String) -> Cookie<'static> {
        Cookie::build(name, value)
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

/// One for each account: several may use a browser.
fn device_name(shop: &Shop, id: StaffId) -> String {
    format!("{}-device-{id}", cookie_name(shop))
}

impl FromRequest for Caller {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(request))
    }
}
