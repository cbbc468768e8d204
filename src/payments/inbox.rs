//! Notices of gateways: kept first, acted on later, each once.

use chrono::NaiveDateTime;
use diesel::Connection;
use serde::{Deserialize, Serialize};

use super::gateway::Notice;
use super::gateways::Gateways;
use super::model::Applied;
use super::queries;
use super::sweep::look;
use crate::db::{Conn, Db};
use crate::error::Result;
use crate::ids::AttemptToken;
use crate::jobs::{self, Failure, Kind, NewJob, Queue};

/// A notice that waits to be acted on.
pub(super) const NOTICE: Kind = Kind { queue: Queue::Shop, name: "payments.notice" };

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
    let find = {
        let (gateway, event) = key.clone();
        move |conn: &mut Conn| {
            let Some(kept) = queries::find_notice(conn, &gateway, &event)? else { return Ok(None) };
            let attempt = kept.attempt.as_deref().and_then(AttemptToken::parse);
            let payment = match (attempt, kept.reference) {
                (Some(attempt), _) => queries::find_attempt(conn, &attempt)?,
                (None, Some(reference)) => queries::find_reference(conn, &gateway, &reference)?,
                (None, None) => None,
            };
            Ok(Some(payment))
        }
    };
    let error = match db.read(find).await? {
        None => return Ok(()),
        Some(None) => "it names no payment of ours".to_owned(),
        Some(Some(payment)) => match look(db, gateways, payment, now).await? {
            Some(Applied::PutAside(mismatch)) => mismatch.to_string(),
            Some(Applied::Moved | Applied::Nothing) | None => String::new(),
        },
    };
    let close = move |conn: &mut Conn| queries::close_notice(conn, (&key.0, &key.1), &error, now);
    Ok(db.write(close).await?)
}
