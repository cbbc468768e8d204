//! Those who do the work: they take what is due, do it, and say how it went.

use chrono::NaiveDateTime;
use futures_util::FutureExt;
use futures_util::future::join_all;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::model::{Failure, NewJob, Queue, TRIES, Task, delay};
use super::queries::{self, Claim};
use super::works::{Deed, Work, Works};
use crate::db::Db;
use crate::error::Result;

/// How often a crew looks for jobs that another process has written, or that have become due.
const LOOK_EVERY: Duration = Duration::from_secs(3);
/// What reaches outside is cut off before another crew may take the job.
const LONGEST: Duration = Duration::from_secs(45);
/// What is in hand when the shop closes gets this long to end.
const CLOSING: Duration = Duration::from_secs(10);

type Clock = Arc<dyn Fn() -> NaiveDateTime + Send + Sync>;

/// One process's hands.
pub struct Crew {
    db: Db,
    works: Works,
    clock: Clock,
    /// Tells this crew's leases from those of others.
    worker: String,
}

impl Crew {
    pub fn new(
        db: Db,
        works: Works,
        clock: impl Fn() -> NaiveDateTime + Send + Sync + 'static,
    ) -> Self {
        let worker = format!("{:016x}", rand::random::<u64>());
        Self { db, works, clock: Arc::new(clock), worker }
    }

