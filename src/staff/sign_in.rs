//! Signing in, in one step or two, and showing once more who one is.

use chrono::{NaiveDateTime, TimeDelta};
use serde::{Deserialize, Serialize};

use super::model::Account;
use super::news::{self, Happened};
use super::queries::{self, Secrets};
use super::second_factor::{self, Seal};
use crate::audit::{self, Action, Actor, Deed, Entity, Who};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::{SessionId, SessionToken, StaffId};
use crate::passwords::Hash;
use crate::sessions::{self, SignIn, Stay};

/// How long somebody may take for the second step.
const TICKET_LASTS: TimeDelta = TimeDelta::minutes(5);
const TICKET: &str = "staff sign-in ticket";
/// So many sign-ins of one person at once; the next one ends the oldest (ASVS 7.1.2).
const MOST_AT_ONCE: i64 = 3;

/// Somebody who may sign in, and what she is known by.
#[derive(Debug, Clone)]
pub struct Known {
    pub account: Account,
    secrets: Secrets,
}

impl Known {
    /// What her password is compared with.
    pub fn password(&self) -> Option<Hash> {
        self.secrets.password.clone()
    }
}

/// Whoever signs in with this address.
pub fn find_known(conn: &mut Conn, email: &str) -> Result<Option<Known>> {
    Ok(known(queries::find_by_email(conn, email)?))
}

/// Whoever is signed in, with what she is known by.
pub fn known_of(conn: &mut Conn, id: StaffId) -> Result<Option<Known>> {
    Ok(known(queries::find(conn, id)?))
}

fn known(found: Option<(Account, Secrets)>) -> Option<Known> {
    let (account, secrets) = found.filter(|(account, _)| !account.is_disabled)?;
    Some(Known { account, secrets })
}

/// Says that a password was typed just now; of no use without the second factor.
#[derive(Serialize, Deserialize)]
struct Ticket {
    staff: StaffId,
    /// A password that is changed meanwhile makes it worthless.
    version: i64,
    at: NaiveDateTime,
}

/// What the form for the second step carries, sealed.
pub fn ticket(seal: &Seal, known: &Known, now: NaiveDateTime) -> Result<String> {
    let ticket = Ticket { staff: known.account.id, version: known.secrets.version, at: now };
    let text = serde_json::to_vec(&ticket).map_err(|error| Error::internal(error.to_string()))?;
    seal.close(TICKET, &text)
}

/// Whose ticket it is, if it is still good.
pub fn find_by_ticket(
    conn: &mut Conn,
    seal: &Seal,
    sealed: &str,
    now: NaiveDateTime,
) -> Result<Option<Known>> {
    let read = |text: Vec<u8>| serde_json::from_slice::<Ticket>(&text).ok();
    let Some(ticket) = seal.open(TICKET, sealed).and_then(read) else { return Ok(None) };
    let is_fresh = (TimeDelta::zero()..=TICKET_LASTS).contains(&(now - ticket.at));
    let known = known_of(conn, ticket.staff)?;
    Ok(known.filter(|known| is_fresh && known.secrets.version == ticket.version))
}

/// Uses up a code of her second factor or a recovery code; whether it was good.
pub fn use_code(
    conn: &mut Conn,
    (who, seal): (&Who, &Seal),
    known: &Known,
    typed: &str,
) -> Result<bool> {
    second_factor::use_up(conn, (who, seal), (known.account.id, &known.secrets.seed), typed)
}

/// On what somebody signs in.
#[derive(Debug, Clone)]
pub struct Device {
    pub words: String,
    /// Whether she has done so before.
    pub is_known: bool,
}

/// What a browser keeps to be known again by: sealed, for this account alone, and good for nothing
/// else.
pub fn mark_device(seal: &Seal, id: StaffId) -> Result<String> {
    seal.close(&device_of(id), &[])
}

pub fn is_known_device(seal: &Seal, id: StaffId, mark: &str) -> bool {
    seal.open(&device_of(id), mark).is_some()
}

fn device_of(id: StaffId) -> String {
    format!("staff {id} device")
}

/// Signs her in. `renewed` is her password at today's cost, where it was kept at another.
pub fn open(
    conn: &mut Conn,
    who: &Who,
    known: &Known,
    (renewed, device): (Option<&Hash>, &Device),
) -> Result<SessionToken> {
    let id = known.account.id;
    if let Some(hash) = renewed {
        queries::renew_password(conn, id, hash)?;
    }
    let who = Who { actor: actor(&known.account), ..who.clone() };
    if !device.is_known {
        news::tell(conn, id, Happened::SignedInOn(device.words.clone()), who.at)?;
    }
    // Nobody else writes to the log before this ends: of two who sign in at once both are counted.
    audit::write(conn, &who, &Deed::of(Action::SignedIn, Entity::Staff(id)))?;
    let (whose, device) = (sessions::Who::Staff(id), device.words.clone());
    let token = sessions::begin(conn, &SignIn { who: whose, stay: Stay::Usual, device }, who.at)?;
    sessions::keep_newest(conn, whose, MOST_AT_ONCE, who.at)?;
    Ok(token)
}

/// Writes down that somebody did not get in. What was typed is nobody's business: it may be the
/// password, in the wrong field.
pub fn refuse(conn: &mut Conn, who: &Who, known: Option<&Known>) -> Result<()> {
    let entity = known.map_or(Entity::Shop, |known| Entity::Staff(known.account.id));
    audit::write(conn, who, &Deed::of(Action::SignInRefused, entity))
}

/// Writes down that she has shown once more who she is.
pub fn prove(
    conn: &mut Conn,
    who: &Who,
    (id, session): (StaffId, SessionId),
) -> Result<SessionToken> {
    audit::write(conn, who, &Deed::of(Action::Confirmed, Entity::Staff(id)))?;
    sessions::prove(conn, session, who.at)
}

/// Ends a sign-in of hers.
pub fn sign_out(conn: &mut Conn, who: &Who, (id, session): (StaffId, SessionId)) -> Result<()> {
    if sessions::end(conn, sessions::Who::Staff(id), session)? {
        audit::write(conn, who, &Deed::of(Action::SignedOut, Entity::Staff(id)))?;
    }
    Ok(())
}

/// As the audit log and the timelines name her.
pub fn actor(account: &Account) -> Actor {
    Actor::Staff { id: account.id, name: account.name.clone() }
}
