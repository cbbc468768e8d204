//! What Stripe keeps, and what becomes of it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::notices::{Notice, tell, unix_now};
use super::{StandIn, State};

#[derive(Default)]
pub(crate) struct Stripe {
    /// By their ids: sessions, payment intents with their charge in them, refunds, disputes.
    pub sessions: BTreeMap<String, Value>,
    pub intents: BTreeMap<String, Value>,
    pub refunds: BTreeMap<String, Value>,
    pub disputes: BTreeMap<String, Value>,
    /// Key: path with form, and answer.
    pub keys: BTreeMap<String, (String, String)>,
    /// How the next refunds end, if not at once.
    pub refund_status: Option<&'static str>,
}

/// How a shopper leaves a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    Paid,
    /// With a method whose money comes later.
    Later,
}

/// The buttons of the page, and what else happens at Stripe. A session is named by its id.
impl StandIn {
    /// The one session that has been made.
    pub fn session(&self) -> Value {
        let state = self.state();
        assert_eq!(state.stripe.sessions.len(), 1, "one session");
        state.stripe.sessions.values().next().cloned().unwrap()
    }

    pub fn sessions(&self) -> Vec<Value> {
        self.state().stripe.sessions.values().cloned().collect()
    }

    pub fn refunds(&self) -> Vec<Value> {
        self.state().stripe.refunds.values().cloned().collect()
    }

    pub fn leave(&self, session: &str, leaving: Leaving) {
        let told = leave(&mut self.state(), session, leaving);
        self.fire(told);
    }

    /// The shopper's bank says no; the page stays open.
    pub fn decline(&self, session: &str) {
        let intent = self.state().new_id("pi");
        let object = json!({ "id": intent, "object": "payment_intent", "status": "requires_payment_method" });
        let _ = session;
        self.fire(vec![("payment_intent.payment_failed", object)]);
    }

    /// Money that was on its way comes, or does not.
    pub fn arrive(&self, session: &str, comes: bool) {
        let told = arrive(&mut self.state(), session, comes);
        self.fire(told);
    }

    pub fn expire(&self, session: &str) {
        let told = expire(&mut self.state(), session);
        self.fire(told);
    }

    /// How refunds end from now on: `pending`, `failed`; `None` for at once.
    pub fn refunds_end(&self, status: Option<&'static str>) {
        self.state().stripe.refund_status = status;
    }

    /// What was pending is decided.
    pub fn decide_refunds(&self, status: &str) {
        let told: Vec<_> = {
            let mut state = self.state();
            let Stripe { refunds, intents, .. } = &mut state.stripe;
            let pending = refunds.values_mut().filter(|refund| refund["status"] == "pending");
            let told = pending.map(|refund| {
                refund["status"] = json!(status);
                if status == "failed" {
                    never_left(intents, refund);
                }
                ("refund.updated", refund.clone())
            });
            told.collect()
        };
        self.fire(told);
    }

    /// Somebody gives money back in Stripe's own office.
    pub fn refund_elsewhere(&self, session: &str, amount: i64) {
        let told = {
            let mut state = self.state();
            let intent =
                state.stripe.sessions[session]["payment_intent"].as_str().unwrap().to_owned();
            refund(&mut state, &intent, Some(amount), json!({})).unwrap()
        };
        self.fire(told.1);
    }

    /// As after a day.
    pub fn forget_keys(&self) {
        self.state().stripe.keys.clear();
    }

    pub fn disputes(&self) -> Vec<Value> {
        self.state().stripe.disputes.values().cloned().collect()
    }

    /// The bank wants the money of a session back; told once more, it has decided.
    pub fn dispute(&self, session: &str, status: &str) {
        let told = {
            let mut state = self.state();
            let intent =
                state.stripe.sessions[session]["payment_intent"].as_str().unwrap().to_owned();
            let known = state
                .stripe
                .disputes
                .values()
                .find(|known| known["payment_intent"] == intent.as_str());
            let id = known.map(|known| known["id"].as_str().unwrap().to_owned());
            let (kind, id) = match id {
                Some(id) => ("charge.dispute.closed", id),
                None => ("charge.dispute.created", state.new_id("dp")),
            };
            let paid = state.stripe.intents.get_mut(&intent).unwrap();
            paid["latest_charge"]["disputed"] = json!(true);
            let dispute = json!({
                "id": id, "object": "dispute", "payment_intent": intent, "amount": paid["amount_received"],
                "currency": paid["currency"], "reason": "fraudulent", "status": status,
            });
            state.stripe.disputes.insert(id, dispute.clone());
            vec![(kind, dispute)]
        };
        self.fire(told);
    }

