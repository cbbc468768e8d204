//! A guest's wishes come to her account when she signs in.

use chrono::NaiveDateTime;

use super::model::Owner;
use super::queries;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::{CustomerId, WishlistKey};

/// Joins the lists, inside the caller's transaction. Where the account has none, the guest's
/// becomes its own, and a link to it stays good; else that link ends, since it was never meant to
/// show what the account keeps.
pub fn join(
    conn: &mut Conn,
    customer: CustomerId,
    guest: Option<&WishlistKey>,
    now: NaiveDateTime,
) -> Result<()> {
    let Some(key) = guest else { return Ok(()) };
    let Some(list) = queries::find(conn, &Owner::Guest(key.clone()))? else { return Ok(()) };
    match queries::touch(conn, &Owner::Customer(customer), now)? {
        Some(own) => queries::pour(conn, list.id, own),
        None => queries::give(conn, list.id, customer),
    }
}
