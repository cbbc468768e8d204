//! What a refund would do, in words: it is written, looked at and taken back.

use diesel::Connection;
use diesel::result::Error::RollbackTransaction;

use super::money;
use super::wish::Wish;
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::{OrderId, RefundId};
use crate::orders::book::Entry;
use crate::orders::{By, MoveError, Moved};
use crate::payments::{self, RefundState};
use crate::staff::Rule;

/// What a refund has written.
pub(super) struct Effect {
    /// What goes back, in minor units with tax.
    pub amount: i64,
    /// Whether somebody has to send it.
    is_by_hand: bool,
    has_credit_note: bool,
    /// Units that go on the shelf.
    restocked: i64,
}

pub(super) struct Preview {
    /// Sent back with the form: only this sum is given, in minor units.
    pub agreed: i64,
    pub button: String,
    pub effects: Vec<String>,
}

/// Writes a refund and takes it back: what it has written in between.
pub(super) async fn try_out<R: Rule>(
    staff: &Allowed<R>,
    id: OrderId,
    wish: Wish,
) -> Result<Moved<Effect>> {
    let by = By::of(&staff.who());
    let write = move |conn: &mut Conn| -> Result<Moved<Effect>> {
        let mut tried = Err(MoveError::Nothing);
        let ended = conn.transaction(|conn| {
            tried = wish.give(conn, id, &by).and_then(|given| Effect::of(conn, id, given, &wish));
            Err::<(), _>(Error::from(RollbackTransaction))
        });
        match (tried, ended) {
            (Err(MoveError::Error(error)), _) => Err(error),
            (tried, _) => Ok(tried),
        }
    };
    staff.visit().shop.db.write(write).await
}

impl Effect {
    pub fn of(conn: &mut Conn, order: OrderId, refund: RefundId, wish: &Wish) -> Moved<Self> {
        let refunds = payments::refunds_of(conn, order)?;
        let given = refunds.into_iter().find(|row| row.id == refund);
        let given = given.ok_or_else(|| MoveError::NoSuchRow(format!("refund {}", refund.0)))?;
        Ok(Self {
            amount: given.amount,
            is_by_hand: given.status == RefundState::ByHand.code(),
            has_credit_note: given.credit_note_id.is_some(),
            restocked: wish.restocked(),
        })
    }
}

pub(super) fn preview(shell: &Desk, order: &Entry, effect: &Effect) -> Preview {
    let amount = money(shell, effect.amount, &order.currency);
    let money = if effect.is_by_hand { "refund-does-by-hand" } else { "refund-does-send" };
    let note = if effect.has_credit_note { "refund-does-note" } else { "refund-does-no-note" };
    Preview {
        agreed: effect.amount,
        button: shell.with("refund-button", "amount", &amount),
        effects: vec![
            shell.with(money, "amount", &amount),
            shell.t(note).to_owned(),
            shell.count("refund-does-restock", effect.restocked),
            shell.t("refund-does-mail").to_owned(),
        ],
    }
}
