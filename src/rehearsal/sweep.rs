//! Forgets payments that nobody asks about any more.

use chrono::TimeDelta;

use super::queries;
use crate::db::Db;
use crate::jobs::{Failure, Kind, Queue, Task, Works};

const SWEEP: Kind = Kind { queue: Queue::Shop, name: "rehearsal.sweep" };
/// How long after its page has closed a payment can still be given back.
const KEPT: TimeDelta = TimeDelta::days(180);
/// So many go in one transaction, so that no order waits for the broom.
const BATCH: i64 = 200;
/// So many transactions an hour.
const BATCHES: usize = 100;

pub(super) fn works(works: Works, db: &Db) -> Works {
    let db = db.clone();
    works.every(SWEEP, TimeDelta::hours(1), move |task| Box::pin(sweep(db.clone(), task)))
}

async fn sweep(db: Db, task: Task) -> Result<(), Failure> {
    let before = task.now - KEPT;
    for _ in 0..BATCHES {
        if db.write(move |conn| queries::forget(conn, before, BATCH)).await? == 0 {
            break;
        }
    }
    Ok(())
}
