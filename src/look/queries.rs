//! All SQL of the room.

use diesel::prelude::*;
use serde_json::{Value, json};

use super::model::Look;
use crate::audit::{self, Action, Deed, Entity, Who};
use crate::db::Conn;
use crate::db::schema::look;
use crate::error::{Error, Result};
use crate::ids::MediaId;
use crate::settings;

/// Which look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// What shoppers see.
    Published,
    /// What is being tried out.
    Draft,
}

impl State {
    fn code(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Draft => "draft",
        }
    }
}

/// A look as it stands; a draft that nobody has begun is what shoppers see.
///
/// # Errors
/// `Internal` when what is stored is no look.
pub fn load(conn: &mut Conn, state: State) -> Result<Look> {
    let data = look::table.find(state.code()).select(look::data);
    match (data.first::<String>(conn).optional()?, state) {
        (Some(data), _) => serde_json::from_str(&data)
            .map_err(|error| Error::internal(format!("a {} look: {error}", state.code()))),
        (None, State::Draft) => load(conn, State::Published),
        (None, State::Published) => Ok(Look::default()),
    }
}

/// Keeps a look to be tried out.
pub fn save_draft(conn: &mut Conn, who: &Who, wanted: &Look) -> Result<()> {
    settings::announce(conn)?;
    let before = load(conn, State::Draft)?;
    put(conn, State::Draft, wanted)?;
    told(conn, who, Action::LookDrafted, (&before, wanted))
}

/// Tries out another logo; which one was tried out before.
pub fn set_logo(conn: &mut Conn, who: &Who, logo: Option<MediaId>) -> Result<Option<MediaId>> {
    let before = load(conn, State::Draft)?;
    save_draft(conn, who, &Look { logo, ..before.clone() })?;
    Ok(before.logo)
}

/// Whether what shoppers see or what is tried out has this logo.
pub fn has_logo(conn: &mut Conn, logo: MediaId) -> Result<bool> {
    let (published, draft) = (load(conn, State::Published)?, load(conn, State::Draft)?);
    Ok([published.logo, draft.logo].contains(&Some(logo)))
}

/// Shows shoppers the look that was tried out; which logo they saw before.
pub fn publish(conn: &mut Conn, who: &Who) -> Result<Option<MediaId>> {
    settings::announce(conn)?;
    let before = load(conn, State::Published)?;
    let wanted = load(conn, State::Draft)?;
    put(conn, State::Published, &wanted)?;
    told(conn, who, Action::LookPublished, (&before, &wanted))?;
    Ok(before.logo)
}

fn put(conn: &mut Conn, state: State, wanted: &Look) -> Result<()> {
    let data = value(wanted)?.to_string();
    diesel::delete(look::table.find(state.code())).execute(conn)?;
    diesel::insert_into(look::table)
        .values((look::state.eq(state.code()), look::data.eq(data)))
        .execute(conn)?;
    Ok(())
}

fn told(conn: &mut Conn, who: &Who, action: Action, (before, after): (&Look, &Look)) -> Result<()> {
    if before == after {
        return Ok(());
    }
    let (before, after) = (json!({ "look": value(before)? }), json!({ "look": value(after)? }));
    audit::write(conn, who, &Deed { action, entity: Entity::Shop, before, after })
}

fn value(look: &Look) -> Result<Value> {
    serde_json::to_value(look).map_err(|error| Error::internal(error.to_string()))
}
