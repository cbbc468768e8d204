//! What a job is, and when it is tried again.

use chrono::{NaiveDateTime, TimeDelta};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};
use crate::ids::JobId;

/// How long a crew has a job before another one may take it.
pub(super) const LEASE: TimeDelta = TimeDelta::seconds(60);
/// So often a job is tried; then it is for a person to look at.
pub(super) const TRIES: i64 = 10;
/// How long after each failed try the next one comes, in seconds; the last holds for all that follow.
const PATIENCE: [i64; 7] = [10, 60, 300, 1_800, 7_200, 21_600, 86_400];

/// A line of work. Each has hands of its own, so that a mail server that does not answer holds up
/// nothing but mails, and a gateway nothing but what gateways are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Queue {
    /// What stays within the database.
    Shop,
    /// What a gateway has to be asked for.
    Gateway,
    /// What the mail server is needed for.
    Mail,
    /// What takes a processor for seconds and much of the memory.
    Pictures,
}

impl Queue {
    pub const ALL: [Self; 4] = [Self::Shop, Self::Gateway, Self::Mail, Self::Pictures];

    /// Its name in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Shop => "shop",
            Self::Gateway => "gateway",
            Self::Mail => "mail",
            Self::Pictures => "pictures",
        }
    }

    /// How many of its jobs a process does at the same time.
    pub fn hands(self) -> usize {
        match self {
            Self::Shop | Self::Gateway => 4,
            Self::Mail => 2,
            Self::Pictures => 1,
        }
    }
}

/// A kind of job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    pub queue: Queue,
    /// Stays for ever: jobs of the last version are still waiting under it.
    pub name: &'static str,
}

/// A job before it is written.
#[derive(Debug)]
pub struct NewJob {
    pub(super) kind: Kind,
    pub(super) payload: String,
    pub(super) unique_key: Option<String>,
    pub(super) due_at: NaiveDateTime,
}

impl NewJob {
    /// A job that is due at once. `about` is small: the id of a row, not the row.
    ///
    /// # Errors
    /// `Internal` when `about` is no JSON.
    pub fn new(kind: Kind, about: &impl Serialize, now: NaiveDateTime) -> Result<Self> {
        let payload = serde_json::to_string(about).map_err(|e| Error::internal(e.to_string()))?;
        Ok(Self { kind, payload, unique_key: None, due_at: now })
    }

    /// Whoever writes a second job with this key gets a duplicate (`Error::is_duplicate`).
    pub fn only_once(self, key: String) -> Self {
        Self { unique_key: Some(key), ..self }
    }

    pub fn due_at(self, due_at: NaiveDateTime) -> Self {
        Self { due_at, ..self }
    }
}

/// A job in the hands of a crew.
#[derive(Debug, Clone)]
pub struct Task {
    pub id: JobId,
    pub kind: String,
    pub payload: String,
    /// Which try this is, counted from 1.
    pub attempts: i64,
    /// When it was taken.
    pub now: NaiveDateTime,
    pub(super) worker: String,
}

impl Task {
    /// What the job is about.
    ///
    /// # Errors
    /// `Internal` when it is not what this version writes.
    pub fn about<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_str(&self.payload)
            .map_err(|error| Error::internal(format!("a job's payload: {error}")))
    }

    /// The instant of the next try, after this one has failed; `None` after the last.
    pub(super) fn next_try(&self, now: NaiveDateTime) -> Option<NaiveDateTime> {
        let jitter = rand::random_range(0..=20);
        (self.attempts < TRIES).then(|| now + delay(self.attempts, jitter))
    }
}

/// How long to wait after the `attempts`th try: up to a fifth longer, so that what failed together
/// does not come back together.
pub(super) fn delay(attempts: i64, jitter_percent: i64) -> TimeDelta {
    let at = usize::try_from(attempts - 1).unwrap_or(0).min(PATIENCE.len() - 1);
    TimeDelta::milliseconds(PATIENCE[at] * (100 + jitter_percent) * 10)
}

/// Why a try has failed. The text is kept with the job, for the operator.
#[derive(Debug)]
pub enum Failure {
    /// May succeed later.
    Again(String),
    /// Will not succeed, however often it is tried.
    Never(String),
}

impl Failure {
    pub fn text(&self) -> &str {
        match self {
            Self::Again(text) | Self::Never(text) => text,
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Again(error.to_string())
    }
}

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobState {
    Waiting,
    Done,
    Failed,
}

/// A job as the operator sees it.
#[derive(Debug, Clone)]
pub struct Job {
    pub id: JobId,
    pub kind: String,
    pub payload: String,
    pub state: JobState,
    pub attempts: i64,
    pub created_at: NaiveDateTime,
    /// When the next try is due, when it was done, or when it was given up.
    pub at: NaiveDateTime,
    /// Whether a crew has it right now, or had until it died.
    pub is_taken: bool,
    pub last_error: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_job_is_tried_again_after_longer_and_longer() {
        let seconds: Vec<i64> = (1..TRIES).map(|n| delay(n, 0).num_seconds()).collect();
        assert_eq!(seconds, [10, 60, 300, 1_800, 7_200, 21_600, 86_400, 86_400, 86_400]);
        assert_eq!(delay(1, 20).num_seconds(), 12);
        assert_eq!(delay(7, 20).num_seconds(), 86_400 + 17_280);
    }
}
