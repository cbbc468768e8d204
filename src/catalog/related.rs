//! What goes well with a product, as the staff choose it: its page shows it in this order.

use diesel::dsl::exists;
use diesel::prelude::*;
use serde_json::json;

use super::shelves::Shift;
use super::writes;
use crate::audit::{self, Action, Deed, Entity, Who};
use crate::db::Conn;
use crate::db::schema::{product, related_product};
use crate::error::{Error, Result};
use crate::ids::ProductId;

/// So many are chosen at most.
pub const MOST: usize = 12;

/// What is done to the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    Add(ProductId),
    Remove(ProductId),
    Move(ProductId, Shift),
}

/// What goes well with a product, whether shoppers see it or not.
pub fn list(conn: &mut Conn, id: ProductId) -> Result<Vec<ProductId>> {
    Ok(related_product::table
        .filter(related_product::product_id.eq(id))
        .order((related_product::position, related_product::related_id))
        .select(related_product::related_id)
        .load(conn)?)
}

/// Changes the list; what it says already changes nothing. `false` when it is full.
///
/// # Errors
/// `NotFound` when there is no such product.
pub fn change(conn: &mut Conn, who: &Who, (id, wish): (ProductId, Wish)) -> Result<bool> {
    hold(conn, id, who)?;
    let before = list(conn, id)?;
    let after = match wish {
        Wish::Add(other) if other == id || before.contains(&other) => return Ok(true),
        Wish::Add(_) if before.len() >= MOST => return Ok(false),
        Wish::Add(other) => with(conn, &before, other)?,
        Wish::Remove(other) => before.iter().copied().filter(|id| *id != other).collect(),
        Wish::Move(other, way) => way.of(before.clone(), &other).unwrap_or_else(|| before.clone()),
    };
    if after == before {
        return Ok(true);
    }
    let rows = related_product::table.filter(related_product::product_id.eq(id));
    diesel::delete(rows).execute(conn)?;
    writes::relate(conn, id, &after)?;
    let (action, entity) = (Action::ProductChanged, Entity::Product(id));
    let (before, after) = (json!({ "related": before }), json!({ "related": after }));
    audit::write(conn, who, &Deed { action, entity, before, after })?;
    Ok(true)
}

/// Lets one change come after the other.
fn hold(conn: &mut Conn, id: ProductId, who: &Who) -> Result<()> {
    let held = diesel::update(product::table.find(id)).set(product::updated_at.eq(who.at));
    match held.execute(conn)? {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}

fn with(conn: &mut Conn, known: &[ProductId], other: ProductId) -> Result<Vec<ProductId>> {
    let is_there = diesel::select(exists(product::table.find(other))).get_result(conn)?;
    match is_there {
        true => Ok(known.iter().copied().chain([other]).collect()),
        false => Err(Error::NotFound),
    }
}
