//! Notices of gateways: kept first, acted on later, each once.

use chrono::NaiveDateTime;
use diesel::Connection;
use serde::{Deserialize, Serialize};

use super::gateway::Notice;
use super::gateways::Gateways;
use super::model::Applied;
use super::queries::{self, PaymentRow};
use super::settle;
use super::sweep::{asked, look};
use crate::db::{Conn, Db};
use crate::error::Result;
use crate::ids::AttemptToken;
use crate::jobs::{self, Failure, Kind, NewJob, Queue};

/// A notice that waits to be acted on.
pub(super) const NOTICE: Kind = Kind { queue: Queue::Gateway, name: "payments.notice" };

/// What the job is about.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Kept {
    pub gateway: String,
    pub event: String,
}

/// Keeps a genuine notice with the job that acts on it; `false` when it came before.
pub fn keep(
    conn: &mut Conn,
    gateway: &str,
    notice: &Notice,
    payload: &str,
    now: NaiveDateTime,
) -> Result<bool> {
    let event = notice.event_id.as_str();
    if queries::has_notice(conn, gateway, event)? {
        return Ok(false);
    }
    let names = (notice.attempt.as_ref().map(AttemptToken::as_str), notice.reference.as_deref());
    let kept = conn.transaction(|conn| {
        queries::insert_notice(conn, (gateway, event), names, payload, now)?;
        let about = Kept { gateway: gateway.to_owned(), event: event.to_owned() };
        jobs::enqueue(conn, &NewJob::new(NOTICE, &about, now)?, now)
    });
    match kept {
        Err(error) if error.is_duplicate() => Ok(false),
        kept => kept.map(|_| true),
    }
}

/// Looks again at the payment that a notice was about. May be done again at any time.
///
/// # Errors
/// `Again` while the gateway gives no clear answer.
pub async fn process(
    db: &Db,
    gateways: &Gateways,
    (gateway, event): (&str, &str),
    now: NaiveDateTime,
) -> Result<(), Failure> {
    let key = (gateway.to_owned(), event.to_owned());
    let sought = key.clone();
    let kept = db.read(move |conn| queries::find_notice(conn, &sought.0, &sought.1)).await?;
    let Some(kept) = kept else { return Ok(()) };
    let error = act(db, gateways, (gateway, kept), now).await?;
    let close = move |conn: &mut Conn| queries::close_notice(conn, (&key.0, &key.1), &error, now);
    Ok(db.write(close).await?)
}

/// What was wrong with it; empty for nothing.
async fn act(
    db: &Db,
    gateways: &Gateways,
    (gateway, notice): (&str, queries::Kept),
    now: NaiveDateTime,
) -> Result<String, Failure> {
    if notice.attempt.is_none() && notice.reference.is_none() {
        // Gateways have much to tell.
        return Ok(String::new());
    }
    let Some(payment) = find(db, gateways, gateway, &notice).await? else {
        return Ok("it names no payment of ours".to_owned());
    };
    let id = payment.id;
    // The gateway's name of it may have been lost with an answer.
    let payment = PaymentRow { reference: payment.reference.or(notice.reference), ..payment };
    let applied = look(db, gateways, payment, now).await?;
    settle::recheck(db, gateways, id, now).await?;
    match applied {
        Some(Applied::PutAside(mismatch)) => Ok(mismatch.to_string()),
        Some(Applied::Moved | Applied::Nothing) | None => Ok(String::new()),
    }
}

/// The payment that a notice names: by our name or the gateway's, or by a part of it.
async fn find(
    db: &Db,
    gateways: &Gateways,
    gateway: &str,
    notice: &queries::Kept,
) -> Result<Option<PaymentRow>, Failure> {
    let attempt = notice.attempt.as_deref().and_then(AttemptToken::parse);
    if let Some(attempt) = attempt {
        return Ok(db.read(move |conn| queries::find_attempt(conn, &attempt)).await?);
    }
    let Some(reference) = notice.reference.clone() else { return Ok(None) };
    let named = (gateway.to_owned(), reference.clone());
    let found = db.read(move |conn| queries::find_reference(conn, &named.0, &named.1)).await?;
    let Some(gateway) = gateways.named(gateway).cloned().filter(|_| found.is_none()) else {
        return Ok(found);
    };
    let whose = asked(move || gateway.whose(&reference)).await?;
    let Some(attempt) = whose else { return Ok(None) };
    Ok(db.read(move |conn| queries::find_attempt(conn, &attempt)).await?)
}
