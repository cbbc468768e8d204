//! `etalase serve`: the shop, open.

use futures_util::future::select;
use std::io;
use std::net::TcpListener;
use std::pin::pin;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use super::Outcome;
use crate::config::{Settings, Switch};
use crate::web::Shop;
use crate::web::visit::now;
use crate::{app, db, staff};

/// Migrates, opens, and serves until SIGINT or SIGTERM.
pub fn run(settings: &Settings) -> Outcome {
    prepare(settings)?;
    open(settings)
}

/// Makes the data directory, brings the schema up to date, and starts the log.
pub(super) fn prepare(settings: &Settings) -> Outcome {
    crate::web::logging::init(settings)?;
    std::fs::create_dir_all(&settings.data_dir)?;
    db::migrate(&settings.database)?;
    Ok(())
}

/// Serves a shop whose database is ready.
pub(super) fn open(settings: &Settings) -> Outcome {
    actix_web::rt::System::new().block_on(async {
        let listener = TcpListener::bind((settings.host, settings.port)).map_err(|error| {
            format!("cannot listen at {}, port {}: {error}", settings.host, settings.port)
        })?;
        let shop = app::open_shop(settings).await?;
        if shop.has_unnamed_proxy() {
            tracing::warn!(
                "public_url is https, so a proxy stands before the shop, but trusted_proxies names \
                 none: limits by address do not work (docs/limits.md)"
            );
        }
        let (close, closing) = watch::channel(false);
        let crew = match settings.jobs {
            Switch::On => Some(tokio::spawn(app::crew(&shop, settings).run(closing))),
            Switch::Off => None,
        };
        let asked = asked_to_close()?;
        let closes = async move {
            asked.await;
            close.send_replace(true);
        };
        let gateways = app::gateways(&shop.db, settings);
        let server = app::serve((shop.clone(), gateways), settings, listener, closes)?;
        println!("{} answers at {}", env!("CARGO_PKG_NAME"), settings.public_url.as_str());
        invite_first_owner(&shop, settings).await?;
        server.await?;
        if let Some(crew) = crew {
            crew.await?;
        }
        Ok(())
    })
}

/// A shop without staff prints the link by which its owner begins.
async fn invite_first_owner(shop: &Shop, settings: &Settings) -> Outcome {
    let language = shop.frame().own_language();
    let invite = move |conn: &mut _| staff::first_owner_link(conn, language, now());
    if let Some(token) = shop.db.write(invite).await? {
        let address = format!("{}/admin/join/{}", settings.public_url.as_str(), token.expose());
        println!("set it up here, once, within a day: {address}");
    }
    Ok(())
}

/// Ends at Ctrl-C (SIGINT) or SIGTERM. Left to itself, actix cuts requests off at the first.
pub(super) fn asked_to_close() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        select(pin!(interrupt.recv()), pin!(terminate.recv())).await;
    })
}
