//! All SQL of the room.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use sha2::{Digest, Sha256};

use super::model::{Agreed, Consent, Source, Subscriber};
use crate::db::Conn;
use crate::db::schema::{consent, subscriber};
use crate::error::Result;
use crate::ids::OrderToken;
use crate::promotions::CustomerKey;

/// Makes somebody who has proven her mailbox a subscriber, and writes down what she agreed to. Who is one
/// already agrees once more.
pub fn join(conn: &mut Conn, agreed: &Agreed, now: NaiveDateTime) -> Result<Subscriber> {
    let known = find_mailbox(conn, &agreed.email)?;
    let subscriber = match known {
        Some(known) => known,
        None => insert(conn, agreed, now)?,
    };
    let text = Some(agreed.text.as_str());
    log(conn, &subscriber, ("given", agreed.source, text), agreed.asked_at, now)?;
    Ok(subscriber)
}

fn insert(conn: &mut Conn, agreed: &Agreed, now: NaiveDateTime) -> Result<Subscriber> {
    Ok(diesel::insert_into(subscriber::table)
        .values((
            subscriber::email.eq(&agreed.email),
            subscriber::email_key.eq(CustomerKey::of(&agreed.email).as_str()),
            subscriber::locale.eq(agreed.language.code()),
            subscriber::token.eq(OrderToken::random().as_str()),
            subscriber::confirmed_at.eq(now),
        ))
        .returning((
            subscriber::id,
            subscriber::email,
            subscriber::locale,
            subscriber::token,
            subscriber::confirmed_at,
        ))
        .get_result(conn)?)
}

/// Forgets a subscriber and writes down that she left; `false` when there is none with this token.
pub fn leave(conn: &mut Conn, token: &str, source: Source, now: NaiveDateTime) -> Result<bool> {
    let Some(known) = find(conn, token)? else { return Ok(false) };
    let gone = diesel::delete(subscriber::table.find(known.id)).execute(conn)?;
    if gone == 1 {
        log(conn, &known, ("withdrawn", source, None), now, now)?;
    }
    Ok(gone == 1)
}

fn log(
    conn: &mut Conn,
    of: &Subscriber,
    (act, source, text): (&str, Source, Option<&str>),
    asked_at: NaiveDateTime,
    now: NaiveDateTime,
) -> Result<()> {
    let text = text.unwrap_or_default();
    let hash = Sha256::digest(text);
    let version: String = hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    diesel::insert_into(consent::table)
        .values((
            consent::subscriber.eq(of.id),
            consent::purpose.eq("newsletter"),
            consent::act.eq(act),
            consent::source.eq(source.code()),
            consent::locale.eq(&of.locale),
            consent::version.eq(version),
            consent::text.eq(text),
            consent::asked_at.eq(asked_at),
            consent::happened_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// A subscription follows its owner to another address; one that is there already stays the one.
pub fn follow(conn: &mut Conn, old: &str, new: &str) -> Result<()> {
    let key = CustomerKey::of(old);
    let hers = subscriber::table.filter(subscriber::email_key.eq(key.as_str()));
    match find_mailbox(conn, new)? {
        Some(_) => diesel::delete(hers).execute(conn)?,
        None => {
            let other = CustomerKey::of(new);
            let moved = (subscriber::email.eq(new), subscriber::email_key.eq(other.as_str()));
            diesel::update(hers).set(moved).execute(conn)?
        }
    };
    Ok(())
}

fn find(conn: &mut Conn, token: &str) -> Result<Option<Subscriber>> {
    let known = subscriber::table.filter(subscriber::token.eq(token));
    Ok(known.select(Subscriber::as_select()).first(conn).optional()?)
}

/// Whoever has this mailbox, however it is written.
pub fn find_mailbox(conn: &mut Conn, email: &str) -> Result<Option<Subscriber>> {
    let key = CustomerKey::of(email);
    let known = subscriber::table.filter(subscriber::email_key.eq(key.as_str()));
    Ok(known.select(Subscriber::as_select()).first(conn).optional()?)
}

/// What the owner of this mailbox has agreed to, newest first, while she is a subscriber; at most so
/// many.
pub fn consents(conn: &mut Conn, email: &str, most: i64) -> Result<Vec<Consent>> {
    let key = CustomerKey::of(email);
    Ok(consent::table
        .inner_join(subscriber::table.on(subscriber::id.eq(consent::subscriber)))
        .filter(subscriber::email_key.eq(key.as_str()))
        .filter(consent::act.eq("given"))
        .order(consent::id.desc())
        .limit(most)
        .select(Consent::as_select())
        .load(conn)?)
}

/// Subscribers in the order in which they came, after this one, at most so many.
pub fn subscribers(conn: &mut Conn, after: i64, most: i64) -> Result<Vec<Subscriber>> {
    Ok(subscriber::table
        .filter(subscriber::id.gt(after))
        .order(subscriber::id)
        .limit(most)
        .select(Subscriber::as_select())
        .load(conn)?)
}
