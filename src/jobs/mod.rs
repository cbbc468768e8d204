//! Work that follows from a change: mails to send, and what is done every hour. Owns the table
//! `job`.
//!
//! A job is written in the transaction of the change ([`enqueue`]), so there is never one without
//! the other. A [`Crew`] takes what is due by a lease of a minute; any number of crews, in as many
//! processes, share the work. What only changes rows is done in the transaction that marks the job
//! done: exactly once. What reaches outside is done at least once, with no transaction open: a crew
//! that dies between the deed and its mark is followed by another one that repeats the deed.
//!
//! Own code instead of a library: apalis and underway stand on sqlx, backie on PostgreSQL alone,
//! and fang (0.11) opens connections of its own; none of them writes its row in our transaction
//! on both databases.

mod crew;
mod model;
mod postgres;
mod queries;
mod sqlite;
mod sweep;
mod works;

pub use crew::Crew;
pub use model::{Failure, Job, JobState, Kind, NewJob, Queue, Task};
pub use queries::{drop_job, enqueue, failed, find, list, retry, retry_failed};
pub use sweep::{Broom, KEPT, sweep};
pub use works::Works;
