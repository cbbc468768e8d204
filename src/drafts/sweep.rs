//! Every hour: drafts that nobody has wanted for long are forgotten.

use super::queries;
use crate::db::Db;
use crate::jobs::{Kind, Queue, Works};

const SWEEP: Kind = Kind { queue: Queue::Shop, name: "drafts.sweep" };

/// Adds what this room does every hour.
pub fn works(works: Works, db: &Db) -> Works {
    works.sweeping(SWEEP, db, queries::sweep)
}
