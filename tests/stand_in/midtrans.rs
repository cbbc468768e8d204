//! Midtrans: Snap's pages, and the API behind them.

use std::collections::BTreeMap;

use ring::digest;
use serde_json::{Value, json};

use super::notices::{Notice, tell};
use super::wire::{Answer, Request, find};
use super::{MIDTRANS_KEY, StandIn, State};

/// By the shop's names: what was ordered, and what became of it.
#[derive(Default)]
pub(crate) struct Midtrans(BTreeMap<String, Value>);

impl StandIn {
    /// The names of all payments.
    pub fn midtrans_orders(&self) -> Vec<String> {
        self.state().midtrans.0.keys().cloned().collect()
    }

    pub fn midtrans(&self, order: &str) -> Value {
        self.state().midtrans.0[order].clone()
    }

    /// Something happens to a payment, which is told.
    pub fn midtrans_becomes(&self, order: &str, status: &str, fraud: &str, method: &str) {
        let notice = become_(&mut self.state(), order, (status, fraud, method));
        tell(self, notice);
    }

    /// A call of its API.
    pub(super) fn call_midtrans(&self, request: &Request) -> Answer {
        // Basic, of the key and a colon.
        if request.header("authorization") != format!("Basic {}", super::MIDTRANS_BASIC) {
            return said(401);
        }
        let body: Value = serde_json::from_str(&request.body).unwrap_or(Value::Null);
        let mut state = self.state();
        match (request.method.as_str(), &request.parts()[..]) {
            ("POST", ["snap", "v1", "transactions"]) => create(&mut state, &body),
            ("POST", ["snap", "v1", "transactions", token, "cancel"]) => {
                call_off_page(&mut state, token)
            }
            ("GET", ["v2", order, "status"]) => match state.midtrans.0.get(*order) {
                Some(known) if known["transaction_status"].is_string() => Answer::json(200, known),
                _ => said(404),
            },
            ("POST", ["v2", order, "expire"]) => expire(&mut state, order),
            ("POST", ["v2", order, "refund"] | ["v2", order, "refund", "online", "direct"]) => {
                refund(&mut state, order, &body)
            }
            _ => said(404),
        }
    }

    /// Its page: three buttons.
    pub(super) fn midtrans_page(&self, request: &Request) -> Answer {
        let token = request.parts().last().map(|token| (*token).to_owned()).unwrap_or_default();
        let found = self
            .state()
            .midtrans
            .0
            .values()
            .find(|known| known["token"] == token.as_str())
            .cloned();
        let Some(known) = found else { return Answer::html("<h1>No such page</h1>") };
        let pressed = match find(&request.form(), "do") {
            None => return page(&known),
            Some("pay") => Some(("settlement", "qris")),
            Some("later") => Some(("pending", "bank_transfer")),
            Some(_) => None,
        };
        let order = known["order_id"].as_str().unwrap_or_default();
        if let Some(pressed) = pressed
            && !self.midtrans_goes_on(order, pressed)
        {
            return page(&known);
        }
        Answer::see_other(known["finish"].as_str().unwrap_or_default())
    }

    /// What can only happen while it is open; `false` when it is not.
    pub(super) fn midtrans_goes_on(&self, order: &str, (status, method): (&str, &str)) -> bool {
        let notice = {
            let mut state = self.state();
            let known = &state.midtrans.0[order];
            if !is_open(known) {
                return false;
            }
            become_(&mut state, order, (status, "accept", method))
        };
        tell(self, notice);
        true
    }

    /// Each payment as it stands.
    pub(super) fn midtrans_payments(&self) -> Vec<Value> {
        self.state().midtrans.0.values().cloned().collect()
    }
}

/// Whether it can be paid: who has chosen a virtual account pays it though the page is closed.
pub(super) fn is_open(known: &Value) -> bool {
    match known["transaction_status"].as_str() {
        None => known["is_closed"] != true,
        status => status == Some("pending"),
    }
}

fn page(known: &Value) -> Answer {
    let buttons = match is_open(known) {
        true => {
            "<form method=\"post\"><button name=\"do\" value=\"pay\">Pay by QRIS</button> \
             <button name=\"do\" value=\"later\">Choose a virtual account</button> \
             <button name=\"do\" value=\"back\">Back to the shop</button></form>"
        }
        false => "<p>This page is over.</p>",
    };
    Answer::html(&format!(
        "<!doctype html><html lang=\"id\"><title>Stand-in</title><h1>{}</h1><p>Rp {}</p>{buttons}</html>",
        known["name"].as_str().unwrap_or_default(),
        known["gross_amount"],
    ))
}

fn said(status: u16) -> Answer {
    Answer::json(
        status,
        &json!({ "status_code": status.to_string(), "status_message": "somebody@example.com" }),
    )
}

