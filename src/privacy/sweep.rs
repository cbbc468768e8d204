//! Forgets, every hour, what has been kept long enough.

use chrono::{NaiveDateTime, TimeDelta};

use super::{erase, queries};
use crate::db::{Conn, Db};
use crate::error::Result;
use crate::jobs::{Kind, Queue, Works};

const SWEEP: Kind = Kind { queue: Queue::Shop, name: "privacy.sweep" };
/// How long the cart of an account is kept that nobody touches.
const CARTS_KEPT: TimeDelta = TimeDelta::days(180);

/// Adds what this room does every hour.
pub fn works(works: Works, db: &Db) -> Works {
    works.sweeping(SWEEP, db, forget)
}

fn forget(conn: &mut Conn, now: NaiveDateTime, most: i64) -> Result<usize> {
    let orders = erase::forget_due(conn, now, most)?;
    Ok(orders + queries::drop_carts(conn, now - CARTS_KEPT, most)?)
}
