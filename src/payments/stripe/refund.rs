//! Refunds: once for each key, for ever and not only for as long as Stripe remembers keys.

use serde::Deserialize;
use std::collections::BTreeMap;

use super::amount::to_stripe;
use super::api::{Api, Failure, List, Pair};
use crate::ids::AttemptToken;
use crate::money::Money;
use crate::payments::gateway::{GatewayError, Refunding};

/// More than a payment ever has.
const MOST: i64 = 100;

#[derive(Debug, Deserialize)]
pub(super) struct StripeRefund {
    status: Option<String>,
    failure_reason: Option<String>,
    #[serde(default)]
    metadata: BTreeMap<String, String>,
}

impl StripeRefund {
    fn refunding(&self) -> Refunding {
        match self.status.as_deref() {
            Some("succeeded") => Refunding::Done,
            Some(status @ ("failed" | "canceled")) => {
                Refunding::Failed(self.failure_reason.as_deref().unwrap_or(status).to_owned())
            }
            _ => Refunding::Pending,
        }
    }
}

/// Sends money of a payment back, or says how far it is if it was sent before.
///
/// Stripe forgets a key after a day, and repeats its first answer until then. So what is there is
/// looked for first, by the key that we have written on it.
pub(super) fn send(
    api: &Api,
    (intent, attempt): (&str, &AttemptToken),
    amount: Money,
    key: &str,
) -> Result<Refunding, GatewayError> {
    let known: List<StripeRefund> = api.get(
        "/v1/refunds",
        &[("payment_intent", intent.to_owned()), ("limit", MOST.to_string())],
    )?;
    let is_this =
        |refund: &&StripeRefund| refund.metadata.get("refund").is_some_and(|of| of == key);
    if let Some(refund) = known.data.iter().find(is_this) {
        return Ok(refund.refunding());
    }
    let amount = to_stripe(amount).ok_or_else(|| {
        GatewayError::Refused("Stripe cannot send an amount like this".to_owned())
    })?;
    let form: [Pair; 5] = [
        ("payment_intent", intent.to_owned()),
        ("amount", amount.to_string()),
        ("reason", "requested_by_customer".to_owned()),
        ("metadata[refund]", key.to_owned()),
        ("metadata[attempt]", attempt.as_str().to_owned()),
    ];
    let sent: Result<StripeRefund, Failure> = api.post("/v1/refunds", &form, Some(key));
    Ok(sent?.refunding())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Refunding {
        serde_json::from_str::<StripeRefund>(json).unwrap().refunding()
    }

    #[test]
    fn a_refund_is_pending_until_it_is_done_or_has_failed() {
        assert_eq!(read(r#"{"status":"succeeded"}"#), Refunding::Done);
        for pending in [
            r#"{"status":"pending"}"#,
            r#"{"status":"requires_action"}"#,
            r#"{"status":null}"#,
            "{}",
        ] {
            assert_eq!(read(pending), Refunding::Pending, "{pending}");
        }
        let lost = r#"{"status":"failed","failure_reason":"lost_or_stolen_card"}"#;
        assert_eq!(read(lost), Refunding::Failed("lost_or_stolen_card".into()));
        assert_eq!(read(r#"{"status":"canceled"}"#), Refunding::Failed("canceled".into()));
    }
}
