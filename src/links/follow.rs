//! Somebody comes with a link that was mailed.

use chrono::NaiveDateTime;

use super::model::{Link, Purpose};
use super::queries;
use crate::db::Db;
use crate::error::Result;
use crate::ids::LinkToken;

/// The link with this token, as it stands in an address; `None` for what is no token, for another
/// purpose, and for a link that opens nothing any more.
pub async fn follow(
    db: &Db,
    token: &str,
    purposes: &'static [Purpose],
    now: NaiveDateTime,
) -> Result<Option<Link>> {
    let Some(token) = LinkToken::parse(token) else { return Ok(None) };
    db.read(move |conn| queries::find(conn, &token, purposes, now)).await
}
