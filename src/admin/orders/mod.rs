//! Orders: found, looked at, moved on.

mod addressed;
mod back;
mod can;
mod chosen;
pub mod drafts;
pub mod edit;
mod edit_form;
mod edit_view;
mod filters;
pub mod invoices;
pub mod list;
pub mod mails;
pub mod moves;
pub mod notes;
pub mod picking;
pub mod proofs;
pub mod refund;
mod refund_view;
pub mod returns;
pub mod sending;
mod sheet;
pub mod show;
pub mod slips;
mod told;
mod wish;

pub(super) use filters::sought;

use super::desk::Desk;
use crate::money::{Currency, Money};
use crate::orders::MoveError;
use crate::orders::book::Entry;

/// A status in words, and the colour of its badge.
struct Badge {
    text: String,
    tone: &'static str,
}

/// The three statuses of an order; of one that is cancelled nothing is to be packed.
fn badges(shell: &Desk, order: &Entry) -> Vec<Badge> {
    let badge = |text: String, tone| Badge { text, tone };
    let status = badge(
        shell.t(&format!("order-status-{}", order.status)).to_owned(),
        match order.status.as_str() {
            "completed" => "good",
            "pending" => "warn",
            "cancelled" => "",
            _ => "info",
        },
    );
    let payment = badge(
        shell.t(&format!("payment-status-{}", order.payment_status)).to_owned(),
        match order.payment_status.as_str() {
            "paid" => "good",
            "unpaid" | "part_paid" | "overpaid" => "warn",
            _ => "",
        },
    );
    [status, payment].into_iter().chain(fulfilment(shell, order)).collect()
}

fn fulfilment(shell: &Desk, order: &Entry) -> Option<Badge> {
    let (name, tone) = match (order.fulfilment_status.as_str(), order.status.as_str()) {
        ("unfulfilled", "cancelled") => return None,
        ("unfulfilled", _) if order.waits_for_money() => ("waits", ""),
        (name @ ("shipped" | "not_needed"), _) => (name, "good"),
        (name @ ("unfulfilled" | "part_shipped"), _) => (name, "warn"),
        (name, _) => (name, ""),
    };
    Some(Badge { text: shell.t(&format!("fulfilment-status-{name}")).to_owned(), tone })
}

pub(super) fn money(shell: &Desk, minor: i64, currency: &str) -> String {
    match Currency::from_letters(currency) {
        Some(currency) => shell.money(&Money::new(minor, currency)),
        None => minor.to_string(),
    }
}

/// The key of the words for a move that is refused.
fn refused_text(refused: &MoveError) -> &'static str {
    match refused {
        MoveError::HasShipped => "move-has-shipped",
        MoveError::HasMoney => "move-has-money",
        MoveError::NotPacked(_) => "move-not-packed",
        MoveError::TooMany { .. } => "move-too-many",
        MoveError::NotOnShelf { .. } => "move-not-on-shelf",
        MoveError::Nothing => "move-nothing",
        MoveError::NotSoMuch(_) => "move-not-so-much",
        MoveError::ReceivedBefore(_) => "move-received-before",
        MoveError::Stopped => "move-stopped",
        MoveError::ChangedMeanwhile => "edit-changed-meanwhile",
        MoveError::RefundedMeanwhile => "move-refunded-meanwhile",
        MoveError::NotCredited(_) => "move-not-credited",
        _ => "move-not-now",
    }
}
