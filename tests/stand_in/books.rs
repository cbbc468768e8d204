//! What the gateways have in their books: to be held against those of the shop.

use serde_json::Value;

use super::StandIn;
use super::midtrans::is_open;

/// A payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub gateway: &'static str,
    /// The shop's name of the try.
    pub attempt: String,
    pub stands: Stands,
    /// Whole rupiah that have come in all, and what has gone back of them.
    pub captured: i64,
    pub refunded: i64,
    /// What should have gone back, and did not.
    pub failed: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// Somebody can pay on its page.
    Open,
    /// Somebody has done her part, and a bank has not.
    OnItsWay,
    Over,
}

impl StandIn {
    pub fn books(&self) -> Vec<Entry> {
        let stripe = self.sessions().into_iter().map(|session| self.of_stripe(&session));
        let midtrans = self.midtrans_payments().into_iter().map(|known| of_midtrans(&known));
        stripe.chain(midtrans).collect()
    }

    /// A bank does its part, or says no. Nothing happens to what is not on its way.
    pub fn decide(&self, entry: &Entry, comes: bool) {
        match entry.gateway {
            "stripe" => {
                let is_it = |session: &Value| session["client_reference_id"] == *entry.attempt;
                let found = self.sessions().into_iter().find(is_it).expect("it is known");
                self.arrive(found["id"].as_str().unwrap(), comes);
            }
            _ => {
                let status = if comes { "settlement" } else { "expire" };
                self.midtrans_goes_on(&entry.attempt, (status, "bank_transfer"));
            }
        }
    }

    fn of_stripe(&self, session: &Value) -> Entry {
        let state = self.state();
        let intent = session["payment_intent"].as_str().and_then(|id| state.stripe.intents.get(id));
        // Counted in sen there.
        let rupiah = |value: &Value| value.as_i64().unwrap() / 100;
        let is_coming = intent.is_some_and(|intent| intent["status"] == "processing");
        Entry {
            gateway: "stripe",
            attempt: session["client_reference_id"].as_str().unwrap().to_owned(),
            stands: match session["status"].as_str() {
                Some("open") => Stands::Open,
                _ if is_coming => Stands::OnItsWay,
                _ => Stands::Over,
            },
            captured: intent.map_or(0, |intent| rupiah(&intent["amount_received"])),
            refunded: intent
                .map_or(0, |intent| rupiah(&intent["latest_charge"]["amount_refunded"])),
            failed: state
                .stripe
                .refunds
                .values()
                .filter(|refund| refund["status"] == "failed")
                .filter(|refund| refund["payment_intent"] == session["payment_intent"])
                .map(|refund| rupiah(&refund["amount"]))
                .sum(),
        }
    }
}

fn of_midtrans(known: &Value) -> Entry {
    let rupiah = |value: &Value| {
        value.as_str().map_or(0, |text| text.trim_end_matches(".00").parse().unwrap())
    };
    let status = known["transaction_status"].as_str();
    let is_paid = matches!(status, Some("settlement" | "refund" | "partial_refund"));
    Entry {
        gateway: "midtrans",
        attempt: known["order_id"].as_str().unwrap().to_owned(),
        stands: match status {
            Some("pending") => Stands::OnItsWay,
            _ if is_open(known) => Stands::Open,
            _ => Stands::Over,
        },
        captured: if is_paid { rupiah(&known["gross_amount"]) } else { 0 },
        refunded: rupiah(&known["refund_amount"]),
        failed: 0,
    }
}
