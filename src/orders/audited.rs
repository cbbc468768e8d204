//! A move of an order that somebody answers for: it stands in the audit log besides the timeline.

use serde_json::{Value, json};

use super::moves::{Held, Moved, hold};
use super::timeline::By;
use crate::audit::{self, Action, Deed, Entity, Who};
use crate::db::Conn;
use crate::ids::OrderId;

/// Moves an order and writes down who did it, in the caller's transaction. `told` is what besides
/// the statuses says what was done: units, amounts, references.
///
/// # Errors
/// Those of `step`: the caller ends its transaction then.
pub fn audited<T>(
    conn: &mut Conn,
    order: OrderId,
    (who, action, told): (&Who, Action, Value),
    step: impl FnOnce(&mut Conn, &By) -> Moved<T>,
) -> Moved<T> {
    let before = hold(conn, order)?;
    let done = step(conn, &By::of(who))?;
    let after = hold(conn, order)?;
    let entity = Entity::Order(after.number.clone());
    let mut now = statuses(&after);
    if let (Some(now), Value::Object(told)) = (now.as_object_mut(), told) {
        now.extend(told);
    }
    audit::write(conn, who, &Deed { action, entity, before: statuses(&before), after: now })?;
    Ok(done)
}

fn statuses(held: &Held) -> Value {
    json!({
        "status": held.status.code(),
        "payment": held.payment.code(),
        "fulfilment": held.fulfilment.code(),
    })
}
