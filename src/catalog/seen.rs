//! What a visitor has looked at last: in a cookie of her own, and nowhere else.
//!
//! Only who is remembered already, by her cart, her wishes or her account, gets it: nobody has a
//! first cookie for looking, and a page for strangers is the same for all of them. It is gone when
//! the browser is closed. It is no part of the session's cookie, which is written whole: a page that
//! comes late would put a cart of before in the place of the one that another tab has filled since.

use actix_session::SessionExt;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use std::future::{Ready, ready};

use super::card::{self, Card};
use super::queries;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::ProductId;
use crate::web::rotation::CookieKeys;
use crate::web::{Shop, View};

/// So many are remembered.
const MOST: usize = 12;
/// So many are shown.
const SHOWN: usize = 4;

/// What this visitor has looked at, the latest first; nothing where that is not remembered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    products: Vec<ProductId>,
    is_kept: bool,
}

impl FromRequest for Seen {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request)))
    }
}

impl Seen {
    fn of(request: &HttpRequest) -> Self {
        let is_known = !request.get_session().entries().is_empty();
        let shop = request.app_data::<Data<Shop>>();
        let is_kept = is_known && shop.is_some_and(|it| it.frame().settings.recently_viewed);
        match is_kept {
            true => Self { products: read(request).unwrap_or_default(), is_kept },
            false => Self::default(),
        }
    }

    /// Remembers one more, in the answer that shows it.
    pub fn keep(
        mut self,
        product: ProductId,
        request: &HttpRequest,
        answer: &mut HttpResponse,
    ) -> Result<()> {
        if !self.is_kept {
            return Ok(());
        }
        self.products.retain(|known| *known != product);
        self.products.insert(0, product);
        self.products.truncate(MOST);
        let ids: Vec<String> = self.products.iter().map(ToString::to_string).collect();
        if let Some(cookie) = cookie(request, ids.join(".")) {
            answer.add_cookie(&cookie).map_err(|error| Error::internal(error.to_string()))?;
        }
        Ok(())
    }
}

/// Cards of what was seen, but for the product whose page it is. What is no longer to be seen is
/// left out.
pub fn cards(
    conn: &mut Conn,
    view: &View,
    seen: &Seen,
    but: Option<ProductId>,
) -> Result<Vec<Card>> {
    if seen.products.is_empty() {
        return Ok(Vec::new());
    }
    let visible = queries::visible_of(conn, view, &seen.products)?;
    let shown = seen.products.iter().filter(|id| visible.contains(id) && Some(**id) != but);
    let shown: Vec<ProductId> = shown.take(SHOWN).copied().collect();
    card::load(conn, view, &shown)
}

/// Forgets all of it: whoever signs out leaves nothing behind.
pub fn forget(request: &HttpRequest, answer: &mut HttpResponse) -> Result<()> {
    match cookie(request, String::new()) {
        Some(cookie) => {
            answer.add_removal_cookie(&cookie).map_err(|error| Error::internal(error.to_string()))
        }
        None => Ok(()),
    }
}

/// A cookie that somebody has touched is none.
fn read(request: &HttpRequest) -> Option<Vec<ProductId>> {
    let keys = request.app_data::<Data<CookieKeys>>()?;
    let ids = keys.open(&request.cookie(&name(keys))?)?;
    Some(ids.split('.').filter_map(|id| id.parse().ok()).map(ProductId).take(MOST).collect())
}

/// Sealed like the session's, and for this host alone. Without an age it ends with the browser.
fn cookie(request: &HttpRequest, value: String) -> Option<Cookie<'static>> {
    let keys = request.app_data::<Data<CookieKeys>>()?;
    let name = name(keys);
    let cookie = Cookie::build(name.clone(), value)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(name.starts_with("__Host-"))
        .finish();
    keys.seal(cookie)
}

fn name(keys: &CookieKeys) -> String {
    format!("{}-seen", keys.name)
}
