//! Disputes: a bank takes a payment back, or asks for reasons not to.

use serde::Deserialize;

use super::amount::from_stripe;
use crate::money::Currency;
use crate::payments::model::{Dispute, DisputeState};

#[derive(Debug, Deserialize)]
pub(super) struct StripeDispute {
    id: String,
    amount: i64,
    currency: String,
    reason: String,
    status: String,
}

impl StripeDispute {
    /// `None` for an amount that is none of ours.
    pub fn told(self) -> Option<Dispute> {
        let currency = Currency::from_letters(&self.currency.to_uppercase())?;
        Some(Dispute {
            reference: self.id,
            amount: from_stripe(self.amount, currency)?.minor(),
            reason: self.reason,
            state: state(&self.status),
        })
    }
}

/// What is not decided is open, whatever it may be called one day.
fn state(status: &str) -> DisputeState {
    match status {
        "won" | "warning_closed" | "prevented" => DisputeState::Won,
        "lost" => DisputeState::Lost,
        _ => DisputeState::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dispute_is_open_until_somebody_has_decided() {
        for (status, is) in [
            ("needs_response", DisputeState::Open),
            ("warning_under_review", DisputeState::Open),
            ("what_comes_next_year", DisputeState::Open),
            ("warning_closed", DisputeState::Won),
            ("won", DisputeState::Won),
            ("lost", DisputeState::Lost),
        ] {
            assert_eq!(state(status), is, "{status}");
        }
    }
}
