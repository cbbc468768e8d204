//! Session cookies outlive their keys: one that an older key made is read, and made anew with the
//! newest. The session's own middleware knows one key only.

use actix_session::SessionExt;
use actix_web::body::MessageBody;
use actix_web::cookie::{Cookie, CookieJar, Key};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{COOKIE, HeaderMap, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, web};
use std::sync::Arc;

/// The name of the session's cookie, and the keys that may have made it, the newest first.
#[derive(Clone)]
pub struct CookieKeys {
    pub name: &'static str,
    pub keys: Arc<[Key]>,
}

#[derive(Clone, Copy)]
struct MadeByOldKey;

/// Stands before the session: gives it a cookie of the newest key in place of an older one's.
pub async fn accept<B: MessageBody>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    let keys = request.app_data::<web::Data<CookieKeys>>();
    if let Some(line) = keys.and_then(|keys| keys.renewed(request.headers())) {
        request.headers_mut().insert(COOKIE, line);
        request.extensions_mut().insert(MadeByOldKey);
    }
    next.call(request).await
}

/// Stands behind the session: the visitor gets the new cookie.
pub async fn renew<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    if request.extensions().get::<MadeByOldKey>().is_some() {
        request.get_session().renew();
    }
    next.call(request).await
}

impl CookieKeys {
    /// The one that makes cookies.
    pub fn newest(&self) -> Key {
        // A shop without a key does not start; one of the moment lets nobody in.
        self.keys.first().cloned().unwrap_or_else(Key::generate)
    }

    /// What is in a cookie that one of these keys has made.
    pub fn open(&self, cookie: &Cookie<'_>) -> Option<String> {
        let opened = self.keys.iter().find_map(|key| open(key, cookie))?;
        Some(opened.value().to_owned())
    }

    /// A cookie that only these keys can read.
    pub fn seal(&self, cookie: Cookie<'static>) -> Option<Cookie<'static>> {
        seal(self.keys.first()?, cookie)
    }

    /// The visitor's cookies with the session's made anew, if an older key made it.
    fn renewed(&self, headers: &HeaderMap) -> Option<HeaderValue> {
        let [newest, older @ ..] = &*self.keys else { return None };
        if older.is_empty() {
            return None;
        }
        let lines = headers.get_all(COOKIE).filter_map(|line| line.to_str().ok());
        let mut cookies: Vec<Cookie<'_>> = lines
            .flat_map(|line| line.split(';'))
            .filter_map(|text| Cookie::parse_encoded(text).ok())
            .collect();
        let cookie = cookies.iter_mut().find(|cookie| cookie.name() == self.name)?;
        if open(newest, cookie).is_some() {
            return None;
        }
        *cookie = seal(newest, older.iter().find_map(|key| open(key, cookie))?)?;
        let all: Vec<String> =
            cookies.iter().map(|cookie| cookie.stripped().encoded().to_string()).collect();
        HeaderValue::try_from(all.join("; ")).ok()
    }
}

fn open(key: &Key, cookie: &Cookie<'_>) -> Option<Cookie<'static>> {
    CookieJar::new().private(key).decrypt(cookie.clone().into_owned())
}

fn seal(key: &Key, cookie: Cookie<'static>) -> Option<Cookie<'static>> {
    let mut jar = CookieJar::new();
    let name = cookie.name().to_owned();
    jar.private_mut(key).add(cookie);
    jar.get(&name).cloned()
}
