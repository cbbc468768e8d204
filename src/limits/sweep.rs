//! Forgets who has long been free to go on.

use chrono::{NaiveDateTime, TimeDelta};

use super::queries;
use crate::db::Db;
use crate::error::Result;
use crate::jobs::{Kind, Queue, Works};

const SWEEP: Kind = Kind { queue: Queue::Shop, name: "limits.sweep" };
/// So many go in one transaction, so that no order waits for the broom.
const BATCH: i64 = 500;
/// So many transactions an hour: more than anybody fills.
const BATCHES: usize = 1_000;

/// Every hour forgets what no longer counts.
pub fn works(works: Works, db: &Db) -> Works {
    let db = db.clone();
    works.every(SWEEP, TimeDelta::hours(1), move |task| {
        let db = db.clone();
        Box::pin(async move { Ok(sweep(&db, task.now).await?) })
    })
}

/// Forgets what no longer counts at `now`.
pub async fn sweep(db: &Db, now: NaiveDateTime) -> Result<()> {
    for _ in 0..BATCHES {
        if db.write(move |conn| queries::sweep(conn, now, BATCH)).await? == 0 {
            break;
        }
    }
    Ok(())
}
