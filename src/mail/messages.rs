//! What somebody wrote by the contact form, and what she is answered.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::{message_answer, new_message};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::{MessageEntryId, MessageId};
use crate::jobs::{self, Kind, NewJob, Queue, Task};
use crate::web::Shop;

/// About a [`MessageNews`].
pub(super) const NEWS: Kind = Kind { queue: Queue::Shop, name: "mail.message" };

/// What happened to a message.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub enum MessageNews {
    Came(MessageId),
    Answered(MessageEntryId),
}

/// Has those told whom it is about, inside the caller's transaction.
pub fn tell_message(conn: &mut Conn, news: &MessageNews, now: NaiveDateTime) -> Result<()> {
    jobs::enqueue(conn, &NewJob::new(NEWS, news, now)?, now)
}

/// Writes the mails, unless she has been forgotten since.
pub(super) fn tell(conn: &mut Conn, shop: &Shop, task: &Task) -> Result<()> {
    match task.about()? {
        MessageNews::Came(id) => new_message::tell(conn, shop, task, id),
        MessageNews::Answered(id) => message_answer::tell(conn, shop, task, id),
    }
}
