//! The one writer of SQLite: a thread that puts every write that waits into one commit.
//!
//! Each write runs in a savepoint of its own, so one that fails takes nothing else with it, and
//! each is answered only after the commit that holds it has reached the disk.

use diesel::connection::{Connection, TransactionManager};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use tokio::sync::oneshot;

use super::conn::Conn;
use crate::error::{Error, Result};

/// How many writes may wait before a new one is refused as busy.
const QUEUE: usize = 1024;
/// How many writes share a commit at most, so that nobody waits for a crowd.
const BATCH: usize = 64;

/// Tells the caller how its write ended, once the fate of the commit is known.
type Answer = Box<dyn FnOnce(Result<()>) + Send>;
type Job = Box<dyn FnOnce(&mut Conn) -> Answer + Send>;
type Manager = <Conn as Connection>::TransactionManager;

#[derive(Clone)]
pub(super) struct Writer(SyncSender<Job>);

impl Writer {
    /// Starts the thread; it ends when the last `Writer` is dropped.
    pub fn start(conn: Conn) -> std::io::Result<Self> {
        let (sender, receiver) = sync_channel(QUEUE);
        std::thread::Builder::new().name("writer".into()).spawn(move || run(conn, &receiver))?;
        Ok(Self(sender))
    }

    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Conn) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (sender, receiver) = oneshot::channel();
        let job: Job = Box::new(move |conn| {
            let result = in_savepoint(conn, work);
            Box::new(move |committed| {
                // Nobody to tell: the shopper has gone, and what is written stays written.
                let _ = sender.send(committed.and(result));
            })
        });
        self.0.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) => Error::Busy,
            TrySendError::Disconnected(_) => Error::internal("the writer thread has ended"),
        })?;
        // A write that is dropped could not begin.
        receiver.await.map_err(|_| Error::Busy)?
    }
}

/// Runs `work` in a savepoint; a panic undoes what it wrote, as an error does.
fn in_savepoint<T>(conn: &mut Conn, work: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
    conn.transaction(|conn| {
        let own_depth = depth(conn);
        // What a panic leaves behind is undone right here, and `transaction` undoes the rest.
        catch_unwind(AssertUnwindSafe(|| work(conn))).unwrap_or_else(|_| {
            while depth(conn) > own_depth {
                Manager::rollback_transaction(conn)?;
            }
            Err(Error::internal("a write panicked"))
        })
    })
}

/// How many transactions are open within each other.
fn depth(conn: &mut Conn) -> u32 {
    let status = Manager::transaction_manager_status_mut(conn);
    status.transaction_depth().ok().flatten().map_or(0, u32::from)
}

fn run(mut conn: Conn, jobs: &Receiver<Job>) {
    while let Ok(first) = jobs.recv() {
        let batch = std::iter::once(first).chain(jobs.try_iter().take(BATCH - 1));
        commit_together(&mut conn, batch);
    }
}

fn commit_together(conn: &mut Conn, batch: impl Iterator<Item = Job>) {
    if let Err(error) = begin(conn) {
        tracing::error!(%error, "cannot begin a write");
        // The jobs are dropped unanswered: each caller is told by its closed channel.
        return batch.for_each(drop);
    }
    let answers: Vec<Answer> = batch.map(|job| job(conn)).collect();
    let committed = Manager::commit_transaction(conn);
    if let Err(error) = &committed {
        tracing::error!(%error, "cannot commit");
    }
    for answer in answers {
        answer(match &committed {
            Ok(()) => Ok(()),
            Err(_) => Err(Error::Busy),
        });
    }
}

fn begin(conn: &mut Conn) -> diesel::QueryResult<()> {
    match conn {
        Conn::Sqlite(inner) => super::sqlite::begin(inner),
        Conn::Postgres(_) => Manager::begin_transaction(conn),
    }
}
