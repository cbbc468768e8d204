//! What the shop can ask of it.

use chrono::TimeDelta;
use diesel::Connection;
use tokio::runtime::Handle;

use super::model::State;
use super::queries::{self, Rehearsed};
use crate::config::PublicUrl;
use crate::db::{Conn, Db};
use crate::error::{Error, Result};
use crate::ids::AttemptToken;
use crate::language::Language;
use crate::money::{Currency, Money};
use crate::orders::Payment;
use crate::payments::{Gateway, GatewayError, Observed, Refunding, Sale, Sought, Start, Started};
use crate::settings::{self, ShopSettings};
use crate::web::visit::now;

/// How long a page is open when the shop does not say it.
const USUAL_TIME: TimeDelta = TimeDelta::hours(1);
/// What is on its way is waited for so long.
const LONGEST_WAY: TimeDelta = TimeDelta::days(3);

/// The gateway that moves no money.
pub struct Rehearsal {
    db: Db,
    public_url: PublicUrl,
}

impl Rehearsal {
    pub fn new(db: Db, public_url: PublicUrl) -> Self {
        Self { db, public_url }
    }

    /// Its calls are made off the threads that answer requests, so it may wait for its own books.
    fn read<T: Send + 'static>(
        &self,
        load: impl FnOnce(&mut Conn) -> Result<T> + Send + 'static,
    ) -> Result<T, GatewayError> {
        Handle::current().block_on(self.db.read(load)).map_err(unknown)
    }

    fn write<T: Send + 'static>(
        &self,
        change: impl Fn(&mut Conn) -> Result<T> + Send + 'static,
    ) -> Result<T, GatewayError> {
        Handle::current().block_on(self.db.write(change)).map_err(unknown)
    }

    fn page(&self, reference: &str, language: Language, own: Language) -> String {
        let prefix = match language == own {
            true => String::new(),
            false => format!("/{}", language.code()),
        };
        format!("{}{prefix}/payments/rehearsal/{reference}", self.public_url.as_str())
    }
}

fn unknown(error: Error) -> GatewayError {
    GatewayError::Unknown(error.to_string())
}

impl Gateway for Rehearsal {
    fn payment(&self) -> Payment {
        Payment::Rehearsal
    }

    fn is_live(&self) -> bool {
        false
    }

    fn page_origins(&self) -> Vec<String> {
        vec![self.public_url.as_str().to_owned()]
    }

    fn takes(&self, _: &ShopSettings, sale: &Sale) -> bool {
        sale.total.minor() > 0
    }

    fn start(&self, start: &Start) -> Result<Started, GatewayError> {
        let (start, language) = (start.clone(), start.language);
        let (payment, own) = self.write(move |conn| {
            let own = settings::load(conn)?.own_language();
            Ok((find_or_insert(conn, &start)?, own))
        })?;
        Ok(Started::Page {
            url: self.page(&payment.reference, language, own),
            reference: payment.reference,
            expires_at: Some(payment.expires_at),
        })
    }

    fn status(&self, sought: &Sought) -> Result<Option<Observed>, GatewayError> {
        let attempt = sought.attempt.clone();
        let payment = self.read(move |conn| queries::find_attempt(conn, attempt.as_str()))?;
        Ok(payment.and_then(|payment| observed(&payment)))
    }

    fn cancel(&self, sought: &Sought) -> Result<(), GatewayError> {
        let Some(reference) = sought.reference.clone() else { return Ok(()) };
        let end = (State::Open, State::Expired);
        self.write(move |conn| queries::advance(conn, &reference, end)).map(|_| ())
    }

    fn refund(&self, sought: &Sought, amount: Money, key: &str) -> Result<Refunding, GatewayError> {
        let nothing = || GatewayError::Refused("there is no such payment".into());
        let reference = sought.reference.clone().ok_or_else(nothing)?;
        let (key, amount) = (key.to_owned(), amount.minor());
        let given = self.write(move |conn| {
            Ok(queries::has_refund(conn, &key)?
                || queries::give_back(conn, &reference, (amount, &key))?)
        })?;
        match given {
            true => Ok(Refunding::Done),
            false => Err(GatewayError::Refused("there is not so much left".into())),
        }
    }
}

/// The same payment for the same attempt.
fn find_or_insert(conn: &mut Conn, start: &Start) -> Result<Rehearsed> {
    if let Some(known) = queries::find_attempt(conn, start.attempt.as_str())? {
        return Ok(known);
    }
    let now = now();
    let new = Rehearsed {
        // As unguessable as the shop's own name, and another one.
        reference: AttemptToken::random().as_str().to_owned(),
        attempt: start.attempt.as_str().to_owned(),
        order_number: start.order_number.clone(),
        currency: start.amount.currency().code().to_owned(),
        amount: start.amount.minor(),
        status: State::Open.code().to_owned(),
        refunded_amount: 0,
        return_url: start.return_url.clone(),
        expires_at: start.expires_at.unwrap_or(now + USUAL_TIME),
        created_at: now,
    };
    match conn.transaction(|conn| queries::insert(conn, &new)) {
        // Asked for twice at one instant.
        Err(error) if error.is_duplicate() => {
            queries::find_attempt(conn, &new.attempt)?.ok_or(error)
        }
        inserted => inserted.map(|()| new),
    }
}

fn observed(payment: &Rehearsed) -> Option<Observed> {
    let (now, currency) = (now(), Currency::from_letters(&payment.currency)?);
    let state = match State::parse(&payment.status)? {
        State::Open if payment.expires_at <= now => State::Expired,
        state => state,
    };
    let captured = if state == State::Captured { payment.amount } else { 0 };
    Some(Observed {
        gateway: Payment::Rehearsal.code(),
        attempt: AttemptToken::parse(&payment.attempt),
        reference: Some(payment.reference.clone()),
        seen: state.seen(),
        captured: Money::new(captured, currency),
        refunded: payment.refunded_amount,
        live: false,
        expires_at: (state == State::Processing).then(|| payment.created_at + LONGEST_WAY),
        disputes: Vec::new(),
    })
}
