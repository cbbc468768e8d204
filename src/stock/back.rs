//! What can be had again: a job for whoever tells those who wait for it.

use chrono::NaiveDateTime;
use diesel::dsl::exists;
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::schema::stock_alert;
use crate::error::Result;
use crate::ids::VariantId;
use crate::jobs::{self, Kind, NewJob, Queue};

/// Something that somebody waits for can be had: about a `VariantId`.
pub const CAME_BACK: Kind = Kind { queue: Queue::Shop, name: "stock.back" };

/// Follows a move, in its transaction: so many could be had before it, so many can be after.
pub(super) fn follow(
    conn: &mut Conn,
    variant: VariantId,
    (before, after): (i64, i64),
    at: NaiveDateTime,
) -> Result<()> {
    if before > 0 || after <= 0 || !is_awaited(conn, variant)? {
        return Ok(());
    }
    jobs::enqueue(conn, &NewJob::new(CAME_BACK, &variant, at)?, at)
}

fn is_awaited(conn: &mut Conn, variant: VariantId) -> Result<bool> {
    let waiting = stock_alert::table
        .filter(stock_alert::variant_id.eq(variant))
        .filter(stock_alert::told_at.is_null());
    Ok(diesel::select(exists(waiting)).get_result(conn)?)
}
