//! Forgets notices that were acted on, and pictures by which was shown that a settled order is paid.

use chrono::{NaiveDateTime, TimeDelta};

use super::queries;
use crate::db::{Conn, Db};
use crate::error::Result;
use crate::jobs::{Kind, Queue, Works};

const FORGET: Kind = Kind { queue: Queue::Shop, name: "payments.forget" };
/// Gateways repeat a notice for some days, and tell it again for a month when asked. It may hold what
/// the gateway knows of a shopper.
const NOTICES_KEPT: TimeDelta = TimeDelta::days(30);
/// As long as a mail can be looked up. What is true of money stands on the bank's statement.
const PROOFS_KEPT: TimeDelta = TimeDelta::days(180);

/// Every hour forgets what is old.
pub(super) fn works(works: Works, db: &Db) -> Works {
    works.sweeping(FORGET, db, forget)
}

fn forget(conn: &mut Conn, now: NaiveDateTime, most: i64) -> Result<usize> {
    let notices = queries::forget_notices(conn, now - NOTICES_KEPT, most)?;
    Ok(notices + queries::forget_proofs(conn, now - PROOFS_KEPT, most)?)
}
