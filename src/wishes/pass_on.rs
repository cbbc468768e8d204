//! Wishes come to the account that goes on, of two of the same person.

use chrono::NaiveDateTime;

use super::model::Owner;
use super::queries;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::CustomerId;

/// Joins the lists, inside the caller's transaction. A link to the first one's stays good where the
/// other has no list.
pub fn pass_on(
    conn: &mut Conn,
    (from, into): (CustomerId, CustomerId),
    now: NaiveDateTime,
) -> Result<()> {
    let Some(list) = queries::find(conn, &Owner::Customer(from))? else { return Ok(()) };
    match queries::touch(conn, &Owner::Customer(into), now)? {
        Some(own) => queries::pour(conn, list.id, own),
        None => queries::give(conn, list.id, into),
    }
}

/// How many things are on a customer's list.
pub fn count(conn: &mut Conn, customer: CustomerId) -> Result<i64> {
    match queries::find(conn, &Owner::Customer(customer))? {
        Some(list) => Ok(i64::try_from(queries::wishes(conn, list.id)?.len()).unwrap_or(i64::MAX)),
        None => Ok(0),
    }
}
