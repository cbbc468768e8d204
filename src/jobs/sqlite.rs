//! What only SQLite needs. Its twin is `postgres.rs`.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;

use super::model::Queue;
use crate::db::schema::job;
use crate::ids::JobId;

/// The first jobs that are due. Nobody else can take them: a write has the database to itself.
pub(super) fn lock_due(
    conn: &mut SqliteConnection,
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
        .load(conn)
}
