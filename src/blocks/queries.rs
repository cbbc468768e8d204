//! All SQL of the room.

use diesel::prelude::*;

use super::model::{Block, Pattern, fits};
use crate::audit::{self, Action, Deed, Entity, Who};
use crate::db::Conn;
use crate::db::schema::{block, customer};
use crate::error::Result;
use crate::ids::CustomerId;
use crate::promotions::CustomerKey;
use crate::stock::Actor;

/// So many patterns there can be: each order is compared with all of them.
const MOST_PATTERNS: i64 = 500;

/// What shuts an address out; `None` for nothing.
pub fn find(conn: &mut Conn, email: &str) -> Result<Option<Block>> {
    let key = CustomerKey::of(email);
    let exact = block::table.find(key.as_str()).select(Block::as_select());
    if let Some(found) = exact.first(conn).optional()? {
        return Ok(Some(found));
    }
    let patterns: Vec<Block> = block::table
        .filter(block::is_many.eq(true))
        .order(block::pattern)
        .limit(MOST_PATTERNS)
        .select(Block::as_select())
        .load(conn)?;
    Ok(patterns.into_iter().find(|block| fits(&block.pattern, key.as_str())))
}

/// Whether somebody may not order: by the address that she gives, or by that of her account.
pub fn shuts_out(conn: &mut Conn, email: &str, account: Option<CustomerId>) -> Result<bool> {
    if find(conn, email)?.is_some() {
        return Ok(true);
    }
    let Some(id) = account else { return Ok(false) };
    let own: Option<String> =
        customer::table.find(id).select(customer::email_key).first(conn).optional()?;
    match own {
        Some(own) if own != CustomerKey::of(email).as_str() => Ok(find(conn, &own)?.is_some()),
        _ => Ok(false),
    }
}

/// Everything that shuts somebody out, by pattern and after one, at most `most`.
pub fn list(conn: &mut Conn, after: &str, most: i64) -> Result<Vec<Block>> {
    Ok(block::table
        .filter(block::pattern.gt(after))
        .order(block::pattern)
        .limit(most)
        .select(Block::as_select())
        .load(conn)?)
}

/// Shuts somebody out; `false` when she is already, or when there are too many patterns.
pub fn add(
    conn: &mut Conn,
    (pattern, reason): (&Pattern, &str),
    (whom, who): (Option<CustomerId>, &Who),
) -> Result<bool> {
    let is_known = diesel::select(diesel::dsl::exists(block::table.find(pattern.as_str())));
    if is_known.get_result(conn)? || pattern.is_many() && is_full(conn)? {
        return Ok(false);
    }
    diesel::insert_into(block::table)
        .values((
            block::pattern.eq(pattern.as_str()),
            block::is_many.eq(pattern.is_many()),
            block::reason.eq(reason),
            block::actor.eq(Actor::of(who).as_str()),
            block::blocked_at.eq(who.at),
        ))
        .execute(conn)?;
    audit::write(conn, who, &Deed::of(Action::CustomerBlocked, Entity::Customer(whom)))?;
    Ok(true)
}

fn is_full(conn: &mut Conn) -> Result<bool> {
    let patterns = block::table.filter(block::is_many.eq(true)).count();
    Ok(patterns.get_result::<i64>(conn)? >= MOST_PATTERNS)
}

/// Lets somebody in again; `false` when nothing shuts her out by exactly this.
pub fn remove(
    conn: &mut Conn,
    pattern: &str,
    (whom, who): (Option<CustomerId>, &Who),
) -> Result<bool> {
    if diesel::delete(block::table.find(pattern)).execute(conn)? == 0 {
        return Ok(false);
    }
    audit::write(conn, who, &Deed::of(Action::CustomerUnblocked, Entity::Customer(whom)))?;
    Ok(true)
}
