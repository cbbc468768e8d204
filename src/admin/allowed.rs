//! The proof that somebody may do something: the first argument of every handler.

use actix_web::dev::Payload;
use actix_web::http::{Method, StatusCode};
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, ResponseError};
use chrono::TimeDelta;
use futures_util::future::LocalBoxFuture;
use std::marker::PhantomData;

use super::caller::Caller;
use super::desk::Desk;
use super::mistake;
use crate::audit::Who;
use crate::db::Conn;
use crate::error::Error;
use crate::sessions;
use crate::staff::{Changed, Giver, Member, Need, Permission, Rule, Seal, actor, member_of};
use crate::web::{Head, Html, Visit, see_other};

/// How long somebody may do what does harm after she has shown who she is.
const CONFIRMED_FOR: TimeDelta = TimeDelta::minutes(10);
/// A form that was opened in time may still be sent: nobody loses what she typed.
const FORM_FOR: TimeDelta = TimeDelta::minutes(20);

/// Somebody of the staff who may do what `R` needs. There is no other way to make one.
pub struct Allowed<R> {
    pub member: Member,
    caller: Caller,
    rule: PhantomData<R>,
}

impl<R> Allowed<R> {
    pub fn visit(&self) -> &Visit {
        &self.caller.visit
    }

    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    pub fn seal(&self) -> Seal {
        self.caller.seal()
    }

    /// As the audit log and the timelines know her.
    pub fn who(&self) -> Who {
        self.caller.who(actor(&self.member.account))
    }

    /// Changes something about the staff in her name, in one transaction.
    pub async fn change<T: Send + 'static>(
        &self,
        change: impl Fn(&mut Conn, &Giver<'_>) -> Changed<T> + Send + 'static,
    ) -> Changed<T> {
        let (who, may, id) = (self.who(), self.member.may.clone(), Some(self.member.id()));
        let change = move |conn: &mut Conn| change(conn, &Giver { who: &who, may: &may, id });
        self.visit().shop.db.write(change).await
    }

    pub fn may(&self, permission: Permission) -> bool {
        self.member.may.has(permission)
    }

    /// The frame of a page.
    pub fn desk(&self, title: &'static str) -> Desk {
        let mut shell = self.visit().shell(Head::private(""));
        shell.head.title = shell.t(title).to_owned();
        Desk::new(shell, &self.member)
    }
}

/// Why somebody is not let in, ready to be answered.
#[derive(Debug)]
pub enum Refusal {
    /// 303: she has to do something first, there.
    First(String),
    /// 403, in the frame of the back office.
    Forbidden(Box<Html>),
    Error(Error),
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::First(address) => write!(f, "first {address}"),
            Self::Forbidden(_) => f.write_str("forbidden"),
            Self::Error(error) => error.fmt(f),
        }
    }
}

impl ResponseError for Refusal {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::First(_) => StatusCode::SEE_OTHER,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::Error(error) => error.status_code(),
        }
    }

    fn error_response(&self) -> HttpResponse {
        match self {
            Self::First(address) => see_other(address),
            Self::Forbidden(page) => page.to_response(),
            Self::Error(error) => error.error_response(),
        }
    }
}

impl<R: Rule> FromRequest for Allowed<R> {
    type Error = Refusal;
    type Future = LocalBoxFuture<'static, Result<Self, Refusal>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let method = request.method().clone();
        let says_whence =
            ["sec-fetch-site", "origin"].iter().any(|name| request.headers().contains_key(*name));
        let request = request.clone();
        Box::pin(async move {
            if !method.is_safe() && !says_whence {
                tracing::warn!("a form from nowhere is refused");
                return Err(Error::CrossSite.into());
            }
            let allowed = allow(Caller::of(&request)?, R::NEEDS, &method).await?;
            // For the page about what may fail from here on.
            request.extensions_mut().insert(allowed.member.clone());
            Ok(allowed)
        })
    }
}

async fn allow<R>(caller: Caller, need: Need, method: &Method) -> Result<Allowed<R>, Refusal> {
    let Some(member) = find_member(&caller).await? else {
        return Err(first(&caller, "/admin/sign-in", method));
    };
    let allowed = Allowed { member, caller, rule: PhantomData };
    let (member, caller) = (&allowed.member, &allowed.caller);
    let settings = &caller.visit.frame.settings;
    let is_own = matches!(need, Need::OwnAccount | Need::OwnSecrets);
    if settings.second_factor_required && !member.account.has_second_factor && !is_own {
        return Err(Refusal::First(caller.visit.href("/admin/account/second-factor")));
    }
    if let Need::May(permission) = need
        && !member.may.has(permission)
    {
        tracing::warn!(staff = %member.id(), permission = permission.code(), "refused");
        let page = mistake::forbidden(allowed.desk("forbidden-title"))?;
        return Err(Refusal::Forbidden(Box::new(page)));
    }
    let confirmed_for = if method.is_safe() { CONFIRMED_FOR } else { FORM_FOR };
    if need.is_sensitive() && caller.visit.now - member.session.proven_at > confirmed_for {
        return Err(first(caller, "/admin/confirm", method));
    }
    Ok(allowed)
}

/// Whoever is signed in.
pub(super) async fn find_member(caller: &Caller) -> Result<Option<Member>, Error> {
    let Some(token) = caller.token.clone() else { return Ok(None) };
    let (db, now) = (&caller.visit.shop.db, caller.visit.now);
    let found = db.read(move |conn| member_of(conn, &token, now)).await?;
    if let Some(member) = &found
        && member.session.is_to_be_seen(now)
    {
        let session = member.session.clone();
        db.write(move |conn| sessions::see(conn, &session, now)).await?;
    }
    Ok(found)
}

/// What has to be done first, and where it goes on then: to the page that was asked for, or home
/// from a form, which cannot be sent again for her.
fn first(caller: &Caller, path: &str, method: &Method) -> Refusal {
    let visit = &caller.visit;
    let next = if method.is_safe() { visit.address() } else { "/admin".to_owned() };
    let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
    Refusal::First(format!("{}?next={next}", visit.href(path)))
}

/// Where to go on: an address of the back office, or its first page.
pub(super) fn next(wanted: &str) -> &str {
    let is_plain = wanted.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    let path = wanted.split('?').next().unwrap_or_default();
    let is_own = path == "/admin" || path.starts_with("/admin/");
    let is_straight = !path.contains("//") && !path.split('/').any(|part| part == "..");
    if is_plain && is_own && is_straight { wanted } else { "/admin" }
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn whoever_goes_on_stays_in_the_back_office() {
        for fine in ["/admin", "/admin/orders", "/admin/orders?q=a%20b", "/admin?x=//y"] {
            assert_eq!(next(fine), fine);
        }
        for elsewhere in [
            "",
            "/",
            "/administrator",
            "//evil.example/admin",
            "/\\evil.example",
            "https://evil.example/admin",
            "/admin/..//evil.example",
            "/admin//evil.example",
            "/admin\r\nx: y",
            "javascript:alert(1)",
        ] {
            assert_eq!(next(elsewhere), "/admin", "{elsewhere}");
        }
    }
}
