//! Puts the shop together: the same for the binary and for the tests.

use actix_session::SessionMiddleware;
use actix_session::config::PersistentSession;
use actix_session::storage::CookieSessionStore;
use actix_web::cookie::{Key, SameSite, time::Duration};
use actix_web::dev::Server;
use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, web};
use std::net::TcpListener;
use std::sync::Arc;

use crate::admin::{closed, mistake};
use crate::alerts;
use crate::catalog;
use crate::config::{Keys, Purpose, Settings, Switch};
use crate::content::{Hits, redirects};
use crate::db::Db;
use crate::drafts;
use crate::error::{Error, Result};
use crate::exchange;
use crate::invoices;
use crate::jobs::{Crew, Works};
use crate::limits;
use crate::links;
use crate::mail::{self, Post};
use crate::messages;
use crate::passwords::Passwords;
use crate::payments::{self, Gateway, Gateways, Midtrans, Stripe};
use crate::pictures;
use crate::privacy;
use crate::rehearsal::{self, Rehearsal};
use crate::reports;
use crate::routes::routes;
use crate::sessions;
use crate::tally::{self, Tally};
use crate::web::rotation::CookieKeys;
use crate::web::visit::now;
use crate::web::{
    Shop, bounds, client, elsewhere, error_page, flood, head, headers, locale, logging, origin,
    pack, rotation,
};
use crate::wishes;

/// Forms are small; uploads get their own limit where they come.
const LARGEST_BODY: usize = 64 * 1024;
/// Open connections, of all workers together; the next one waits at the door.
const MOST_CONNECTIONS: usize = 8_192;
/// How long a browser keeps a cart.
const CART_DAYS: i64 = 60;
/// How long requests in flight may take to end when the shop closes.
const CLOSING_SECONDS: u64 = 30;

/// Opens the migrated database and reads what every page needs.
pub async fn open_shop(settings: &Settings) -> Result<web::Data<Shop>> {
    let keys =
        Keys::load(&settings.data_dir).map_err(|error| Error::internal(error.to_string()))?;
    let db = Db::open(&settings.database, settings.database_connections)?;
    let db = db.with_patience(settings.patience.connection);
    Ok(web::Data::new(Shop::open(db, settings, keys).await?))
}

/// What passwords are hashed by, where no shop is open.
pub fn passwords(settings: &Settings) -> Result<Passwords> {
    let keys =
        Keys::load(&settings.data_dir).map_err(|error| Error::internal(error.to_string()))?;
    Ok(Passwords::new(settings.password_cost, keys.of(Purpose::Passwords)))
}

/// The ways to pay that the operator has set up.
pub fn gateways(db: &Db, settings: &Settings) -> Gateways {
    let mut online: Vec<Arc<dyn Gateway>> = Vec::new();
    if let Some(account) = &settings.stripe {
        online.push(Arc::new(Stripe::new(account)));
    }
    if let Some(account) = &settings.midtrans {
        online.push(Arc::new(Midtrans::new(account)));
    }
    if settings.test_payments == Switch::On {
        online.push(Arc::new(Rehearsal::new(db.clone(), settings.public_url.clone())));
    }
    Gateways::new(online)
}

/// Those who do the shop's jobs: mails, tidying. A shop may have several, in several processes.
pub fn crew(shop: &Arc<Shop>, settings: &Settings) -> Arc<Crew> {
    let post = Arc::new(Post::new(settings));
    post.announce();
    let works = works(shop, &post, &gateways(&shop.db, settings));
    Arc::new(Crew::new(shop.db.clone(), works, now))
}

/// Everything that is done for jobs.
pub fn works(shop: &Arc<Shop>, post: &Arc<Post>, gateways: &Gateways) -> Works {
    let works = Works::default().with_sweep(&shop.db);
    let works = limits::works(works, &shop.db);
    let works = links::works(sessions::works(works, &shop.db), &shop.db);
    let works = alerts::works(wishes::works(works, &shop.db), &shop.db);
    let works = messages::works(works, &shop.db);
    let works = drafts::works(works, &shop.db);
    let works = invoices::works(privacy::works(works, &shop.db), &shop.db);
    let works = pictures::works(works, &shop.db, &shop.files);
    let works = catalog::works(works, shop);
    let works = exchange::works(works, shop);
    let works = payments::works(works, &shop.db, gateways);
    let works = tally::works(works, &shop.db);
    let works = reports::works(rehearsal::works(works, &shop.db), &shop.db);
    mail::works(works, shop, post)
}

/// Serves a shop with its ways to pay on `listener` until `closing` ends; then nobody new is let in,
/// and the server ends after the requests in flight.
///
/// # Errors
/// When the listener cannot be used.
pub fn serve(
    (shop, gateways): (web::Data<Shop>, Gateways),
    settings: &Settings,
    listener: TcpListener,
    closing: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<Server> {
    tokio::spawn(Arc::clone(&shop).keep_fresh());
    let is_https = settings.public_url.is_https();
    let keys = web::Data::new(CookieKeys {
        name: cookie_name(is_https),
        keys: shop.keys.cookies().map(Key::from).collect(),
    });
    let pages = gateways.page_origins();
    let gateways = web::Data::new(gateways);
    let hits = web::Data::new(Hits::default());
    let tally = web::Data::new(Tally::default());
    let config = web::Data::new(settings.clone());
    let app = move || {
        App::new()
            .app_data(shop.clone())
            .app_data(gateways.clone())
            .app_data(hits.clone())
            .app_data(tally.clone())
            .app_data(config.clone())
            .app_data(keys.clone())
            .app_data(web::PayloadConfig::new(LARGEST_BODY))
            // The last one wrapped is the first to see a request.
            .wrap(from_fn(redirects::follow))
            .wrap(from_fn(head::as_get))
            .wrap(from_fn(closed::check))
            .wrap(from_fn(rotation::renew))
            .wrap(session(&keys, is_https))
            .wrap(from_fn(rotation::accept))
            .wrap(from_fn(origin::check))
            .wrap(from_fn(flood::check))
            .wrap(from_fn(locale::choose))
            .wrap(from_fn(bounds::keep))
            .wrap(from_fn(mistake::fill))
            .wrap(from_fn(error_page::fill))
            .wrap(from_fn(elsewhere::check))
            .wrap(headers::secure(is_https, &pages))
            .wrap(from_fn(pack::pack))
            .wrap(from_fn(client::find))
            .wrap(from_fn(logging::log))
            .configure(routes)
    };
    let server = HttpServer::new(app)
        .workers(settings.workers)
        .client_request_timeout(settings.patience.head)
        .max_connections(MOST_CONNECTIONS.div_ceil(settings.workers))
        .shutdown_signal(closing)
        .shutdown_timeout(CLOSING_SECONDS)
        .listen(listener)?;
    Ok(server.run())
}

/// The prefix makes browsers refuse the cookie from anywhere but this very host over https.
fn cookie_name(is_https: bool) -> &'static str {
    if is_https { "__Host-etalase" } else { "etalase" }
}

fn session(keys: &CookieKeys, is_https: bool) -> SessionMiddleware<CookieSessionStore> {
    let lifetime = PersistentSession::default().session_ttl(Duration::days(CART_DAYS));
    SessionMiddleware::builder(CookieSessionStore::default(), keys.newest())
        .cookie_name(keys.name.to_owned())
        .cookie_secure(is_https)
        .cookie_http_only(true)
        .cookie_same_site(SameSite::Lax)
        .session_lifecycle(lifetime)
        .build()
}