fn create(state: &mut State, body: &Value) -> Answer {
    let order = body["transaction_details"]["order_id"].as_str().unwrap_or_default().to_owned();
    let amount = body["transaction_details"]["gross_amount"].as_i64().unwrap_or(0);
    let items = body["item_details"].as_array().cloned().unwrap_or_default();
    let sum: i64 = items
        .iter()
        .map(|item| item["price"].as_i64().unwrap_or(0) * item["quantity"].as_i64().unwrap_or(0))
        .sum();
    let known = [
        "transaction_details",
        "item_details",
        "customer_details",
        "credit_card",
        "callbacks",
        "expiry",
        "page_expiry",
    ];
    let is_known =
        body.as_object().is_some_and(|body| body.keys().all(|key| known.contains(&key.as_str())));
    if order.is_empty() || order.len() > 50 || amount < 1 || sum != amount || !is_known {
        return said(400);
    }
    if state.midtrans.0.contains_key(&order) {
        return said(406);
    }
    let token = state.new_id("snap");
    let url = format!("{}/snap/v4/redirection/{token}", state.url);
    let ordered = json!({
        "order_id": order, "token": token, "gross_amount": format!("{amount}.00"), "currency": "IDR",
        "transaction_id": state.new_id("trx"), "finish": body["callbacks"]["finish"], "name": items[0]["name"],
        "minutes": body["expiry"]["duration"], "refunds": [],
    });
    state.midtrans.0.insert(order, ordered);
    Answer::json(201, &json!({ "token": token, "redirect_url": url }))
}

/// As <https://docs.midtrans.com/reference/cancel-a-snap-session> has it.
fn call_off_page(state: &mut State, token: &str) -> Answer {
    let refused = |status, text: &str| Answer::json(status, &json!({ "error_messages": [text] }));
    let found = state.midtrans.0.values_mut().find(|known| known["token"] == token);
    let Some(found) = found else { return refused(404, "token not found") };
    if found["transaction_status"].is_string() {
        return refused(400, "Transaction is on progress");
    }
    if found["is_closed"] == true {
        return refused(400, "token already canceled");
    }
    found["is_closed"] = json!(true);
    Answer::json(200, &json!({ "canceled_at": "2025-06-03T13:09:39.776Z" }))
}

fn expire(state: &mut State, order: &str) -> Answer {
    let Some(known) = state.midtrans.0.get_mut(order) else { return said(404) };
    match known["transaction_status"].as_str() {
        None => said(404),
        Some("pending") => {
            known["transaction_status"] = json!("expire");
            known["status_code"] = json!("407");
            Answer::json(200, &json!({ "status_code": "407", "transaction_status": "expire" }))
        }
        Some(_) => said(412),
    }
}

fn refund(state: &mut State, order: &str, body: &Value) -> Answer {
    let Some(known) = state.midtrans.0.get_mut(order) else { return said(404) };
    let whole = |value: &Value| {
        value.as_str().unwrap_or("0").trim_end_matches(".00").parse::<i64>().unwrap()
    };
    let (all, before) = (whole(&known["gross_amount"]), whole(&known["refund_amount"]));
    let amount = body["amount"].as_i64().unwrap_or(0);
    let is_used = known["refunds"]
        .as_array()
        .unwrap()
        .iter()
        .any(|earlier| earlier["refund_key"] == body["refund_key"]);
    if is_used || amount < 1 || before + amount > all {
        return said(if is_used { 406 } else { 414 });
    }
    known["refunds"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "refund_key": body["refund_key"], "refund_amount": amount }));
    known["refund_amount"] = json!(format!("{}.00", before + amount));
    known["transaction_status"] =
        json!(if before + amount == all { "refund" } else { "partial_refund" });
    Answer::json(200, &json!({ "status_code": "200", "refund_key": body["refund_key"] }))
}

fn become_(state: &mut State, order: &str, (status, fraud, method): (&str, &str, &str)) -> Notice {
    let known = state.midtrans.0.get_mut(order).unwrap();
    known["transaction_status"] = json!(status);
    known["fraud_status"] = json!(fraud);
    known["payment_type"] = json!(method);
    known["status_code"] = json!(if status == "pending" { "201" } else { "200" });
    let text = |name: &str| known[name].as_str().unwrap_or_default();
    let signed = [order, text("status_code"), text("gross_amount"), MIDTRANS_KEY].concat();
    let hash = digest::digest(&digest::SHA512, signed.as_bytes());
    let hash: String = hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    let mut body = known.clone();
    body["signature_key"] = json!(hash);
    Notice { gateway: "midtrans", kind: status.to_owned(), body: body.to_string() }
}
