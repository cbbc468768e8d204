//! A gateway whose moods a story sets: else it is the one that moves no money.

use etalase::config::Settings;
use etalase::db::Db;
use etalase::money::Money;
use etalase::orders::Payment;
use etalase::payments::{Gateway, GatewayError, Observed, Refunding, Sale, Sought, Start, Started};
use etalase::rehearsal::Rehearsal;
use etalase::settings::ShopSettings;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

/// How it is today. A clone is the same gateway's.
#[derive(Clone, Default)]
pub struct Mood {
    now: Arc<AtomicU8>,
    started: Arc<AtomicU64>,
}

const WORKS: u8 = 0;
const SILENT: u8 = 1;
const REFUSES: u8 = 2;
const STRAYS: u8 = 3;

impl Mood {
    /// It does what it is asked.
    pub fn works(&self) {
        self.now.store(WORKS, Ordering::SeqCst);
    }

    /// It gives no clear answer.
    pub fn is_silent(&self) {
        self.now.store(SILENT, Ordering::SeqCst);
    }

    /// It opens no page.
    pub fn refuses(&self) {
        self.now.store(REFUSES, Ordering::SeqCst);
    }

    /// Its page is somewhere else.
    pub fn strays(&self) {
        self.now.store(STRAYS, Ordering::SeqCst);
    }

    /// How often it was asked for a page.
    pub fn started(&self) -> u64 {
        self.started.load(Ordering::SeqCst)
    }

    fn is(&self, mood: u8) -> bool {
        self.now.load(Ordering::SeqCst) == mood
    }

    fn answer(&self) -> Result<(), GatewayError> {
        match self.is(SILENT) {
            true => Err(GatewayError::Unknown("it hangs".into())),
            false => Ok(()),
        }
    }
}

pub(super) struct Moody {
    inner: Rehearsal,
    mood: Mood,
}

impl Moody {
    pub fn new(db: &Db, settings: &Settings, mood: Mood) -> Self {
        Self { inner: Rehearsal::new(db.clone(), settings.public_url.clone()), mood }
    }
}

impl Gateway for Moody {
    fn payment(&self) -> Payment {
        self.inner.payment()
    }

    fn is_live(&self) -> bool {
        self.inner.is_live()
    }

    fn page_origins(&self) -> Vec<String> {
        self.inner.page_origins()
    }

    fn takes(&self, settings: &ShopSettings, sale: &Sale) -> bool {
        self.inner.takes(settings, sale)
    }

    fn start(&self, start: &Start) -> Result<Started, GatewayError> {
        self.mood.started.fetch_add(1, Ordering::SeqCst);
        self.mood.answer()?;
        if self.mood.is(REFUSES) {
            return Err(GatewayError::Refused("not this amount".into()));
        }
        let started = self.inner.start(start)?;
        Ok(match started {
            Started::Page { reference, expires_at, .. } if self.mood.is(STRAYS) => {
                Started::Page { url: "https://pay.evil.example/".into(), reference, expires_at }
            }
            started => started,
        })
    }

    fn status(&self, sought: &Sought) -> Result<Option<Observed>, GatewayError> {
        self.mood.answer()?;
        self.inner.status(sought)
    }

    fn cancel(&self, sought: &Sought) -> Result<(), GatewayError> {
        self.mood.answer()?;
        self.inner.cancel(sought)
    }

    fn refund(&self, sought: &Sought, amount: Money, key: &str) -> Result<Refunding, GatewayError> {
        self.mood.answer()?;
        self.inner.refund(sought, amount, key)
    }
}
