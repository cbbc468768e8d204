//! The running shop: what handlers share.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use super::frame::Frame;
use crate::config::{Hosts, Keys, Patience, Proxies, PublicUrl, Purpose, Settings};
use crate::db::Db;
use crate::error::Result;
use crate::files::Files;
use crate::limits::Limits;
use crate::passwords::Passwords;

/// How often an instance looks whether another one has changed what it keeps in memory.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// After so many looks it reads everything anew.
const RELOAD_EVERY: u64 = 60;

/// The one state value, built once by `app.rs`, the same in the tests.
pub struct Shop {
    pub db: Db,
    pub files: Files,
    pub public_url: PublicUrl,
    pub keys: Keys,
    pub limits: Limits,
    pub trusted_proxies: Proxies,
    pub passwords: Passwords,
    /// All names by which the shop answers.
    pub hosts: Hosts,
    pub patience: Patience,
    frame: RwLock<Arc<Frame>>,
}

impl Shop {
    /// Reads what every page needs; the database is migrated by now.
    pub async fn open(db: Db, settings: &Settings, keys: Keys) -> Result<Self> {
        let frame = db.read_long(Frame::load).await?;
        Ok(Self {
            db,
            files: Files::open(settings)?,
            public_url: settings.public_url.clone(),
            limits: Limits::new(settings.limits, keys.of(Purpose::Limits)),
            trusted_proxies: settings.trusted_proxies.clone(),
            passwords: Passwords::new(settings.password_cost, keys.of(Purpose::Passwords)),
            patience: settings.patience,
            hosts: settings.allowed_hosts.and(&settings.public_url, settings.host),
            keys,
            frame: RwLock::new(Arc::new(frame)),
        })
    }

    /// Whether a proxy stands before the shop that nobody has named. The shop itself speaks no https,
    /// so where its address does, somebody else speaks it: then all shoppers have one address, and
    /// limits count them as one, or not at all.
    pub fn has_unnamed_proxy(&self) -> bool {
        self.public_url.is_https() && self.trusted_proxies.are_none()
    }

    pub fn frame(&self) -> Arc<Frame> {
        self.frame.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads the frame anew when the shop's version has moved on.
    pub async fn refresh(&self) -> Result<()> {
        let known = self.frame().version;
        let newer = self.db.read_long(move |conn| match crate::settings::version(conn)? {
            version if version == known => Ok(None),
            _ => Frame::load(conn).map(Some),
        });
        if let Some(frame) = newer.await? {
            *self.frame.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(frame);
        }
        Ok(())
    }

    /// Reads the frame anew, changed or not: what depends on the time moves without a change.
    async fn reload(&self) -> Result<()> {
        let frame = self.db.read_long(Frame::load).await?;
        *self.frame.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(frame);
        Ok(())
    }

    /// Refreshes for as long as the shop is open.
    pub async fn keep_fresh(self: Arc<Self>) {
        for second in 1_u64.. {
            tokio::time::sleep(LOOK_EVERY).await;
            let result = match second % RELOAD_EVERY {
                0 => self.reload().await,
                _ => self.refresh().await,
            };
            if let Err(error) = result {
                tracing::warn!(%error, "cannot look for changed settings");
            }
        }
    }
}
