//! The cart that an account keeps comes to the account that goes on, of two of the same person.

use chrono::NaiveDateTime;

use super::join::join;
use super::queries;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::CustomerId;

/// As if she had signed in with what the other account keeps.
pub fn pass_on(
    conn: &mut Conn,
    (from, into): (CustomerId, CustomerId),
    now: NaiveDateTime,
) -> Result<()> {
    let Some(cart) = queries::find_kept(conn, from)? else { return Ok(()) };
    queries::drop_kept(conn, from)?;
    join(conn, into, Some(&cart), now).map(|_| ())
}
