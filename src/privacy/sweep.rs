//! Forgets, every hour, what has been kept long enough.

use chrono::{NaiveDateTime, TimeDelta};

use super::{erase, queries};
use crate::db::Db;
use crate::error::Result;
use crate::jobs::{Kind, Queue, Works};

const SWEEP: Kind = Kind { queue: Queue::Shop, name: "privacy.sweep" };
/// How long the cart of an account is kept that nobody touches.
const CARTS_KEPT: TimeDelta = TimeDelta::days(180);
/// So many go in one transaction, so that no order waits for the broom.
const BATCH: i64 = 100;
/// So many transactions an hour.
const BATCHES: usize = 100;

/// Adds what this room does every hour.
pub fn works(works: Works, db: &Db) -> Works {
    let db = db.clone();
    works.every(SWEEP, TimeDelta::hours(1), move |task| {
        let db = db.clone();
        Box::pin(async move { Ok(sweep(&db, task.now).await?) })
    })
}

async fn sweep(db: &Db, now: NaiveDateTime) -> Result<()> {
    for _ in 0..BATCHES {
        if db.write(move |conn| erase::forget_due(conn, now, BATCH)).await? == 0 {
            break;
        }
    }
    for _ in 0..BATCHES {
        if db.write(move |conn| queries::drop_carts(conn, now - CARTS_KEPT, BATCH)).await? == 0 {
            break;
        }
    }
    Ok(())
}
