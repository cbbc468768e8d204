//! All SQL of the room, but for the twins.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::de::DeserializeOwned;

use super::model::{Job, JobState, Kind, LEASE, NewJob, Queue, Task};
use super::{postgres, sqlite};
use crate::db::schema::job;
use crate::db::{Conn, any_of};
use crate::error::Result;
use crate::ids::JobId;

/// An error is cut to so many letters.
const LONGEST_ERROR: usize = 500;

/// Writes a job, inside the caller's transaction.
///
/// # Errors
/// A duplicate (`Error::is_duplicate`) when its unique key is taken.
pub fn enqueue(conn: &mut Conn, new: &NewJob, now: NaiveDateTime) -> Result<()> {
    diesel::insert_into(job::table)
        .values((
            job::queue.eq(new.kind.queue.code()),
            job::kind.eq(new.kind.name),
            job::payload.eq(&new.payload),
            job::unique_key.eq(&new.unique_key),
            job::created_at.eq(now),
            job::due_at.eq(new.due_at),
            job::attempts.eq(0),
            job::last_error.eq(""),
        ))
        .execute(conn)?;
    Ok(())
}

/// Whether a job with this key was ever written and is still known.
pub(super) fn has_key(conn: &mut Conn, key: &str) -> Result<bool> {
    let known = job::table.filter(job::unique_key.eq(key));
    Ok(diesel::select(diesel::dsl::exists(known)).get_result(conn)?)
}

/// Whether there is anything to take, without taking it: an idle shop writes nothing.
pub(super) fn is_due(conn: &mut Conn, queue: Queue, now: NaiveDateTime) -> Result<bool> {
    let due = job::table.filter(job::queue.eq(queue.code())).filter(job::due_at.le(now));
    Ok(diesel::select(diesel::dsl::exists(due)).get_result(conn)?)
}

/// Whom the jobs are taken for, and which.
pub(super) struct Claim<'a> {
    pub queue: Queue,
    /// A job of another kind is left for a crew that knows it.
    pub kinds: &'a [&'a str],
    pub worker: &'a str,
    pub now: NaiveDateTime,
    pub most: i64,
}

/// Takes jobs that are due, oldest first, for the length of the lease.
pub(super) fn claim(conn: &mut Conn, claim: &Claim<'_>) -> Result<Vec<Task>> {
    let Claim { queue, kinds, worker, now, most } = *claim;
    let ids = match conn {
        Conn::Sqlite(conn) => sqlite::lock_due(conn, queue, kinds, now, most)?,
        Conn::Postgres(conn) => postgres::lock_due(conn, queue, kinds, now, most)?,
    };
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    diesel::update(job::table.filter(any_of(job::id, &ids)))
        .set((
            job::due_at.eq(now + LEASE),
            job::worker.eq(worker),
            job::attempts.eq(job::attempts + 1),
        ))
        .execute(conn)?;
    let rows: Vec<(JobId, String, String, i64)> = job::table
        .filter(any_of(job::id, &ids))
        .order(job::id)
        .select((job::id, job::kind, job::payload, job::attempts))
        .load(conn)?;
    let task = |(id, kind, payload, attempts)| Task {
        id,
        kind,
        payload,
        attempts,
        now,
        worker: worker.to_owned(),
    };
    Ok(rows.into_iter().map(task).collect())
}

/// The job, as long as its lease has not passed to another crew or another try.
macro_rules! still_ours {
    ($task:expr) => {
        job::table
            .filter(job::id.eq($task.id))
            .filter(job::worker.eq(&$task.worker))
            .filter(job::attempts.eq($task.attempts))
    };
}

/// Marks a job done. `false` when it is no longer ours.
pub(super) fn finish(conn: &mut Conn, task: &Task, now: NaiveDateTime) -> Result<bool> {
    let none = None::<NaiveDateTime>;
    let done = diesel::update(still_ours!(task)).set((
        job::done_at.eq(now),
        job::due_at.eq(none),
        job::worker.eq(None::<String>),
    ));
    Ok(done.execute(conn)? == 1)
}

/// Puts a job off as if it were new: it did what it does every so often.
pub(super) fn begin_anew(conn: &mut Conn, task: &Task, due_at: NaiveDateTime) -> Result<bool> {
    let anew = diesel::update(still_ours!(task)).set((
        job::due_at.eq(due_at),
        job::worker.eq(None::<String>),
        job::attempts.eq(0),
        job::last_error.eq(""),
    ));
    Ok(anew.execute(conn)? == 1)
}

/// Puts a job off after a try that failed.
pub(super) fn put_off(
    conn: &mut Conn,
    task: &Task,
    due_at: NaiveDateTime,
    error: &str,
) -> Result<bool> {
    let later = diesel::update(still_ours!(task)).set((
        job::due_at.eq(due_at),
        job::worker.eq(None::<String>),
        job::last_error.eq(cut(error)),
    ));
    Ok(later.execute(conn)? == 1)
}

/// Gives a job up: it stays, for a person to look at.
pub(super) fn give_up(
    conn: &mut Conn,
    task: &Task,
    now: NaiveDateTime,
    error: &str,
) -> Result<bool> {
    let failed = diesel::update(still_ours!(task)).set((
        job::failed_at.eq(now),
        job::due_at.eq(None::<NaiveDateTime>),
        job::worker.eq(None::<String>),
        job::last_error.eq(cut(error)),
    ));
    Ok(failed.execute(conn)? == 1)
}

/// Gives back whatever a crew still has, as if it had never taken it.
pub(super) fn give_back(conn: &mut Conn, worker: &str, now: NaiveDateTime) -> Result<usize> {
    let taken = job::table.filter(job::worker.eq(worker)).filter(job::due_at.is_not_null());
    let given = diesel::update(taken).set((
        job::due_at.eq(now),
        job::worker.eq(None::<String>),
        job::attempts.eq(job::attempts - 1),
    ));
    Ok(given.execute(conn)?)
}

