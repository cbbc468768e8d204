//! What the staff do about a message: answers, notes, its state. Each stands in the audit log, in the
//! caller's transaction, which learns nothing of what was written.

use diesel::prelude::*;
use serde_json::json;

use super::model::State;
use crate::audit::{self, Action, Deed, Entity, Who};
use crate::db::Conn;
use crate::db::schema::{message, message_entry};
use crate::error::{Error, Result};
use crate::ids::{MessageEntryId, MessageId};
use crate::mail::{self, MessageNews};
use crate::stock::Actor;

/// Which message is meant, and as which version she has seen it.
pub type Seen = (MessageId, i64);

/// Answers by mail, and is done with it; `false` when somebody else was faster.
pub fn answer(conn: &mut Conn, seen: Seen, body: &str, who: &Who) -> Result<bool> {
    if !move_to(conn, seen, State::Done, who)? {
        return Ok(false);
    }
    let id = write(conn, seen.0, ("answer", body), who)?;
    mail::tell_message(conn, &MessageNews::Answered(id), who.at)?;
    audit::write(conn, who, &Deed::of(Action::MessageAnswered, Entity::Message(seen.0)))?;
    Ok(true)
}

/// Writes a note down, which nobody else reads.
pub fn note(conn: &mut Conn, id: MessageId, body: &str, who: &Who) -> Result<()> {
    write(conn, id, ("note", body), who)?;
    audit::write(conn, who, &Deed::of(Action::MessageNoted, Entity::Message(id)))
}

/// Puts it elsewhere; `false` when somebody else was faster, or the same message has come again and
/// is there already.
pub fn set_state(conn: &mut Conn, seen: Seen, state: State, who: &Who) -> Result<bool> {
    if !move_to(conn, seen, state, who)? {
        return Ok(false);
    }
    let (entity, after) = (Entity::Message(seen.0), json!({ "status": state.code() }));
    let deed = Deed { action: Action::MessageMoved, entity, before: json!({}), after };
    audit::write(conn, who, &deed)?;
    Ok(true)
}

fn move_to(conn: &mut Conn, (id, version): Seen, state: State, who: &Who) -> Result<bool> {
    let seen = message::table.find(id).filter(message::version.eq(version));
    let change = diesel::update(seen).set((
        message::status.eq(state.code()),
        message::version.eq(message::version + 1),
        message::touched_at.eq(who.at),
    ));
    // A savepoint: PostgreSQL would give up the caller's transaction.
    let moved = conn.transaction(|conn: &mut Conn| -> Result<usize> { Ok(change.execute(conn)?) });
    match moved {
        Err(error) if Error::is_duplicate(&error) => Ok(false),
        moved => Ok(moved? == 1),
    }
}

fn write(
    conn: &mut Conn,
    id: MessageId,
    (kind, body): (&str, &str),
    who: &Who,
) -> Result<MessageEntryId> {
    Ok(diesel::insert_into(message_entry::table)
        .values((
            message_entry::message_id.eq(id),
            message_entry::kind.eq(kind),
            message_entry::body.eq(body),
            message_entry::actor.eq(Actor::of(who).as_str()),
            message_entry::written_at.eq(who.at),
        ))
        .returning(message_entry::id)
        .get_result(conn)?)
}
