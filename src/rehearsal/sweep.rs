//! Forgets payments that nobody asks about any more.

use chrono::TimeDelta;

use super::queries;
use crate::db::Db;
use crate::jobs::{Kind, Queue, Works};

const SWEEP: Kind = Kind { queue: Queue::Shop, name: "rehearsal.sweep" };
/// How long after its page has closed a payment can still be given back.
const KEPT: TimeDelta = TimeDelta::days(180);

/// Adds what this room does every hour.
pub(super) fn works(works: Works, db: &Db) -> Works {
    works.sweeping(SWEEP, db, |conn, now, most| queries::forget(conn, now - KEPT, most))
}
