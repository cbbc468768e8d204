//! Forgets jobs that were done long ago.

use chrono::TimeDelta;

use super::model::{Failure, Kind, Queue, Task};
use super::queries;
use super::works::Works;
use crate::db::Db;

const SWEEP: Kind = Kind { queue: Queue::Shop, name: "jobs.sweep" };
/// How long a job that is done can still be looked up, and keeps its unique key.
pub const KEPT: TimeDelta = TimeDelta::days(30);
/// So many go in one transaction, so that no order waits for the broom.
const BATCH: i64 = 500;
/// So many transactions an hour: more than any shop fills.
const BATCHES: usize = 100;

impl Works {
    /// Every hour forgets what was done long ago.
    pub fn with_sweep(self, db: &Db) -> Self {
        let db = db.clone();
        self.every(SWEEP, TimeDelta::hours(1), move |task| Box::pin(sweep(db.clone(), task)))
    }
}

async fn sweep(db: Db, task: Task) -> Result<(), Failure> {
    let before = task.now - KEPT;
    for _ in 0..BATCHES {
        if db.write(move |conn| queries::sweep(conn, before, BATCH)).await? == 0 {
            break;
        }
    }
    Ok(())
}
