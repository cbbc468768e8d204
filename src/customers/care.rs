//! What the staff do for a customer: notes, her group, the door, and making one of two accounts. Each
//! stands in the audit log, in the caller's transaction, which learns nothing of her but her number.

use diesel::prelude::*;
use serde_json::json;

use super::book;
use super::queries::{find, key_of, take_turns};
use crate::addresses::{self, Added, NewEntry};
use crate::audit::{self, Action, Deed, Entity, Who};
use crate::blocks::{self, Pattern};
use crate::cart;
use crate::db::Conn;
use crate::db::schema::{customer, customer_note};
use crate::error::Result;
use crate::ids::CustomerId;
use crate::orders;
use crate::promotions;
use crate::sessions;
use crate::stock::Actor;
use crate::wishes;

/// Writes a note down.
pub fn note(conn: &mut Conn, id: CustomerId, body: &str, who: &Who) -> Result<()> {
    diesel::insert_into(customer_note::table)
        .values((
            customer_note::customer_id.eq(id),
            customer_note::body.eq(body),
            customer_note::actor.eq(Actor::of(who).as_str()),
            customer_note::noted_at.eq(who.at),
        ))
        .execute(conn)?;
    audit::write(conn, who, &Deed::of(Action::CustomerNoted, Entity::Customer(Some(id))))
}

/// Puts a customer into a group, whose prices she has then; `false` when she is not in `seen` any
/// more. Empty for no group.
pub fn set_group(
    conn: &mut Conn,
    id: CustomerId,
    (seen, group): (&str, &str),
    who: &Who,
) -> Result<bool> {
    let known = customer::table.find(id).filter(customer::customer_group.eq(seen));
    if diesel::update(known).set(customer::customer_group.eq(group)).execute(conn)? == 0 {
        return Ok(false);
    }
    let (before, after) = (json!({ "group": seen }), json!({ "group": group }));
    let entity = Entity::Customer(Some(id));
    let deed = Deed { action: Action::CustomerGrouped, entity, before, after };
    audit::write(conn, who, &deed)?;
    Ok(true)
}

/// Shuts somebody out: she orders nothing and signs in nowhere any more.
pub fn block(
    conn: &mut Conn,
    whom: Option<CustomerId>,
    (pattern, reason): (&Pattern, &str),
    who: &Who,
) -> Result<bool> {
    let is_new = blocks::add(conn, (pattern, reason), (whom, who))?;
    if let Some(id) = whom {
        sessions::end_all(conn, sessions::Who::Customer(id))?;
    }
    Ok(is_new)
}

/// What becomes of an account that is merged into another one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merging {
    /// So many, counted no further than [`book::MOST_SUMMED`].
    pub orders: i64,
    pub addresses: i64,
    pub notes: i64,
    pub wishes: i64,
}

/// What there is to merge of an account.
pub fn outlook(conn: &mut Conn, from: &book::Whom) -> Result<Merging> {
    let Some(id) = from.customer() else { return Ok(Merging::default()) };
    let count = |many: usize| i64::try_from(many).unwrap_or(i64::MAX);
    Ok(Merging {
        orders: count(book::bought(conn, from)?.len()),
        addresses: count(addresses::list(conn, id)?.len()),
        notes: count(book::notes(conn, id)?.len()),
        wishes: wishes::count(conn, id)?,
    })
}

/// Makes one account of two of the same person: what is with `from` comes to `into`, and `from` is no
/// more. Nothing is done and `false` when one of them is gone by now, or both are the same.
///
/// # Errors
/// A duplicate (`Error::is_duplicate`) when one of them redeems a code at this moment.
pub fn merge(conn: &mut Conn, (from, into): (CustomerId, CustomerId), who: &Who) -> Result<bool> {
    // In the order of their numbers, so that two who merge them crosswise wait for each other.
    for id in [from.min(into), from.max(into)] {
        take_turns(conn, id)?;
    }
    if from == into || find(conn, from)?.is_none() || find(conn, into)?.is_none() {
        return Ok(false);
    }
    let (old, new) = (key_of(conn, from)?, key_of(conn, into)?);
    let moved = orders::pass_on(conn, (from, into), &old)?;
    for entry in addresses::list(conn, from)? {
        let new = NewEntry { address: entry.address, phone: entry.phone };
        if addresses::add(conn, into, &new)? == Added::Full {
            break;
        }
    }
    cart::pass_on(conn, (from, into), who.at)?;
    wishes::pass_on(conn, (from, into), who.at)?;
    promotions::follow(conn, &old, &new)?;
    let notes = customer_note::table.filter(customer_note::customer_id.eq(from));
    diesel::update(notes).set(customer_note::customer_id.eq(into)).execute(conn)?;
    diesel::delete(customer::table.find(from)).execute(conn)?;
    let (before, after) = (json!({ "merged": from }), json!({ "orders": moved }));
    let entity = Entity::Customer(Some(into));
    audit::write(conn, who, &Deed { action: Action::CustomersMerged, entity, before, after })?;
    Ok(true)
}
