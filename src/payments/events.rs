//! What happens to the money of an order, as others hear of it: jobs about the order's id.

use chrono::NaiveDateTime;

use crate::db::Conn;
use crate::error::Result;
use crate::ids::OrderId;
use crate::jobs::{self, Kind, NewJob, Queue};

/// All that was to be paid has arrived.
pub const PAID: Kind = Kind { queue: Queue::Shop, name: "order.paid" };
/// Money has gone back.
pub const REFUNDED: Kind = Kind { queue: Queue::Shop, name: "order.refunded" };

pub(super) fn announce(
    conn: &mut Conn,
    kind: Kind,
    order: OrderId,
    now: NaiveDateTime,
) -> Result<()> {
    jobs::enqueue(conn, &NewJob::new(kind, &order, now)?, now)?;
    Ok(())
}
