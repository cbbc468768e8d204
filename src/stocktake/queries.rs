//! What is read of the sheets.

use diesel::prelude::*;

use super::model::{Difference, Line, Sheet, Sums};
use crate::db::Conn;
use crate::db::schema::{stocktake, stocktake_line, variant};
use crate::error::Result;
use crate::ids::{StocktakeId, VariantId};

/// A sheet has no more differences than anybody looks through; beyond this they are not summed.
const MOST_SUMMED: i64 = 100_000;

/// Sheets, the newest first, and only those before one: at most `most`.
pub fn list(conn: &mut Conn, before: Option<StocktakeId>, most: i64) -> Result<Vec<Sheet>> {
    let mut found = stocktake::table.select(Sheet::as_select()).into_boxed();
    if let Some(before) = before {
        found = found.filter(stocktake::id.lt(before));
    }
    Ok(found.order(stocktake::id.desc()).limit(most).load(conn)?)
}

pub fn find(conn: &mut Conn, id: StocktakeId) -> Result<Option<Sheet>> {
    let found = stocktake::table.find(id).select(Sheet::as_select());
    Ok(found.first(conn).optional()?)
}

/// Lines after a position, in their order: at most `most`.
pub fn lines(conn: &mut Conn, id: StocktakeId, after: i64, most: i64) -> Result<Vec<Line>> {
    Ok(stocktake_line::table
        .filter(stocktake_line::stocktake_id.eq(id))
        .filter(stocktake_line::number.gt(after))
        .order(stocktake_line::number)
        .limit(most)
        .select(Line::as_select())
        .load(conn)?)
}

/// On which page of so many lines a SKU stands, from 0; `None` when it is not on the sheet.
pub fn page_of(conn: &mut Conn, id: StocktakeId, sku: &str, lines: i64) -> Result<Option<i64>> {
    let position: Option<i64> = stocktake_line::table
        .inner_join(variant::table)
        .filter(stocktake_line::stocktake_id.eq(id))
        .filter(variant::sku.eq(sku))
        .select(stocktake_line::number)
        .first(conn)
        .optional()?;
    Ok(position.map(|position| (position - 1) / lines))
}

/// What differs, in the order of the sheet and after a position: at most `most`.
pub fn differences(
    conn: &mut Conn,
    id: StocktakeId,
    after: i64,
    most: i64,
) -> Result<Vec<Difference>> {
    type Row = (i64, VariantId, Option<i64>, Option<i64>, Option<i64>, String, Option<String>);
    let rows: Vec<Row> = stocktake_line::table
        .filter(stocktake_line::stocktake_id.eq(id))
        .filter(stocktake_line::number.gt(after))
        .filter(stocktake_line::counted.ne(stocktake_line::expected))
        .order(stocktake_line::number)
        .limit(most)
        .select((
            stocktake_line::number,
            stocktake_line::variant_id,
            stocktake_line::counted,
            stocktake_line::expected,
            stocktake_line::unit_amount,
            stocktake_line::counted_by,
            stocktake_line::outcome,
        ))
        .load(conn)?;
    let read = |(position, variant, counted, expected, unit_amount, counted_by, outcome): Row| {
        let (counted, expected) = (counted.unwrap_or_default(), expected.unwrap_or_default());
        let is_left = outcome.as_deref() == Some("left");
        Difference { position, variant, counted, expected, unit_amount, counted_by, is_left }
    };
    Ok(rows.into_iter().map(read).collect())
}

/// What the differences of a sheet come to.
pub fn sums(conn: &mut Conn, id: StocktakeId) -> Result<Sums> {
    type Row = (Option<i64>, Option<i64>, Option<i64>, Option<String>);
    let rows: Vec<Row> = stocktake_line::table
        .filter(stocktake_line::stocktake_id.eq(id))
        .filter(stocktake_line::counted.ne(stocktake_line::expected))
        .limit(MOST_SUMMED)
        .select((
            stocktake_line::counted,
            stocktake_line::expected,
            stocktake_line::unit_amount,
            stocktake_line::outcome,
        ))
        .load(conn)?;
    let mut sums = Sums::default();
    for (counted, expected, unit_amount, outcome) in rows {
        sums.add(counted.unwrap_or_default() - expected.unwrap_or_default(), unit_amount);
        sums.left += i64::from(outcome.as_deref() == Some("left"));
    }
    Ok(sums)
}
