//! What somebody of the staff is told by mail about her own account: what she has not done herself
//! must not go unseen (ASVS 6.3.5, 6.3.7).

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use crate::db::Conn;
use crate::error::Result;
use crate::ids::StaffId;
use crate::jobs::{self, Kind, NewJob, Queue};

/// About a [`News`].
pub const NEWS: Kind = Kind { queue: Queue::Shop, name: "staff.news" };

/// What happened to an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Happened {
    /// On a device on which she was never before, in words; empty where nothing is known of it.
    SignedInOn(String),
    PasswordChanged,
    SecondFactorSet,
    SecondFactorTaken,
    RecoveryCodeUsed,
    RoleChanged,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct News {
    pub staff: StaffId,
    pub happened: Happened,
}

/// Has her told, inside the caller's transaction.
pub(super) fn tell(
    conn: &mut Conn,
    staff: StaffId,
    happened: Happened,
    now: NaiveDateTime,
) -> Result<()> {
    jobs::enqueue(conn, &NewJob::new(NEWS, &News { staff, happened }, now)?, now)
}
