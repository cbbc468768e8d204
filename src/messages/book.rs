//! Messages as the staff look them up.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::State;
use crate::db::schema::{message, message_entry};
use crate::db::{Conn, any_of, begins_with, last_word_begins_with};
use crate::error::Result;
use crate::ids::{CustomerId, MessageId};
use crate::orders::OrderNumber;
use crate::orders::lists::FEWEST_LETTERS;

/// So many messages are looked at that a text fits, the newest first.
const MOST_FITTING: i64 = 200;
/// So many answers and notes of a message are shown.
const MOST_ENTRIES: i64 = 100;

/// Which messages are wanted; `None` for any.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub state: Option<State>,
    /// Of an address or a name the beginning, or the number of an order.
    pub text: Option<String>,
    /// Only older ones.
    pub before: Option<MessageId>,
}

/// A message as it stands.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = message)]
pub struct Message {
    pub id: MessageId,
    pub status: String,
    pub topic: String,
    pub name: String,
    pub email: String,
    /// Whose address it was when she wrote.
    pub customer_id: Option<CustomerId>,
    pub order_number: String,
    pub body: String,
    pub locale: String,
    /// Moves on with every answer and every state.
    pub version: i64,
    pub written_at: NaiveDateTime,
}

/// What somebody of the staff wrote about it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = message_entry)]
pub struct Entry {
    /// `answer` or `note`.
    pub kind: String,
    pub body: String,
    pub actor: String,
    pub written_at: NaiveDateTime,
}

/// Messages, the newest first, at most `most`.
pub fn list(conn: &mut Conn, wanted: &Wanted, most: i64) -> Result<Vec<Message>> {
    let mut found = message::table.select(Message::as_select()).into_boxed();
    if let Some(state) = wanted.state {
        found = found.filter(message::status.eq(state.code()));
    }
    if let Some(text) = &wanted.text {
        found = found.filter(any_of(message::id, &fitting(conn, text)?));
    }
    if let Some(before) = wanted.before {
        found = found.filter(message::id.lt(before));
    }
    Ok(found.order(message::id.desc()).limit(most).load(conn)?)
}

/// The newest messages that a text fits: a question for each thing that it may be, by an index each.
fn fitting(conn: &mut Conn, text: &str) -> Result<Vec<MessageId>> {
    let newest =
        || message::table.order(message::id.desc()).limit(MOST_FITTING).select(message::id);
    let mut ids: Vec<MessageId> = match OrderNumber::parse(text) {
        Some(number) => {
            let numbered = newest().filter(message::order_number.eq(number.as_str().to_owned()));
            numbered.load(conn)?
        }
        None => Vec::new(),
    };
    if text.chars().count() >= FEWEST_LETTERS {
        ids.extend(newest().filter(begins_with(message::email, text)).load::<MessageId>(conn)?);
        ids.extend(newest().filter(begins_with(message::name, text)).load::<MessageId>(conn)?);
        let last = newest().filter(last_word_begins_with(message::name, text));
        ids.extend(last.load::<MessageId>(conn)?);
    }
    Ok(ids)
}

/// How many wait for somebody, up to `most`.
pub fn count_open(conn: &mut Conn, most: i64) -> Result<i64> {
    let open = message::table.filter(message::status.eq(State::Open.code())).limit(most);
    let ids: Vec<MessageId> = open.select(message::id).load(conn)?;
    Ok(i64::try_from(ids.len()).unwrap_or(most))
}

pub fn find(conn: &mut Conn, id: MessageId) -> Result<Option<Message>> {
    Ok(message::table.find(id).select(Message::as_select()).first(conn).optional()?)
}

/// Answers and notes, the oldest first.
pub fn entries(conn: &mut Conn, id: MessageId) -> Result<Vec<Entry>> {
    Ok(message_entry::table
        .filter(message_entry::message_id.eq(id))
        .order(message_entry::id)
        .limit(MOST_ENTRIES)
        .select(Entry::as_select())
        .load(conn)?)
}
