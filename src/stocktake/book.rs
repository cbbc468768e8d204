//! What differs becomes corrections, each once, some at a time.

use diesel::prelude::*;
use serde_json::json;

use super::model::{Sheet, Status};
use super::queries::sums;
use crate::audit::{self, Action, Deed, Entity, Who};
use crate::db::Conn;
use crate::db::schema::{stocktake, stocktake_line};
use crate::error::Result;
use crate::ids::{StocktakeId, VariantId};
use crate::stock::{self, Actor, Cause};

/// What the ledger says of each.
const REASON: &str = "stocktake";
/// So many are booked in a transaction.
const AT_ONCE: i64 = 200;

/// Closes a sheet to be booked, if it still has the version that somebody has seen; else `false`.
pub fn begin(conn: &mut Conn, (sheet, version): (&Sheet, i64), who: &Who) -> Result<bool> {
    let seen = stocktake::table
        .find(sheet.id)
        .filter(stocktake::status.eq(Status::Open.code()))
        .filter(stocktake::version.eq(version));
    let actor = Actor::of(who);
    let booking = (
        stocktake::status.eq(Status::Booking.code()),
        stocktake::booked_at.eq(who.at),
        stocktake::booked_by.eq(actor.as_str()),
    );
    if diesel::update(seen).set(booking).execute(conn)? == 0 {
        return Ok(false);
    }
    let sums = sums(conn, sheet.id)?;
    let after = json!({ "counted": sheet.counted, "more": sums.more.0, "less": sums.less.0 });
    let deed = Deed::of(Action::StockCounted, Entity::Stocktake(sheet.id));
    audit::write(conn, who, &Deed { after, ..deed })?;
    Ok(true)
}

/// Books the next lines of a sheet that is closed; `false` when all are booked.
pub fn book_some(conn: &mut Conn, id: StocktakeId, who: &Who) -> Result<bool> {
    // In the order of their ids, as everybody moves several variants.
    let lines: Vec<(i64, VariantId, Option<i64>, Option<i64>)> = stocktake_line::table
        .filter(stocktake_line::stocktake_id.eq(id))
        .filter(stocktake_line::counted.is_not_null())
        .filter(stocktake_line::outcome.is_null())
        .order(stocktake_line::variant_id)
        .limit(AT_ONCE)
        .select((
            stocktake_line::number,
            stocktake_line::variant_id,
            stocktake_line::counted,
            stocktake_line::expected,
        ))
        .load(conn)?;
    let is_done = lines.is_empty();
    for (position, variant, counted, expected) in lines {
        let by = counted.unwrap_or_default() - expected.unwrap_or_default();
        book(conn, (id, position), (variant, by), who)?;
    }
    if is_done {
        let sheet = stocktake::table.find(id).filter(stocktake::status.eq(Status::Booking.code()));
        let booked = stocktake::status.eq(Status::Booked.code());
        diesel::update(sheet).set(booked).execute(conn)?;
    }
    Ok(!is_done)
}

/// Whoever takes the line first books it.
fn book(
    conn: &mut Conn,
    (id, position): (StocktakeId, i64),
    (variant, by): (VariantId, i64),
    who: &Who,
) -> Result<()> {
    let line = stocktake_line::table.find((id, position));
    let taken = line.filter(stocktake_line::outcome.is_null());
    let is_mine = diesel::update(taken).set(stocktake_line::outcome.eq("booked")).execute(conn)?;
    if is_mine == 0 || by == 0 {
        return Ok(());
    }
    stock::open_if_new(conn, variant, who.at)?;
    let (actor, name) = (Actor::of(who), format!("stocktake:{id}:{variant}"));
    let cause = Cause { name, reason: REASON, actor: &actor, at: who.at };
    if !stock::adjust(conn, variant, by, &cause)? {
        diesel::update(line).set(stocktake_line::outcome.eq("left")).execute(conn)?;
    }
    Ok(())
}
