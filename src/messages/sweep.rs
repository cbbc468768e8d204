//! Forgets messages that nobody has touched for long, and spam sooner.

use super::queries;
use crate::db::Db;
use crate::jobs::{Kind, Queue, Works};

const SWEEP: Kind = Kind { queue: Queue::Shop, name: "messages.sweep" };

/// Adds what this room does every hour.
pub fn works(works: Works, db: &Db) -> Works {
    works.sweeping(SWEEP, db, queries::sweep)
}