/// Deletes jobs that were done before an instant, at most so many.
pub(super) fn sweep(conn: &mut Conn, before: NaiveDateTime, most: i64) -> Result<usize> {
    let old = job::table
        .filter(job::done_at.lt(before))
        .order(job::done_at)
        .limit(most)
        .select(job::id)
        .load::<JobId>(conn)?;
    Ok(diesel::delete(job::table.filter(any_of(job::id, &old))).execute(conn)?)
}

fn cut(error: &str) -> String {
    error.chars().take(LONGEST_ERROR).collect()
}

type Row = (
    JobId,
    String,
    String,
    i64,
    NaiveDateTime,
    Option<NaiveDateTime>,
    Option<NaiveDateTime>,
    Option<NaiveDateTime>,
    Option<String>,
    String,
);

macro_rules! columns {
    () => {
        (
            job::id,
            job::kind,
            job::payload,
            job::attempts,
            job::created_at,
            job::due_at,
            job::done_at,
            job::failed_at,
            job::worker,
            job::last_error,
        )
    };
}

fn seen(row: Row) -> Job {
    let (id, kind, payload, attempts, created_at, due, done, failed, worker, last_error) = row;
    let (state, at) = match (done, failed) {
        (Some(done), _) => (JobState::Done, done),
        (None, Some(failed)) => (JobState::Failed, failed),
        (None, None) => (JobState::Waiting, due.unwrap_or(created_at)),
    };
    let is_taken = worker.is_some();
    Job { id, kind, payload, state, attempts, created_at, at, is_taken, last_error }
}

/// Jobs that wait, next first, or that failed, latest first. What is done is of no interest.
pub fn list(conn: &mut Conn, state: JobState, most: i64) -> Result<Vec<Job>> {
    let failed = job::table.filter(job::failed_at.is_not_null());
    let failed = failed.order((job::failed_at.desc(), job::id.desc()));
    let rows: Vec<Row> = match state {
        JobState::Waiting => waiting(conn, most)?,
        JobState::Failed => failed.limit(most).select(columns!()).load(conn)?,
        JobState::Done => Vec::new(),
    };
    Ok(rows.into_iter().map(seen).collect())
}

/// A question for each queue, by the index that its crew has: what is done are millions.
fn waiting(conn: &mut Conn, most: i64) -> Result<Vec<Row>> {
    let mut rows: Vec<Row> = Vec::new();
    for queue in Queue::ALL {
        let own = job::table.filter(job::queue.eq(queue.code())).filter(job::due_at.is_not_null());
        let next = own.order((job::due_at, job::id)).limit(most).select(columns!());
        rows.extend(next.load::<Row>(conn)?);
    }
    rows.sort_by_key(|(id, _, _, _, _, due, ..)| (*due, *id));
    rows.truncate(usize::try_from(most).unwrap_or_default());
    Ok(rows)
}

/// What jobs of a kind were about that were given up, the latest first.
pub fn failed<T: DeserializeOwned>(
    conn: &mut Conn,
    kind: Kind,
    most: i64,
) -> Result<Vec<(JobId, T)>> {
    let rows: Vec<(JobId, String)> = job::table
        .filter(job::failed_at.is_not_null())
        .filter(job::kind.eq(kind.name))
        .order((job::failed_at.desc(), job::id.desc()))
        .limit(most)
        .select((job::id, job::payload))
        .load(conn)?;
    let about = |(id, payload): (JobId, String)| Some((id, serde_json::from_str(&payload).ok()?));
    Ok(rows.into_iter().filter_map(about).collect())
}

pub fn find(conn: &mut Conn, id: JobId) -> Result<Option<Job>> {
    let row: Option<Row> = job::table.find(id).select(columns!()).first(conn).optional()?;
    Ok(row.map(seen))
}

/// Makes a job that failed or waits due at once, with all its tries before it. `false` when there
/// is no such job, or a crew has it.
pub fn retry(conn: &mut Conn, id: JobId, now: NaiveDateTime) -> Result<bool> {
    let idle = job::table.filter(job::id.eq(id)).filter(job::done_at.is_null());
    let idle = idle.filter(job::worker.is_null());
    let again = diesel::update(idle).set((
        job::due_at.eq(now),
        job::failed_at.eq(None::<NaiveDateTime>),
        job::attempts.eq(0),
    ));
    Ok(again.execute(conn)? == 1)
}

/// Makes all jobs that failed due at once; returns how many.
pub fn retry_failed(conn: &mut Conn, now: NaiveDateTime) -> Result<usize> {
    let failed = job::table.filter(job::failed_at.is_not_null());
    let again = diesel::update(failed).set((
        job::due_at.eq(now),
        job::failed_at.eq(None::<NaiveDateTime>),
        job::attempts.eq(0),
    ));
    Ok(again.execute(conn)?)
}

/// Ends a job that failed or waits, without doing it: that stays on record. `false` when there is no
/// such job, or a crew has it.
pub fn drop_job(conn: &mut Conn, id: JobId, now: NaiveDateTime) -> Result<bool> {
    let idle = job::table.filter(job::id.eq(id)).filter(job::done_at.is_null());
    let dropped = diesel::update(idle.filter(job::worker.is_null())).set((
        job::dropped.eq(true),
        job::done_at.eq(now),
        job::due_at.eq(None::<NaiveDateTime>),
        job::failed_at.eq(None::<NaiveDateTime>),
        // Whoever writes it once more may.
        job::unique_key.eq(None::<String>),
    ));
    Ok(dropped.execute(conn)? == 1)
}
