//! Who asks, and for what: the argument of every handler.

use actix_session::{Session, SessionExt};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use chrono::{NaiveDateTime, Utc};
use futures_util::future::LocalBoxFuture;
use std::future::{Ready, ready};
use std::net::IpAddr;
use std::sync::Arc;

use super::client::Client;
use super::frame::Frame;
use super::query::Query;
use super::session::{self, StoredCart};
use super::shell::{Head, Shell};
use super::shop::Shop;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::language::{Language, LocalText};
use crate::limits::{self, Charge, Limit};
use crate::sessions::{self, SignedIn};
use crate::values::Slug;

/// Marks the request of somebody of the staff who looks at the closed shop.
#[derive(Debug, Clone, Copy)]
pub struct Preview;

/// One visitor's request: the shop that she is in, her language, her session, her address line.
pub struct Visit {
    pub shop: web::Data<Shop>,
    pub frame: Arc<Frame>,
    pub language: Language,
    /// Without the language's prefix.
    pub path: String,
    pub session: Session,
    /// Where the request comes from: of a trusted proxy, whom it names.
    pub client: IpAddr,
    /// Who is signed in.
    pub customer: Option<SignedIn>,
    /// The instant of this request (UTC): prices and publication are those of now.
    pub now: NaiveDateTime,
    /// Whether the shop is closed and only staff get here.
    pub is_preview: bool,
    query: String,
}

impl Visit {
    /// # Errors
    /// `Internal` when the application was built without a shop, `Busy` when nobody can be asked
    /// who she is.
    pub async fn of(request: &HttpRequest) -> Result<Self> {
        let mut visit = Self::unasked(request)?;
        visit.customer = visit.recognize().await?;
        if let Some(customer) = &visit.customer {
            request.extensions_mut().insert(customer.clone());
        }
        Ok(visit)
    }

    /// Without asking who she is, unless that has been done for this request.
    ///
    /// # Errors
    /// `Internal` when the application was built without a shop.
    pub fn unasked(request: &HttpRequest) -> Result<Self> {
        let shop = request
            .app_data::<web::Data<Shop>>()
            .ok_or_else(|| Error::internal("the application has no shop"))?
            .clone();
        let frame = shop.frame();
        let language = request.extensions().get::<Language>().copied();
        Ok(Self {
            language: language.unwrap_or_else(|| frame.own_language()),
            path: request.path().to_owned(),
            query: request.query_string().to_owned(),
            session: request.get_session(),
            client: Client::of(request),
            customer: request.extensions().get().cloned(),
            now: now(),
            is_preview: request.extensions().get::<Preview>().is_some(),
            frame,
            shop,
        })
    }

    /// Who has the session that the cookie names. One that has ended is forgotten; one in use is
    /// written down as that every few minutes.
    async fn recognize(&self) -> Result<Option<SignedIn>> {
        let (Some(token), now) = (session::signed_in(&self.session), self.now) else {
            return Ok(None);
        };
        let ask = move |conn: &mut Conn| sessions::find_customer(conn, &token, now);
        let found = self.shop.db.read(ask).await?;
        match &found {
            None => session::sign_out(&self.session),
            Some(known) if known.session.is_to_be_seen(now) => {
                let session = known.session.clone();
                self.shop.db.write(move |conn| sessions::see(conn, &session, now)).await?;
            }
            Some(_) => {}
        }
        Ok(found)
    }

    /// The cart that her account keeps, or her cookie.
    pub fn cart(&self) -> Option<StoredCart> {
        match &self.customer {
            Some(customer) => customer.cart.clone(),
            None => session::cart(&self.session),
        }
    }

    /// What stands after the `?`.
    ///
    /// # Errors
    /// `Malformed` when it is no text.
    pub fn query(&self) -> Result<Query> {
        Query::parse(&self.query)
    }

    /// What one use of something limited costs this visitor, to be spent in a transaction.
    pub fn charges(&self, limit: Limit, subject: &str) -> Vec<Charge> {
        self.shop.limits.charges(limit, subject, self.client)
    }

    /// Counts one use, about `subject` (the account, order or cart; empty where only the address
    /// counts), at once: a write.
    ///
    /// # Errors
    /// `TooMany` when nothing is left.
    pub async fn spend(&self, limit: Limit, subject: &str) -> Result<()> {
        let (charges, now) = (self.charges(limit, subject), self.now);
        if charges.is_empty() {
            return Ok(());
        }
        self.shop.db.write(move |conn| limits::spend(conn, &charges, now)).await
    }

    /// Undoes [`Visit::spend`]: what turned out to be meant well does not count.
    pub async fn give_back(&self, limit: Limit, subject: &str) -> Result<()> {
        let charges = self.charges(limit, subject);
        self.shop.db.write(move |conn| limits::give_back(conn, &charges)).await
    }

    /// Counts one use in memory: for what is only looked at.
    ///
    /// # Errors
    /// `TooMany` when nothing is left for this address.
    pub fn pass(&self, limit: Limit) -> Result<()> {
        self.shop.limits.pass(limit, self.client, self.now)
    }

    /// The frame of a page: header, footer, and what its `<head>` says.
    pub fn shell(&self, head: Head) -> Shell {
        let count = self.cart().map_or(0, |cart| cart.count);
        Shell::new(self, head, count)
    }

    /// An address of the shop in this visitor's language.
    pub fn href(&self, path: &str) -> String {
        self.frame.href(self.language, path).into_owned()
    }

    /// Path and query as they were asked for, without the language.
    pub fn address(&self) -> String {
        match self.query.as_str() {
            "" => self.path.clone(),
            query => format!("{}?{query}", self.path),
        }
    }

    pub(super) fn raw_query(&self) -> &str {
        &self.query
    }
}

impl Visit {
    /// What the loads of a page need to know of the visit.
    pub fn view(&self) -> View {
        View {
            frame: self.frame.clone(),
            language: self.language,
            group: self.customer.as_ref().and_then(|customer| customer.group.clone()),
            now: self.now,
        }
    }
}

/// In which shop, language and instant something is looked at, and by whom. Unlike a [`Visit`] it
/// may go to another thread.
#[derive(Debug, Clone)]
pub struct View {
    pub frame: Arc<Frame>,
    pub language: Language,
    /// The code of the shopper's customer group, which may have prices of its own.
    pub group: Option<Slug>,
    pub now: NaiveDateTime,
}

impl View {
    pub fn local<'a>(&self, text: &'a LocalText) -> &'a str {
        text.get(self.language, self.own_language())
    }

    /// The language that texts fall back to.
    pub fn own_language(&self) -> Language {
        self.frame.own_language()
    }

    /// An address of the shop in the visitor's language.
    pub fn href(&self, path: &str) -> String {
        self.frame.href(self.language, path).into_owned()
    }
}

impl FromRequest for Visit {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Self::of(&request).await })
    }
}

/// A slug in the path; anything else is an address that the shop does not have.
pub struct SlugPath(pub Slug);

impl FromRequest for SlugPath {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let slug = request.match_info().get("slug").and_then(Slug::parse);
        ready(slug.map(Self).ok_or(Error::NotFound))
    }
}

/// UTC, cut to the microseconds that both databases keep.
pub fn now() -> NaiveDateTime {
    let now = Utc::now();
    chrono::DateTime::from_timestamp_micros(now.timestamp_micros()).unwrap_or(now).naive_utc()
}
