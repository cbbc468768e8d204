//! Makes an order of a draft, once: the draft goes in the transaction in which the order comes.

use diesel::Connection;
use serde_json::json;

use super::order::{Outcome, Placing};
use crate::cart;
use crate::db::Conn;
use crate::drafts::{self, Draft};
use crate::error::{Error, Result};
use crate::ids::OrderToken;
use crate::orders::{self, By, EventKind};
use crate::stock::Actor;

/// Why nothing is placed.
enum Halt {
    /// It is not what was looked at, or gone.
    Gone,
    Ended(Outcome),
    Error(Error),
}

impl From<Error> for Halt {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl From<diesel::result::Error> for Halt {
    fn from(error: diesel::result::Error) -> Self {
        Self::Error(error.into())
    }
}

/// Places it as it was looked at. Whoever comes second is given the order of the first. Runs inside
/// `Db::write`, perhaps again.
pub fn place_draft(conn: &mut Conn, draft: &Draft, placing: &Placing) -> Result<Outcome> {
    match try_to_place(conn, draft, placing)? {
        Some(outcome) => Ok(outcome),
        None => {
            let earlier = cart::find_order_of(conn, &draft.cart.id)?;
            Ok(earlier.map_or(Outcome::Changed, Outcome::Placed))
        }
    }
}

/// The same; `None` when it is not what was looked at any more, or gone.
pub fn try_to_place(conn: &mut Conn, draft: &Draft, placing: &Placing) -> Result<Option<Outcome>> {
    match conn.transaction(|conn| write(conn, draft, placing)) {
        Ok(token) => Ok(Some(Outcome::Placed(token))),
        Err(Halt::Gone) => Ok(None),
        Err(Halt::Ended(outcome)) => Ok(Some(outcome)),
        Err(Halt::Error(error)) => Err(error),
    }
}

fn write(conn: &mut Conn, draft: &Draft, placing: &Placing) -> Result<OrderToken, Halt> {
    if !drafts::take(conn, draft)? {
        return Err(Halt::Gone);
    }
    match placing.run(conn)? {
        Outcome::Placed(token) => {
            let (id, _) = orders::named(conn, &token)?;
            let by = By { actor: Actor::staff(&draft.author), at: placing.view.now };
            orders::note(conn, id, EventKind::Drafted, &by, &json!({}))?;
            Ok(token)
        }
        other => Err(Halt::Ended(other)),
    }
}
