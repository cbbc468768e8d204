//! What Midtrans knows of a payment.

use serde::Deserialize;
use serde_json::Value;

use crate::ids::AttemptToken;
use crate::money::{Currency, Money};
use crate::orders::Payment;
use crate::payments::gateway::GatewayError;
use crate::payments::model::{Observed, Seen};

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Transaction {
    pub transaction_status: String,
    pub fraud_status: Option<String>,
    pub payment_type: Option<String>,
    gross_amount: String,
    currency: Option<String>,
    refund_amount: Option<String>,
    #[serde(default)]
    refunds: Vec<Refunded>,
}

/// Money that has gone back.
#[derive(Debug, Clone, Deserialize)]
struct Refunded {
    refund_key: Option<String>,
}

pub(super) fn read(body: Value) -> Result<Transaction, GatewayError> {
    serde_json::from_value(body).map_err(|_| unclear("answer"))
}

fn unclear(what: &str) -> GatewayError {
    GatewayError::Unknown(format!("a payment at Midtrans with no clear {what}"))
}

/// What is true of a payment; of one that Midtrans does not know, that its page is open.
pub(super) fn observed(
    found: Option<&Transaction>,
    attempt: &AttemptToken,
    is_live: bool,
) -> Result<Observed, GatewayError> {
    let (seen, captured, refunded) = match found {
        None => (Seen::Open, 0, 0),
        Some(transaction) => transaction.told()?,
    };
    Ok(Observed {
        gateway: Payment::Midtrans.code(),
        attempt: Some(attempt.clone()),
        // We keep its page's name, which is not repeated here.
        reference: None,
        seen,
        captured: Money::new(captured, Currency::IDR),
        refunded,
        disputes: Vec::new(),
        live: is_live,
        expires_at: None,
    })
}

impl Transaction {
    /// Whether the refund with this key is among those that were sent.
    pub(super) fn has_sent(&self, key: &str) -> bool {
        self.refunds.iter().any(|refund| refund.refund_key.as_deref() == Some(key))
    }

    fn told(&self) -> Result<(Seen, i64, i64), GatewayError> {
        if self.currency.as_deref().is_some_and(|currency| currency != "IDR") {
            return Err(unclear("currency"));
        }
        let seen = self.seen().ok_or_else(|| unclear("status"))?;
        if seen != Seen::Captured {
            return Ok((seen, 0, 0));
        }
        let captured = rupiah(&self.gross_amount).ok_or_else(|| unclear("amount"))?;
        let refunded = self.refund_amount.as_deref().map_or(Some(0), rupiah);
        Ok((seen, captured, refunded.ok_or_else(|| unclear("refund"))?))
    }

    /// Who has chosen how to pay and has not paid may still choose another way, or none.
    fn seen(&self) -> Option<Seen> {
        match (self.transaction_status.as_str(), self.fraud_status.as_deref()) {
            ("settlement" | "refund" | "partial_refund", _) => Some(Seen::Captured),
            ("capture", Some("accept")) => Some(Seen::Captured),
            // A person at the shop accepts or denies it, in Midtrans' own office.
            ("capture", Some("challenge")) | ("authorize", _) => Some(Seen::Processing),
            ("pending", _) => Some(Seen::Open),
            ("deny" | "failure", _) | ("capture", Some("deny")) => Some(Seen::Failed),
            ("cancel" | "expire", _) => Some(Seen::Expired),
            _ => None,
        }
    }
}

/// Whole rupiah of `150000.00`; `None` for anything else.
fn rupiah(text: &str) -> Option<i64> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let is_whole = rest.bytes().all(|digit| digit == b'0');
    let is_plain = !whole.is_empty() && whole.bytes().all(|digit| digit.is_ascii_digit());
    (is_whole && is_plain).then(|| whole.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn seen(changes: Value) -> Result<(Seen, i64, i64), GatewayError> {
        let mut answer = json!({
            "transaction_status": "settlement", "fraud_status": "accept", "gross_amount": "450000.00",
            "currency": "IDR", "payment_type": "qris", "something": { "new": 1 },
        });
        for (name, value) in changes.as_object().unwrap() {
            answer[name] = value.clone();
        }
        read(answer)?.told()
    }

    #[test]
    fn a_payment_is_as_far_as_its_status() {
        for (status, fraud, is) in [
            ("settlement", "accept", Seen::Captured),
            ("capture", "accept", Seen::Captured),
            ("capture", "challenge", Seen::Processing),
            ("capture", "deny", Seen::Failed),
            ("pending", "accept", Seen::Open),
            ("deny", "deny", Seen::Failed),
            ("failure", "accept", Seen::Failed),
            ("cancel", "accept", Seen::Expired),
            ("expire", "accept", Seen::Expired),
            ("partial_refund", "accept", Seen::Captured),
        ] {
            let told =
                seen(json!({ "transaction_status": status, "fraud_status": fraud })).unwrap();
            let captured = if is == Seen::Captured { 450_000 } else { 0 };
            assert_eq!(told, (is, captured, 0), "{status} {fraud}");
        }
    }

    #[test]
    fn what_has_gone_back_is_counted() {
        let told = json!({ "transaction_status": "partial_refund", "refund_amount": "5000.00" });
        assert_eq!(seen(told), Ok((Seen::Captured, 450_000, 5_000)));
    }

    #[test]
    fn what_makes_no_sense_is_not_guessed() {
        for changes in [
            json!({ "transaction_status": "what_comes_next_year" }),
            json!({ "transaction_status": "capture", "fraud_status": null }),
            json!({ "gross_amount": "450000.50" }),
            json!({ "gross_amount": "-1" }),
            json!({ "gross_amount": "" }),
            json!({ "gross_amount": 450_000 }),
            json!({ "currency": "USD" }),
            json!({ "refund_amount": "much" }),
        ] {
            let told = seen(changes.clone());
            assert!(matches!(told, Err(GatewayError::Unknown(_))), "{changes}: {told:?}");
        }
    }
}
