//! Forgets the lists of guests who have not come back.

use chrono::TimeDelta;

use super::queries;
use crate::db::Db;
use crate::jobs::{Failure, Kind, Queue, Task, Works};

const SWEEP: Kind = Kind { queue: Queue::Shop, name: "wishes.sweep" };
/// So many go in one transaction, so that no order waits for the broom.
const BATCH: i64 = 100;
/// So many transactions an hour.
const BATCHES: usize = 100;

/// Adds what this room does every hour.
pub fn works(works: Works, db: &Db) -> Works {
    let db = db.clone();
    works.every(SWEEP, TimeDelta::hours(1), move |task| Box::pin(sweep(db.clone(), task)))
}

async fn sweep(db: Db, task: Task) -> Result<(), Failure> {
    let now = task.now;
    for _ in 0..BATCHES {
        if db.write(move |conn| queries::sweep(conn, now, BATCH)).await? == 0 {
            break;
        }
    }
    Ok(())
}