    pub(super) fn fire(&self, told: Vec<(&'static str, Value)>) {
        for (kind, object) in told {
            let id = self.state().new_id("evt");
            let event = json!({
                "id": id, "object": "event", "api_version": "2026-10-28.endive", "created": unix_now(),
                "livemode": false, "type": kind, "data": { "object": object }, "pending_webhooks": 1,
            });
            let body = serde_json::to_string_pretty(&event).unwrap();
            tell(self, Notice { gateway: "stripe", kind: kind.to_owned(), body });
        }
    }
}

/// Events that are to be told.
pub(super) type Told = Vec<(&'static str, Value)>;

pub(super) fn leave(state: &mut State, id: &str, leaving: Leaving) -> Told {
    let (intent, charge) = (state.new_id("pi"), state.new_id("ch"));
    let Some(session) = state.stripe.sessions.get_mut(id) else { return Vec::new() };
    if session["status"] != "open" {
        return Vec::new();
    }
    let is_paid = leaving == Leaving::Paid;
    let amount = if is_paid { session["amount_total"].clone() } else { json!(0) };
    session["status"] = json!("complete");
    session["payment_status"] = json!(if is_paid { "paid" } else { "unpaid" });
    session["payment_intent"] = json!(intent);
    session["url"] = Value::Null;
    let paid = json!({
        "id": intent, "object": "payment_intent", "status": if is_paid { "succeeded" } else { "processing" },
        "amount": session["amount_total"], "amount_received": amount, "currency": session["currency"],
        "latest_charge": { "id": charge, "object": "charge", "payment_intent": intent, "amount_refunded": 0, "disputed": false },
    });
    let mut told = vec![("checkout.session.completed", session.clone())];
    if is_paid {
        told.push(("payment_intent.succeeded", paid.clone()));
    }
    state.stripe.intents.insert(intent, paid);
    told
}

fn arrive(state: &mut State, id: &str, comes: bool) -> Told {
    let session = state.stripe.sessions.get_mut(id).unwrap();
    let intent = session["payment_intent"].as_str().unwrap();
    let paid = state.stripe.intents.get_mut(intent).unwrap();
    if paid["status"] != "processing" {
        return Vec::new();
    }
    paid["status"] = json!(if comes { "succeeded" } else { "requires_payment_method" });
    if comes {
        paid["amount_received"] = session["amount_total"].clone();
        session["payment_status"] = json!("paid");
        return vec![("checkout.session.async_payment_succeeded", session.clone())];
    }
    vec![("checkout.session.async_payment_failed", session.clone())]
}

pub(super) fn expire(state: &mut State, id: &str) -> Told {
    let session = state.stripe.sessions.get_mut(id).unwrap();
    if session["status"] != "open" {
        return Vec::new();
    }
    session["status"] = json!("expired");
    session["url"] = Value::Null;
    vec![("checkout.session.expired", session.clone())]
}

/// The money of a refund that has failed is there again.
fn never_left(intents: &mut BTreeMap<String, Value>, refund: &mut Value) {
    refund["failure_reason"] = json!("expired_or_canceled_card");
    let charge = intents.get_mut(refund["payment_intent"].as_str().unwrap()).unwrap();
    let refunded = &mut charge["latest_charge"]["amount_refunded"];
    *refunded = json!(refunded.as_i64().unwrap() - refund["amount"].as_i64().unwrap());
}

/// The refund and its events, or why there is none.
pub(super) fn refund(
    state: &mut State,
    intent: &str,
    amount: Option<i64>,
    metadata: Value,
) -> Result<(Value, Told), (&'static str, String)> {
    let id = state.new_id("re");
    let status = state.stripe.refund_status.unwrap_or("succeeded");
    let Some(paid) = state.stripe.intents.get_mut(intent) else {
        return Err(("resource_missing", "payment_intent".to_owned()));
    };
    let left = paid["amount_received"].as_i64().unwrap()
        - paid["latest_charge"]["amount_refunded"].as_i64().unwrap();
    let amount = amount.unwrap_or(left);
    if amount > left || amount == 0 {
        return Err(("charge_already_refunded", "amount".to_owned()));
    }
    if status != "failed" {
        let before = paid["latest_charge"]["amount_refunded"].as_i64().unwrap();
        paid["latest_charge"]["amount_refunded"] = json!(before + amount);
    }
    let refund = json!({
        "id": id, "object": "refund", "status": status, "amount": amount, "currency": paid["currency"],
        "payment_intent": intent, "metadata": metadata,
        "failure_reason": if status == "failed" { json!("expired_or_canceled_card") } else { Value::Null },
    });
    let charge = paid["latest_charge"].clone();
    state.stripe.refunds.insert(id, refund.clone());
    Ok((refund.clone(), vec![("refund.created", refund), ("charge.refunded", charge)]))
}
