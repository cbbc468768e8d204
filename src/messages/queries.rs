//! What the form writes, and what is forgotten.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;

use super::model::{State, Written};
use crate::db::schema::message;
use crate::db::{Conn, any_of};
use crate::error::{Error, Result};
use crate::ids::MessageId;
use crate::promotions::CustomerKey;

/// So long after anybody last touched it a message is kept.
const KEPT: [(State, TimeDelta); 3] = [
    (State::Open, TimeDelta::days(365)),
    (State::Done, TimeDelta::days(365)),
    (State::Spam, TimeDelta::days(30)),
];

/// Keeps a message; `None` when nobody has seen to the same one yet.
pub(super) fn insert(
    conn: &mut Conn,
    written: &Written,
    now: NaiveDateTime,
) -> Result<Option<MessageId>> {
    let row = (
        message::status.eq(written.state.code()),
        message::topic.eq(written.topic.code()),
        message::name.eq(&written.name),
        message::email.eq(&written.email),
        message::email_key.eq(CustomerKey::of(&written.email).as_str().to_owned()),
        message::customer_id.eq(written.customer),
        message::order_number.eq(&written.number),
        message::body.eq(&written.body),
        message::locale.eq(written.language.code()),
        message::fingerprint.eq(written.fingerprint()),
        message::version.eq(0),
        message::written_at.eq(now),
        message::touched_at.eq(now),
    );
    // A savepoint: PostgreSQL would give up the caller's transaction.
    let insert = |conn: &mut Conn| -> Result<MessageId> {
        let insert = diesel::insert_into(message::table).values(row);
        Ok(insert.returning(message::id).get_result(conn)?)
    };
    match conn.transaction(insert) {
        Err(error) if Error::is_duplicate(&error) => Ok(None),
        inserted => inserted.map(Some),
    }
}

/// Forgets so many at most of each state; how many.
pub(super) fn sweep(conn: &mut Conn, now: NaiveDateTime, most: i64) -> Result<usize> {
    let mut gone = 0;
    for (state, kept) in KEPT {
        let old: Vec<MessageId> = message::table
            .filter(message::status.eq(state.code()))
            .filter(message::touched_at.lt(now - kept))
            .order(message::touched_at)
            .limit(most)
            .select(message::id)
            .load(conn)?;
        gone += diesel::delete(message::table.filter(any_of(message::id, &old))).execute(conn)?;
    }
    Ok(gone)
}
