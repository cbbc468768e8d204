//! Forgets notices that were acted on, and pictures by which was shown that a settled order is paid.

use chrono::TimeDelta;

use super::queries;
use crate::db::{Conn, Db};
use crate::jobs::{Failure, Kind, Queue, Task, Works};

const FORGET: Kind = Kind { queue: Queue::Shop, name: "payments.forget" };
/// Gateways repeat a notice for some days, and tell it again for a month when asked. It may hold what
/// the gateway knows of a shopper.
const NOTICES_KEPT: TimeDelta = TimeDelta::days(30);
/// As long as a mail can be looked up. What is true of money stands on the bank's statement.
const PROOFS_KEPT: TimeDelta = TimeDelta::days(180);
/// So many go in one transaction, so that no order waits for the broom.
const BATCH: i64 = 200;
/// So many transactions an hour: more than any shop fills.
const BATCHES: usize = 100;

/// Every hour forgets what is old.
pub(super) fn works(works: Works, db: &Db) -> Works {
    let db = db.clone();
    works.every(FORGET, TimeDelta::hours(1), move |task| Box::pin(forget(db.clone(), task)))
}

async fn forget(db: Db, task: Task) -> Result<(), Failure> {
    let now = task.now;
    let batch = move |conn: &mut Conn| {
        Ok(queries::forget_notices(conn, now - NOTICES_KEPT, BATCH)?
            + queries::forget_proofs(conn, now - PROOFS_KEPT, BATCH)?)
    };
    for _ in 0..BATCHES {
        if db.write(batch).await? == 0 {
            break;
        }
    }
    Ok(())
}
