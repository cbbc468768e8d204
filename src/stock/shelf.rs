//! The shelf as whoever runs the shop looks at it: levels, the ledger of one of them, and a count.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::{Count, Level, Move};
use super::queries::{self, Cause, available};
use crate::db::Conn;
use crate::db::schema::{stock, stock_move, variant};
use crate::error::Result;
use crate::ids::VariantId;

/// Which levels are wanted.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Only what can be had of at most so many.
    pub at_most: Option<i64>,
    /// Only what comes after this SKU; empty for all.
    pub after: String,
}

/// Levels in the order of their SKUs, at most `most`.
pub fn levels(conn: &mut Conn, wanted: &Wanted, most: i64) -> Result<Vec<Level>> {
    let mut found = stock::table
        .inner_join(variant::table)
        .filter(variant::sku.gt(&wanted.after))
        .select((variant::sku, stock::on_hand, stock::reserved, stock::backorder_limit))
        .into_boxed();
    if let Some(few) = wanted.at_most {
        found = found.filter(available().le(few));
    }
    Ok(found.order(variant::sku).limit(most).load(conn)?)
}

/// A variant's level.
pub fn level(conn: &mut Conn, variant: VariantId) -> Result<Level> {
    Ok(stock::table
        .inner_join(variant::table)
        .filter(stock::variant_id.eq(variant))
        .select((variant::sku, stock::on_hand, stock::reserved, stock::backorder_limit))
        .first(conn)?)
}

/// The variant with this SKU.
pub fn find_sku(conn: &mut Conn, sku: &str) -> Result<Option<VariantId>> {
    let found = variant::table.filter(variant::sku.eq(sku)).select(variant::id);
    Ok(found.first(conn).optional()?)
}

/// What has moved a level, the latest first: at most `most`, and only what came before this row.
pub fn ledger(
    conn: &mut Conn,
    variant: VariantId,
    before: Option<i64>,
    most: i64,
) -> Result<Vec<Move>> {
    let mut found = stock_move::table
        .filter(stock_move::variant_id.eq(variant))
        .select((
            stock_move::id,
            stock_move::kind,
            stock_move::on_hand,
            stock_move::reserved,
            stock_move::cause,
            stock_move::reason,
            stock_move::actor,
            stock_move::moved_at,
        ))
        .into_boxed();
    if let Some(before) = before {
        found = found.filter(stock_move::id.lt(before));
    }
    Ok(found.order(stock_move::id.desc()).limit(most).load(conn)?)
}

/// What a count says of a shelf that was written down as `expected` before it was counted.
pub fn compare(
    conn: &mut Conn,
    variant: VariantId,
    (expected, counted): (i64, i64),
) -> Result<Count> {
    let now: Option<i64> =
        stock::table.find(variant).select(stock::on_hand).first(conn).optional()?;
    Ok(match now.unwrap_or_default() {
        now if now != expected => Count::Moved { now },
        now if now == counted => Count::Same,
        _ => Count::Differs { by: counted - expected },
    })
}

/// Corrects a level to what was counted, unless something has moved it since it was written down:
/// it is counted anew then. What was promised meanwhile stays promised.
pub fn correct(
    conn: &mut Conn,
    variant: VariantId,
    (expected, counted): (i64, i64),
    cause: &Cause<'_>,
) -> Result<Count> {
    let found = compare(conn, variant, (expected, counted))?;
    if let Count::Differs { by } = found
        && !queries::adjust_from(conn, variant, (expected, by), cause)?
    {
        return compare(conn, variant, (expected, counted));
    }
    Ok(found)
}

/// Puts a variant on the shelf that has never lain there.
pub fn open_if_new(conn: &mut Conn, variant: VariantId, at: NaiveDateTime) -> Result<()> {
    let known = stock::table.find(variant).count().get_result::<i64>(conn)?;
    if known > 0 {
        return Ok(());
    }
    let actor = super::Actor::shop();
    let cause = Cause { name: String::new(), reason: "", actor: &actor, at };
    queries::open(conn, variant, 0, &cause)
}
