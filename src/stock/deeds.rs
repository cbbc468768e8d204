//! What somebody does to a shelf by hand, each with its entry in the audit log: in the caller's
//! transaction.

use serde_json::{Value, json};

use super::model::{Actor, Limits};
use super::queries::{self, Cause};
use super::shelf;
use crate::audit::{self, Action, Deed, Entity, Who};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::VariantId;

/// Units that have come.
#[derive(Debug, Clone)]
pub struct Delivery {
    pub units: i64,
    /// Of the delivery note: what it brings of a variant is received once. Empty for none.
    pub reference: String,
}

/// A level that is other than it should be.
#[derive(Debug, Clone)]
pub struct Correction {
    /// So many more, or fewer.
    pub by: i64,
    pub reason: String,
}

/// Takes a delivery in. `once` names what is done but once where the delivery has no reference.
///
/// # Errors
/// A duplicate when it was taken in before.
pub fn take_in(
    conn: &mut Conn,
    variant: VariantId,
    (delivery, once): (&Delivery, &str),
    who: &Who,
) -> Result<()> {
    shelf::open_if_new(conn, variant, who.at)?;
    let Delivery { units, reference } = delivery;
    let name = match reference.as_str() {
        "" => format!("delivery:{once}"),
        reference => format!("delivery:{variant}:{reference}"),
    };
    let cause = Cause { name, reason: reference, actor: &Actor::of(who), at: who.at };
    queries::receive(conn, variant, *units, &cause)?;
    let told = json!({ "units": units, "reference": reference });
    write_down(conn, variant, (Action::StockReceived, json!({}), told), who)
}

/// Corrects a level; `false` when fewer lie there than are to be taken away. `once` names what is
/// done but once: again it is done already.
///
/// # Errors
/// A duplicate when it is corrected at this very moment.
pub fn put_right(
    conn: &mut Conn,
    variant: VariantId,
    (correction, once): (&Correction, &str),
    who: &Who,
) -> Result<bool> {
    shelf::open_if_new(conn, variant, who.at)?;
    let Correction { by, reason } = correction;
    let name = format!("adjustment:{once}");
    if queries::has_adjusted(conn, &name)? {
        return Ok(true);
    }
    let cause = Cause { name, reason, actor: &Actor::of(who), at: who.at };
    if !queries::adjust(conn, variant, *by, &cause)? {
        return Ok(false);
    }
    let told = json!({ "units": by, "reason": reason });
    write_down(conn, variant, (Action::StockAdjusted, json!({}), told), who)?;
    Ok(true)
}

/// Sets the limits of a variant if they are still as somebody has `seen` them; else `false`.
pub fn limit(
    conn: &mut Conn,
    variant: VariantId,
    (seen, wanted): (Limits, Limits),
    who: &Who,
) -> Result<bool> {
    shelf::open_if_new(conn, variant, who.at)?;
    if !shelf::set_limits(conn, variant, (seen, wanted))? {
        return Ok(false);
    }
    let told = |limits: Limits| json!({ "backorder": limits.backorder, "low_at": limits.low_at });
    write_down(conn, variant, (Action::BackorderSet, told(seen), told(wanted)), who)?;
    Ok(true)
}

/// Names what is done but once.
pub fn once() -> String {
    format!("{:016x}", rand::random::<u64>())
}

fn write_down(
    conn: &mut Conn,
    variant: VariantId,
    (action, before, after): (Action, Value, Value),
    who: &Who,
) -> Result<()> {
    let sku = shelf::find_level(conn, variant)?.ok_or(Error::NotFound)?.sku;
    audit::write(conn, who, &Deed { action, entity: Entity::Variant(sku), before, after })
}
