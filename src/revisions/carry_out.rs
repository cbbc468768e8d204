//! Makes a change that somebody has looked at, all of it or nothing.

use serde_json::{Value, json};

use super::model::Wish;
use super::plan::{Plan, StockMove, plan};
use crate::db::Conn;
use crate::ids::OrderId;
use crate::invoices;
use crate::orders::{self, By, EventKind, Held, MoveError, Moved, Revision, note};
use crate::payments::{self, Gateways};
use crate::promotions;
use crate::stock::{self, Cause};
use crate::web::{View, texts};

/// A change to be made.
pub struct Revising {
    pub view: View,
    pub gateways: Gateways,
    pub wish: Wish,
    /// The seal of the plan that was looked at.
    pub seen: String,
    /// Why, as the shopper reads it; may be empty.
    pub reason: String,
}

impl Revising {
    /// Makes it, in the caller's transaction.
    ///
    /// # Errors
    /// `ChangedMeanwhile` when it would not do what was looked at: the caller ends its transaction then.
    pub fn run(&self, conn: &mut Conn, order: OrderId, by: &By) -> Moved {
        let mut held = orders::hold(conn, order)?;
        let plan = match plan(conn, order, &self.wish, &self.view)? {
            Ok(plan) if plan.seal() == self.seen => plan,
            _ => return Err(MoveError::ChangedMeanwhile),
        };
        move_stock(conn, order, &plan.moves, by)?;
        if let Some(address) = &plan.address {
            orders::readdress(conn, order, address)?;
        }
        match &plan.revision {
            Some(revision) => self.rewrite(conn, &mut held, (&plan, revision), by),
            None => Ok(note(
                conn,
                order,
                EventKind::Readdressed,
                by,
                &json!({ "reason": self.reason }),
            )?),
        }
    }

    fn rewrite(
        &self,
        conn: &mut Conn,
        held: &mut Held,
        (plan, revision): (&Plan, &Revision),
        by: &By,
    ) -> Moved {
        let told = told(plan, &self.reason);
        orders::revise(conn, held, revision, &told, by)?;
        promotions::redeem_anew(conn, held.id, &revision.given, &plan.sold.email_key)?;
        let reason = match self.reason.as_str() {
            "" => texts::of(plan.sold.language).get("order-changed-reason"),
            reason => reason,
        };
        invoices::renew(conn, held.id, reason, by.at)?;
        payments::rebill(conn, &self.gateways, held, reason, by)
    }
}

/// As the timeline tells it: sums, and of each line before and after.
fn told(plan: &Plan, reason: &str) -> Value {
    let moves = plan.moves.iter().map(|moved| (&moved.sku, moved.units));
    json!({
        "from": plan.sold.bill.totals.payable,
        "to": plan.total(),
        "due": plan.due(),
        "units": moves.collect::<Vec<_>>(),
        "address": plan.address.is_some(),
        "reason": reason,
    })
}

/// In the order of the variants' ids. Each change of an order moves a variant once.
fn move_stock(conn: &mut Conn, order: OrderId, moves: &[StockMove], by: &By) -> Moved {
    let edit = orders::count_edits(conn, order)?;
    for StockMove { variant, units, .. } in moves {
        let name = format!("order:{order}:edit:{edit}:{variant}");
        let cause = Cause { name, reason: "", actor: &by.actor, at: by.at };
        let is_moved = match units {
            1.. => stock::allocate(conn, *variant, *units, &cause)?,
            _ => stock::release(conn, *variant, -units, &cause).map(|()| true)?,
        };
        if !is_moved {
            return Err(MoveError::ChangedMeanwhile);
        }
    }
    Ok(())
}