    /// Works until `closing` says so; then ends what is in hand, or gives it back.
    pub async fn run(self: Arc<Self>, closing: watch::Receiver<bool>) {
        if let Err(error) = self.begin().await {
            tracing::error!(%error, "cannot write down what is done every so often");
        }
        let queues = Queue::ALL.map(|queue| self.clone().attend(queue, closing.clone()));
        join_all(queues).await;
        let (worker, now) = (self.worker.clone(), (self.clock)());
        match self.db.write(move |conn| queries::give_back(conn, &worker, now)).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "jobs given back"),
            Err(error) => tracing::warn!(%error, "cannot give jobs back; their leases run out"),
        }
    }

    /// Writes the jobs that are done every so often, unless they are there.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn begin(&self) -> Result<()> {
        let now = (self.clock)();
        for kind in self.works.periodic() {
            let written = self.db.write(move |conn| {
                let key = format!("every/{}", kind.name);
                if queries::has_key(conn, &key)? {
                    return Ok(());
                }
                queries::enqueue(conn, &NewJob::new(kind, &(), now)?.only_once(key), now)
            });
            match written.await {
                // Another process has started at the same time.
                Err(error) if error.is_duplicate() => {}
                result => result?,
            }
        }
        Ok(())
    }

    /// Does everything that is due, and what follows from it; returns how many tries that took.
    ///
    /// # Errors
    /// When the database cannot be used. A job that fails is no error: it is put off.
    pub async fn work_off(&self) -> Result<usize> {
        let mut tries = 0;
        loop {
            let before = tries;
            for queue in Queue::ALL {
                let tasks = self.claim(queue, queue.hands()).await?;
                tries += tasks.len();
                join_all(tasks.into_iter().map(|task| self.perform(task))).await;
            }
            if tries == before {
                return Ok(tries);
            }
        }
    }

    async fn attend(self: Arc<Self>, queue: Queue, mut closing: watch::Receiver<bool>) {
        let mut written = self.db.written();
        let mut in_hand = JoinSet::new();
        while !*closing.borrow() {
            written.mark_unchanged();
            let free = queue.hands() - in_hand.len();
            for task in self.take(queue, free).await {
                let crew = self.clone();
                in_hand.spawn(async move { crew.perform(task).await });
            }
            let has_room = in_hand.len() < queue.hands();
            tokio::select! {
                Some(_) = in_hand.join_next() => {}
                changed = written.changed(), if has_room => if changed.is_err() { break },
                () = sleep(LOOK_EVERY) => {}
                changed = closing.changed() => if changed.is_err() { break },
            }
        }
        let _ = timeout(CLOSING, async { while in_hand.join_next().await.is_some() {} }).await;
        in_hand.shutdown().await;
    }

    /// What is due and has a free hand. A database that cannot be asked is asked again later.
    async fn take(&self, queue: Queue, free: usize) -> Vec<Task> {
        if free == 0 {
            return Vec::new();
        }
        self.claim(queue, free).await.unwrap_or_else(|error| {
            tracing::error!(%error, "cannot look for jobs");
            Vec::new()
        })
    }

    async fn claim(&self, queue: Queue, free: usize) -> Result<Vec<Task>> {
        let now = (self.clock)();
        if !self.db.read(move |conn| queries::is_due(conn, queue, now)).await? {
            return Ok(Vec::new());
        }
        let (kinds, worker) = (self.works.kinds(queue), self.worker.clone());
        let most = i64::try_from(free).unwrap_or(1);
        let claim = move |conn: &mut _| {
            queries::claim(conn, &Claim { queue, kinds: &kinds, worker: &worker, now, most })
        };
        self.db.write(claim).await
    }

    /// Does one job. Whatever happens to it, the others go on.
    async fn perform(&self, task: Task) {
        // Its kind was asked for by name when it was taken.
        let Some(work) = self.works.find(&task.kind).cloned() else { return };
        let (job, kind, attempt) = (task.id.0, task.kind.clone(), task.attempts);
        let settled = match self.attempt(&work, &task).await {
            Ok(()) => Ok(true),
            Err(failure) => {
                // Not the cause, which may name a person: `etalase jobs` tells it.
                tracing::warn!(job, kind, attempt, "a job has failed");
                self.settle(work, task, failure).await
            }
        };
        match settled {
            Ok(true) => {}
            Ok(false) => tracing::warn!(job, kind, attempt, "a job has gone to another crew"),
            Err(error) => tracing::error!(job, kind, %error, "a job's end cannot be written"),
        }
    }

    async fn attempt(&self, work: &Work, task: &Task) -> Result<(), Failure> {
        if task.attempts > TRIES {
            return Err(Failure::Never("whoever tries it does not come back".into()));
        }
        match &work.deed {
            Deed::Rows(deed) => {
                let (deed, task, now) = (deed.clone(), task.clone(), (self.clock)());
                let change = move |conn: &mut _| match queries::finish(conn, &task, now)? {
                    true => deed(conn, &task),
                    false => Ok(()),
                };
                Ok(self.db.write(change).await?)
            }
            Deed::Outside(deed) => {
                // What panics before its first wait is caught as well.
                let deed = AssertUnwindSafe(async { deed(task.clone()).await }).catch_unwind();
                match timeout(LONGEST, deed).await {
                    Ok(Ok(result)) => result?,
                    Ok(Err(_)) => return Err(Failure::Again("it panicked".into())),
                    Err(_) => return Err(Failure::Again("it took too long".into())),
                }
                self.mark_done(work, task).await;
                Ok(())
            }
        }
    }

    /// A deed that cannot be marked is not undone: its lease ends, and it is done again.
    async fn mark_done(&self, work: &Work, task: &Task) {
        let (every, task, now) = (work.every, task.clone(), (self.clock)());
        let (job, kind) = (task.id.0, task.kind.clone());
        let marked = self.db.write(move |conn| match every {
            Some(interval) => queries::begin_anew(conn, &task, now + interval),
            None => queries::finish(conn, &task, now),
        });
        match marked.await {
            Ok(true) => {}
            Ok(false) => tracing::warn!(job, kind, "done, but its lease had run out"),
            Err(error) => tracing::error!(job, kind, %error, "done, but this cannot be written"),
        }
    }

    /// Puts a job off, or gives it up. `false` when it has passed to another crew.
    async fn settle(&self, work: Work, task: Task, failure: Failure) -> Result<bool> {
        let now = (self.clock)();
        let (text, next) = match failure {
            Failure::Never(text) => (text, None),
            Failure::Again(text) => (text, task.next_try(now)),
        };
        // What is done every so often is never given up, and never waits for longer than that.
        let next = match work.every {
            Some(interval) => Some(now + interval.min(delay(task.attempts, 0))),
            None => next,
        };
        let change = move |conn: &mut _| {
            if let Some(next) = next {
                return queries::put_off(conn, &task, next, &text);
            }
            let is_ours = queries::give_up(conn, &task, now, &text)?;
            if let (true, Some(told)) = (is_ours, &work.given_up) {
                told(conn, &task)?;
            }
            Ok(is_ours)
        };
        self.db.write(change).await
    }
}
