//! Every hour: whoever still waits for what is there is told, and what is old is forgotten.

use chrono::{NaiveDateTime, TimeDelta};

use super::queries;
use crate::db::{Conn, Db};
use crate::error::Result;
use crate::jobs::{self, Failure, Kind, NewJob, Queue, Task, Works};
use crate::stock::CAME_BACK;

const SWEEP: Kind = Kind { queue: Queue::Shop, name: "alerts.sweep" };
/// So many variants an hour.
const MOST_VARIANTS: i64 = 100;

/// Adds what this room does every hour.
pub fn works(works: Works, db: &Db) -> Works {
    let db = db.clone();
    works.every(SWEEP, TimeDelta::hours(1), move |task| Box::pin(sweep(db.clone(), task)))
}

async fn sweep(db: Db, task: Task) -> Result<(), Failure> {
    let now = task.now;
    jobs::sweep(&db, queries::sweep, now).await?;
    Ok(db.write(move |conn| tell_on(conn, now)).await?)
}

/// Those for whom there was not enough, and those who asked too late to hear of a rise.
fn tell_on(conn: &mut Conn, now: NaiveDateTime) -> Result<()> {
    for variant in queries::awaited(conn, now, MOST_VARIANTS)? {
        jobs::enqueue(conn, &NewJob::new(CAME_BACK, &variant, now)?, now)?;
    }
    Ok(())
}
