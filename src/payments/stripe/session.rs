//! Checkout sessions: Stripe's pages on which one order is paid.

use chrono::{DateTime, NaiveDateTime, TimeDelta};
use serde::Deserialize;

use super::amount::{from_stripe, to_stripe};
use super::api::{Expanded, Pair};
use crate::ids::AttemptToken;
use crate::language::Language;
use crate::money::{Currency, Money};
use crate::orders::Payment;
use crate::payments::gateway::{GatewayError, Start};
use crate::payments::model::{Dispute, Observed, Seen};
use crate::web::texts;

/// The slowest debits take fourteen working days to fail.
const ON_ITS_WAY: TimeDelta = TimeDelta::days(21);

/// What a page is made of. Asked for again, it is the same to the letter, as the key is.
///
/// One line holds the grand total: so the page shows our bill to the minor unit, whatever was
/// taken off or rounded in it, and the order's own page shows its lines. `None` for an amount that
/// Stripe cannot take.
pub(super) fn form(start: &Start, email: Option<&str>) -> Option<Vec<Pair>> {
    let amount = to_stripe(start.amount)?;
    let attempt = start.attempt.as_str();
    let order = [("number", start.order_number.as_str().into())];
    let mut form: Vec<Pair> = vec![
        ("mode", "payment".into()),
        ("submit_type", "pay".into()),
        ("line_items[0][quantity]", "1".into()),
        ("line_items[0][price_data][currency]", start.amount.currency().code().to_lowercase()),
        ("line_items[0][price_data][unit_amount]", amount.to_string()),
        (
            "line_items[0][price_data][product_data][name]",
            texts::of(start.language).with("order-number", &order),
        ),
        ("client_reference_id", attempt.into()),
        ("metadata[attempt]", attempt.into()),
        ("metadata[order]", start.order_number.clone()),
        ("payment_intent_data[metadata][attempt]", attempt.into()),
        ("payment_intent_data[metadata][order]", start.order_number.clone()),
        ("success_url", start.return_url.clone()),
        ("cancel_url", start.return_url.clone()),
        ("locale", locale(start.language).into()),
        // It would show, and take, another currency than the bill's.
        ("adaptive_pricing[enabled]", "false".into()),
    ];
    form.extend(email.map(|email| ("customer_email", email.to_owned())));
    let end = start.expires_at.map(|end| end.and_utc().timestamp().to_string());
    form.extend(end.map(|end| ("expires_at", end)));
    Some(form)
}

fn locale(language: Language) -> &'static str {
    match language {
        Language::En => "en",
        Language::Id => "id",
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Session {
    pub id: String,
    /// Only while it is open.
    pub url: Option<String>,
    status: Option<String>,
    payment_status: String,
    pub client_reference_id: Option<String>,
    currency: Option<String>,
    created: i64,
    pub expires_at: i64,
    livemode: bool,
    pub payment_intent: Option<Expanded<Intent>>,
}

/// The payment behind the page.
#[derive(Debug, Deserialize)]
pub(super) struct Intent {
    pub id: String,
    status: String,
    amount_received: i64,
    currency: String,
    latest_charge: Option<Expanded<Charge>>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Charge {
    amount_refunded: i64,
    disputed: bool,
}

impl Session {
    fn intent(&self) -> Option<&Intent> {
        self.payment_intent.as_ref().and_then(Expanded::whole)
    }

    fn charge(&self) -> Option<&Charge> {
        self.intent()?.latest_charge.as_ref().and_then(Expanded::whole)
    }

    /// The name of the payment behind it, once there is one.
    pub fn intent_id(&self) -> Option<&str> {
        match self.payment_intent.as_ref()? {
            Expanded::Whole(intent) => Some(&intent.id),
            Expanded::Id(id) => Some(id),
        }
    }

    pub fn is_disputed(&self) -> bool {
        self.charge().is_some_and(|charge| charge.disputed)
    }

    pub fn ends_at(&self) -> Option<NaiveDateTime> {
        time(self.expires_at)
    }

    /// What is true of the payment, with what is known of its disputes.
    ///
    /// # Errors
    /// `Unknown` for what this version of ours cannot make sense of.
    pub fn observed(&self, disputes: Vec<Dispute>) -> Result<Observed, GatewayError> {
        let unclear = |what: &str| GatewayError::Unknown(format!("a session with no clear {what}"));
        let seen = self.seen().ok_or_else(|| unclear("status"))?;
        let (captured, refunded) = self.money(seen).ok_or_else(|| unclear("amount"))?;
        Ok(Observed {
            gateway: Payment::Stripe.code(),
            attempt: self.client_reference_id.as_deref().and_then(AttemptToken::parse),
            reference: Some(self.id.clone()),
            seen,
            captured,
            refunded,
            disputes,
            live: self.livemode,
            expires_at: match seen {
                Seen::Processing => time(self.created).map(|created| created + ON_ITS_WAY),
                _ => self.ends_at(),
            },
        })
    }

    fn seen(&self) -> Option<Seen> {
        match (self.status.as_deref()?, self.payment_status.as_str()) {
            ("open", _) => Some(Seen::Open),
            ("expired", _) => Some(Seen::Expired),
            ("complete", "paid" | "no_payment_required") => Some(Seen::Captured),
            ("complete", "unpaid") => match self.intent()?.status.as_str() {
                "requires_payment_method" | "canceled" => Some(Seen::Failed),
                _ => Some(Seen::Processing),
            },
            _ => None,
        }
    }

    /// What has arrived, and what has gone back of it in minor units of ours.
    fn money(&self, seen: Seen) -> Option<(Money, i64)> {
        let currency = |letters: &str| Currency::from_letters(&letters.to_uppercase());
        match (seen, self.intent()) {
            (Seen::Captured, Some(intent)) => {
                let currency = currency(&intent.currency)?;
                let refunded = self.charge().map_or(0, |charge| charge.amount_refunded);
                let captured = from_stripe(intent.amount_received, currency)?;
                Some((captured, from_stripe(refunded, currency)?.minor()))
            }
            (Seen::Captured, None) if self.payment_intent.is_some() => None,
            _ => Some((Money::new(0, currency(self.currency.as_deref()?)?), 0)),
        }
    }
}

fn time(seconds: i64) -> Option<NaiveDateTime> {
    DateTime::from_timestamp(seconds, 0).map(|time| time.naive_utc())
}

#[cfg(test)]
mod tests;
