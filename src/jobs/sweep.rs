//! Forgets, every hour, what has been kept long enough: of any room, and jobs done long ago.

use chrono::{NaiveDateTime, TimeDelta};

use super::model::{Kind, Queue};
use super::queries;
use super::works::Works;
use crate::db::{Conn, Db};
use crate::error::Result;

const SWEEP: Kind = Kind { queue: Queue::Shop, name: "jobs.sweep" };
/// How long a job that is done can still be looked up, and keeps its unique key.
pub const KEPT: TimeDelta = TimeDelta::days(30);
/// So many go in one transaction, so that no order waits for the broom.
const BATCH: i64 = 200;
/// So many transactions an hour: more than any shop fills.
const BATCHES: usize = 500;

/// Takes away what no longer counts then, at most so many, and says how many went.
pub type Broom = fn(&mut Conn, NaiveDateTime, i64) -> Result<usize>;

impl Works {
    /// Every hour a broom sweeps.
    pub fn sweeping(self, kind: Kind, db: &Db, broom: Broom) -> Self {
        let db = db.clone();
        self.every(kind, TimeDelta::hours(1), move |task| {
            let db = db.clone();
            Box::pin(async move { Ok(sweep(&db, broom, task.now).await?) })
        })
    }

    /// Every hour jobs that were done long ago are forgotten.
    pub fn with_sweep(self, db: &Db) -> Self {
        self.sweeping(SWEEP, db, |conn, now, most| queries::sweep(conn, now - KEPT, most))
    }
}

/// Sweeps until nothing is left to take away.
pub async fn sweep(db: &Db, broom: Broom, now: NaiveDateTime) -> Result<()> {
    for _ in 0..BATCHES {
        if db.write(move |conn| broom(conn, now, BATCH)).await? == 0 {
            break;
        }
    }
    Ok(())
}
