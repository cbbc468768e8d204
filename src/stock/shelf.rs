//! The shelf as whoever runs the shop looks at it: a level, its ledger, its limits, and a count.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use std::collections::BTreeMap;

use super::model::{Count, Level, Limits, Move};
use super::queries::{self, Cause};
use crate::db::schema::{stock, stock_move, variant};
use crate::db::{Conn, any_of};
use crate::error::Result;
use crate::ids::VariantId;

/// A variant's level; nothing lies there of one that has never lain on the shelf. `None` when there
/// is no such variant.
pub fn find_level(conn: &mut Conn, variant: VariantId) -> Result<Option<Level>> {
    type Row = (String, Option<(i64, i64, Limits)>);
    let found: Option<Row> = variant::table
        .left_join(stock::table)
        .filter(variant::id.eq(variant))
        .select((
            variant::sku,
            (stock::on_hand, stock::reserved, (stock::backorder_limit, stock::low_at)).nullable(),
        ))
        .first(conn)
        .optional()?;
    Ok(found.map(|(sku, numbers)| {
        let (on_hand, reserved, limits) = numbers.unwrap_or_default();
        Level { sku, on_hand, reserved, limits }
    }))
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

/// Sets the limits of a variant if they are still as somebody has `seen` them; else `false`.
pub fn set_limits(
    conn: &mut Conn,
    variant: VariantId,
    (seen, wanted): (Limits, Limits),
) -> Result<bool> {
    let is_unset = stock::low_at.is_null().and(seen.low_at.is_none().into_sql::<Bool>());
    let shelf = stock::table
        .find(variant)
        .filter(stock::backorder_limit.eq(seen.backorder))
        .filter(stock::low_at.eq(seen.low_at).or(is_unset.nullable()));
    let limits = (stock::backorder_limit.eq(wanted.backorder), stock::low_at.eq(wanted.low_at));
    Ok(diesel::update(shelf).set(limits).execute(conn)? == 1)
}

/// How many more of a variant may be ordered than lie there, whatever was said before.
pub fn backorder(conn: &mut Conn, variant: VariantId, limit: i64) -> Result<()> {
    diesel::update(stock::table.find(variant))
        .set(stock::backorder_limit.eq(limit))
        .execute(conn)?;
    Ok(())
}

/// The end of the ledger.
pub fn last_move(conn: &mut Conn) -> Result<i64> {
    let last = stock_move::table.order(stock_move::id.desc()).select(stock_move::id);
    Ok(last.first(conn).optional()?.unwrap_or_default())
}

/// What lies on a shelf, and what has come and gone since a row of the ledger: how many, and when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lately {
    pub on_hand: i64,
    pub moved: Vec<(i64, NaiveDateTime)>,
}

impl Lately {
    /// What lay there at an instant after that row.
    pub fn at(&self, at: NaiveDateTime) -> i64 {
        let later = self.moved.iter().filter(|(_, moved)| *moved > at);
        self.on_hand - later.map(|(units, _)| units).sum::<i64>()
    }
}

/// One statement, so that no move is seen with half of what it did.
pub fn lately(
    conn: &mut Conn,
    variants: &[VariantId],
    since: i64,
) -> Result<BTreeMap<VariantId, Lately>> {
    let of_shelf = stock_move::variant_id.eq(stock::variant_id);
    let moved = of_shelf.and(stock_move::id.gt(since)).and(stock_move::on_hand.ne(0));
    type Row = (VariantId, i64, Option<(i64, NaiveDateTime)>);
    let rows: Vec<Row> = stock::table
        .left_join(stock_move::table.on(moved))
        .filter(any_of(stock::variant_id, variants))
        .select((
            stock::variant_id,
            stock::on_hand,
            (stock_move::on_hand, stock_move::moved_at).nullable(),
        ))
        .load(conn)?;
    let mut shelves: BTreeMap<VariantId, Lately> = BTreeMap::new();
    for (variant, on_hand, moved) in rows {
        let shelf = shelves.entry(variant).or_default();
        shelf.on_hand = on_hand;
        shelf.moved.extend(moved);
    }
    Ok(shelves)
}
