//! What only PostgreSQL needs. Its twin is `sqlite.rs`.

use chrono::NaiveDateTime;
use diesel::pg::PgConnection;
use diesel::prelude::*;

use super::model::Queue;
use crate::db::schema::job;
use crate::ids::JobId;

/// The first jobs that are due and that no other crew is about to take. Locked until the commit.
pub(super) fn lock_due(
    conn: &mut PgConnection,
    queue: Queue,
    kinds: &[&str],
    now: NaiveDateTime,
    most: i64,
) -> QueryResult<Vec<JobId>> {
    job::table
        .filter(job::queue.eq(queue.code()))
        .filter(job::due_at.le(now))
        .filter(job::kind.eq_any(kinds))
        .order((job::due_at, job::id))
        .limit(most)
        .select(job::id)
        .for_update()
        .skip_locked()
        .load(conn)
}
