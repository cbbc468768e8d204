//! What was counted is typed in, a page at a time, or comes with a file.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;

use super::model::{Sheet, Status};
use crate::audit::{self, Action, Deed, Entity, Who};
use crate::db::schema::{price, stocktake, stocktake_line, variant};
use crate::db::{Conn, any_of};
use crate::error::Result;
use crate::ids::{StocktakeId, VariantId};
use crate::prices::current_price;
use crate::stock::{Actor, lately};

/// What was counted of a line; `None` takes a count back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    pub position: i64,
    /// As whoever typed was shown it.
    pub seen: Option<i64>,
    pub counted: Option<i64>,
}

impl Count {
    /// So many more lines are counted by it, or fewer.
    fn more(&self) -> i64 {
        i64::from(self.counted.is_some()) - i64::from(self.seen.is_some())
    }
}

/// What became of counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    Done,
    /// Somebody else has typed another count of one of the lines, or books the sheet.
    Meanwhile,
}

/// Keeps what was counted at an instant, all of it or nothing.
pub fn type_in(
    conn: &mut Conn,
    sheet: &Sheet,
    (counts, at): (&[Count], NaiveDateTime),
    who: &Who,
) -> Result<Typed> {
    if !hold(conn, sheet.id)? {
        return Ok(Typed::Meanwhile);
    }
    let known = known(conn, sheet.id, counts)?;
    let is_same =
        |count: &Count| known.get(&count.position).map(|(_, was)| *was) == Some(count.seen);
    if !counts.iter().all(is_same) {
        return Ok(Typed::Meanwhile);
    }
    let variants: Vec<VariantId> = known.values().map(|(variant, _)| *variant).collect();
    let shelves = lately(conn, &variants, sheet.since_move)?;
    let amounts = amounts(conn, &variants, (&sheet.currency, at))?;
    for count in counts {
        let Some((variant, _)) = known.get(&count.position) else { continue };
        let kept = Kept {
            counted: count.counted,
            expected: count.counted.map(|_| shelves.get(variant).map_or(0, |shelf| shelf.at(at))),
            unit_amount: amounts.get(variant).copied(),
            counted_at: count.counted.map(|_| at),
            counted_by: count
                .counted
                .map(|_| Actor::of(who).as_str().to_owned())
                .unwrap_or_default(),
        };
        let line = stocktake_line::table.find((sheet.id, count.position));
        diesel::update(line).set(kept).execute(conn)?;
    }
    let more: i64 = counts.iter().map(Count::more).sum();
    diesel::update(stocktake::table.find(sheet.id))
        .set(stocktake::counted.eq(stocktake::counted + more))
        .execute(conn)?;
    let deed = Deed::of(Action::CountsTyped, Entity::Stocktake(sheet.id));
    audit::write(conn, who, &Deed { after: json!({ "lines": counts.len() }), ..deed })?;
    Ok(Typed::Done)
}

/// What a line says from now on; a count that is taken back leaves nothing.
#[derive(AsChangeset)]
#[diesel(table_name = stocktake_line, treat_none_as_null = true)]
struct Kept {
    counted: Option<i64>,
    expected: Option<i64>,
    unit_amount: Option<i64>,
    counted_at: Option<NaiveDateTime>,
    counted_by: String,
}

/// Keeps counts of which nobody says when they were made: of what has moved since the sheet was made
/// they may be of before or of after, so it is left, by its positions. `None` when somebody else has
/// typed meanwhile, and nothing is kept.
pub fn take_over(
    conn: &mut Conn,
    sheet: &Sheet,
    counts: &[Count],
    who: &Who,
) -> Result<Option<Vec<i64>>> {
    let known = known(conn, sheet.id, counts)?;
    let variants: Vec<VariantId> = known.values().map(|(variant, _)| *variant).collect();
    let shelves = lately(conn, &variants, sheet.since_move)?;
    let has_moved = |count: &&Count| {
        let shelf = known.get(&count.position).and_then(|(variant, _)| shelves.get(variant));
        shelf.is_some_and(|shelf| !shelf.moved.is_empty())
    };
    let (moved, still): (Vec<&Count>, Vec<&Count>) = counts.iter().partition(has_moved);
    let still: Vec<Count> = still.into_iter().copied().collect();
    match type_in(conn, sheet, (&still, who.at), who)? {
        Typed::Done => Ok(Some(moved.into_iter().map(|count| count.position).collect())),
        Typed::Meanwhile => Ok(None),
    }
}

/// Whoever comes after waits for the row until this transaction has ended.
fn hold(conn: &mut Conn, id: StocktakeId) -> Result<bool> {
    let held = stocktake::table.find(id).filter(stocktake::status.eq(Status::Open.code()));
    let moved_on = stocktake::version.eq(stocktake::version + 1);
    Ok(diesel::update(held).set(moved_on).execute(conn)? == 1)
}

/// The variant and the count of each line, by its position.
fn known(
    conn: &mut Conn,
    id: StocktakeId,
    counts: &[Count],
) -> Result<BTreeMap<i64, (VariantId, Option<i64>)>> {
    let positions: Vec<i64> = counts.iter().map(|count| count.position).collect();
    let rows: Vec<(i64, VariantId, Option<i64>)> = stocktake_line::table
        .filter(stocktake_line::stocktake_id.eq(id))
        .filter(any_of(stocktake_line::number, &positions))
        .select((stocktake_line::number, stocktake_line::variant_id, stocktake_line::counted))
        .load(conn)?;
    Ok(rows.into_iter().map(|(position, variant, was)| (position, (variant, was))).collect())
}

/// What one of each costs everybody, in minor units.
fn amounts(
    conn: &mut Conn,
    variants: &[VariantId],
    (currency, at): (&str, NaiveDateTime),
) -> Result<BTreeMap<VariantId, i64>> {
    let rows: Vec<(VariantId, i64)> = price::table
        .filter(any_of(price::variant_id, variants))
        .filter(current_price(currency.to_owned(), at))
        .order(price::amount.desc())
        .select((price::variant_id, price::amount))
        .load(conn)?;
    // The lowest of several has the last word.
    Ok(rows.into_iter().collect())
}

/// Position and count of these SKUs on a sheet; nothing for what is not on it.
pub fn positions_of(
    conn: &mut Conn,
    id: StocktakeId,
    skus: &[&str],
) -> Result<BTreeMap<String, (i64, Option<i64>)>> {
    let rows: Vec<(String, (i64, Option<i64>))> = stocktake_line::table
        .inner_join(variant::table)
        .filter(stocktake_line::stocktake_id.eq(id))
        .filter(variant::sku.eq_any(skus))
        .select((variant::sku, (stocktake_line::number, stocktake_line::counted)))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}
