//! A move of an order that somebody answers for: it stands in the audit log besides the timeline.

use diesel::prelude::*;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::moves::{Held, Moved, hold};
use super::timeline::By;
use crate::audit::{self, Action, Deed, Entity, Who};
use crate::db::Conn;
use crate::db::schema::orders;
use crate::error::Result;
use crate::ids::OrderId;

/// What somebody typed about an order may name its shopper, and the log cannot forget her.
const TYPED: [&str; 4] = ["note", "reason", "reference", "tracking"];

/// Moves an order and writes down who did it, in the caller's transaction. `told` is what besides
/// the statuses says what was done: units, amounts, references. What was typed stands with the order;
/// the log has a seal of it, which shows whether a text is the one.
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
        let salt = salt(conn, order)?;
        now.extend(told.into_iter().map(|(key, value)| sealed(&salt, key, value)));
    }
    audit::write(conn, who, &Deed { action, entity, before: statuses(&before), after: now })?;
    Ok(done)
}

/// The secret of the order's address: with the order forgotten, nobody can guess at what was sealed.
fn salt(conn: &mut Conn, order: OrderId) -> Result<String> {
    Ok(orders::table.find(order).select(orders::token).first(conn)?)
}

/// `reference`, `BCA 7` becomes `reference_sha256`, and the hash.
fn sealed(salt: &str, key: String, value: Value) -> (String, Value) {
    match value.as_str() {
        Some(text) if TYPED.contains(&key.as_str()) && !text.is_empty() => {
            let hash = Sha256::digest(format!("{salt}\0{text}"));
            let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
            (format!("{key}_sha256"), hash.into())
        }
        _ => (key, value),
    }
}

fn statuses(held: &Held) -> Value {
    json!({
        "status": held.status.code(),
        "payment": held.payment.code(),
        "fulfilment": held.fulfilment.code(),
    })
}
