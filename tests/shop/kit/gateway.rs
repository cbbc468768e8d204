//! A gateway whose moods a story sets: else it is the one that moves no money.

use etalase::config::Settings;
use etalase::db::Db;
use etalase::money::Money;
use etalase::orders::Payment;
use etalase::payments::{Gateway, GatewayError, Observed, Refunding, Sale, Sought, Start, Started};
use etalase::rehearsal::Rehearsal;
use etalase::settings::ShopSettings;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

type Happening = Box<dyn FnOnce() + Send>;

/// How it is today. A clone is the same gateway's.
#[derive(Clone, Default)]
pub struct Mood {
    now: Arc<AtomicU8>,
    live: Arc<AtomicBool>,
    started: Arc<AtomicU64>,
    at_cancel: Arc<Mutex<Option<Happening>>>,
}

const WORKS: u8 = 0;
const SILENT: u8 = 1;
const REFUSES: u8 = 2;
const STRAYS: u8 = 3;
const TAKES_ITS_TIME: u8 = 4;

impl Mood {
    /// It does what it is asked.
    pub fn works(&self) {
        self.now.store(WORKS, Ordering::SeqCst);
    }

    /// It gives no clear answer.
    pub fn is_silent(&self) {
        self.now.store(SILENT, Ordering::SeqCst);
    }

    /// It opens no page, and knows nothing of those that it has opened.
    pub fn refuses(&self) {
        self.now.store(REFUSES, Ordering::SeqCst);
    }

    /// Its page is somewhere else.
    pub fn strays(&self) {
        self.now.store(STRAYS, Ordering::SeqCst);
    }

    /// What is to be given back stays on its way.
    pub fn takes_its_time(&self) {
        self.now.store(TAKES_ITS_TIME, Ordering::SeqCst);
    }

    /// The operator puts an account that moves real money in the place of another one.
    pub fn is_live(&self) {
        self.live.store(true, Ordering::SeqCst);
    }

    /// This happens while it is asked, the next time, to close a page.
    pub fn at_the_next_cancel(&self, happens: impl FnOnce() + Send + 'static) {
        *self.at_cancel.lock().unwrap() = Some(Box::new(happens));
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
        self.mood.live.load(Ordering::SeqCst)
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
        let seen = self.inner.status(sought)?;
        Ok(seen.map(|seen| Observed { live: self.is_live(), ..seen }))
    }

    fn cancel(&self, sought: &Sought) -> Result<(), GatewayError> {
        let happens = self.mood.at_cancel.lock().unwrap().take();
        happens.into_iter().for_each(|happens| happens());
        self.mood.answer()?;
        match self.mood.is(REFUSES) {
            true => Err(GatewayError::Refused("there is no such payment".into())),
            false => self.inner.cancel(sought),
        }
    }

    fn refund(&self, sought: &Sought, amount: Money, key: &str) -> Result<Refunding, GatewayError> {
        self.mood.answer()?;
        match self.mood.is(TAKES_ITS_TIME) {
            true => Ok(Refunding::Pending),
            false => self.inner.refund(sought, amount, key),
        }
    }
}
