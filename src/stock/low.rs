//! What runs low: known once when it falls to what it, or else the shop, calls few, and not again
//! before it has risen above that.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;

use super::queries::available;
use crate::db::schema::stock;
use crate::db::{Conn, any_of};
use crate::error::Result;
use crate::ids::VariantId;
use crate::jobs::{self, Kind, NewJob, Queue};
use crate::settings;

/// Something has fallen low: the job of whoever tells the staff all that waits to be told.
pub const FELL_LOW: Kind = Kind { queue: Queue::Shop, name: "stock.low" };
/// What falls within this time is told together.
const GATHERED: TimeDelta = TimeDelta::minutes(5);

/// Follows a move, in its transaction: so many could be had before it, so many can be after.
pub(super) fn follow(
    conn: &mut Conn,
    (variant, low_at): (VariantId, Option<i64>),
    (before, after): (i64, i64),
    at: NaiveDateTime,
) -> Result<()> {
    if before == after {
        return Ok(());
    }
    let few = match low_at {
        Some(few) => few,
        None => settings::low_stock(conn)?,
    };
    match (before <= few, after <= few) {
        (false, true) => {
            mark(conn, variant, Some(at))?;
            let job = NewJob::new(FELL_LOW, &variant, at)?.due_at(at + GATHERED);
            jobs::enqueue(conn, &job, at)
        }
        (true, false) => mark(conn, variant, None),
        _ => Ok(()),
    }
}

fn mark(conn: &mut Conn, variant: VariantId, at: Option<NaiveDateTime>) -> Result<()> {
    diesel::update(stock::table.find(variant)).set(stock::fell_low_at.eq(at)).execute(conn)?;
    Ok(())
}

/// What waits to be told, the longest first, at most `most`, with what can be had of it: from now
/// on it is told.
pub fn take_low(conn: &mut Conn, most: i64) -> Result<Vec<(VariantId, i64)>> {
    let low: Vec<VariantId> = stock::table
        .filter(stock::fell_low_at.is_not_null())
        .order((stock::fell_low_at, stock::variant_id))
        .limit(most)
        .select(stock::variant_id)
        .load(conn)?;
    // Another crew may be telling the same: each takes what the other has not.
    let untold = stock::table
        .filter(any_of(stock::variant_id, &low))
        .filter(stock::fell_low_at.is_not_null());
    Ok(diesel::update(untold)
        .set(stock::fell_low_at.eq(None::<NaiveDateTime>))
        .returning((stock::variant_id, available()))
        .load(conn)?)
}
