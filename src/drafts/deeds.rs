//! What staff do with drafts, each written down in the audit log.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::model::{Content, Draft};
use super::{SENT, queries};
use crate::audit::{self, Action, Deed, Entity, Who};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::DraftId;
use crate::jobs::{self, NewJob};

/// A draft whose link is to be sent.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Sent {
    pub draft: DraftId,
    /// What it came to when it was sent, in minor units.
    pub total: i64,
}

pub fn make(conn: &mut Conn, who: &Who, content: &Content) -> Result<DraftId> {
    let id = queries::insert(conn, content, who.actor.name(), who.at)?;
    write_down(conn, who, Action::DraftMade, id)?;
    Ok(id)
}

/// `false` when it is not what it was any more.
pub fn save(conn: &mut Conn, who: &Who, draft: &Draft, content: &Content) -> Result<bool> {
    let is_saved = queries::update(conn, draft, content, who.at)?;
    if is_saved {
        write_down(conn, who, Action::DraftChanged, draft.id)?;
    }
    Ok(is_saved)
}

/// Has its link sent by mail, to be ordered for a while from now on; `false` when it is not what it
/// was any more.
pub fn send(conn: &mut Conn, who: &Who, draft: &Draft, total: i64) -> Result<bool> {
    let is_sent = queries::renew(conn, draft, who.at)?;
    if is_sent {
        tell(conn, Sent { draft: draft.id, total }, who.at)?;
        let deed = Deed::of(Action::DraftSent, Entity::Draft(draft.id));
        audit::write(conn, who, &Deed { after: json!({ "total": total }), ..deed })?;
    }
    Ok(is_sent)
}

pub fn remove(conn: &mut Conn, who: &Who, draft: &Draft) -> Result<bool> {
    let is_removed = queries::take(conn, draft)?;
    if is_removed {
        write_down(conn, who, Action::DraftRemoved, draft.id)?;
    }
    Ok(is_removed)
}

fn tell(conn: &mut Conn, sent: Sent, at: NaiveDateTime) -> Result<()> {
    jobs::enqueue(conn, &NewJob::new(SENT, &sent, at)?, at)
}

fn write_down(conn: &mut Conn, who: &Who, action: Action, id: DraftId) -> Result<()> {
    audit::write(conn, who, &Deed::of(action, Entity::Draft(id)))
}
