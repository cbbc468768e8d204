//! For scripts: `POST /control/{what}` with a form, and `GET /control/payments`.

use std::time::Duration;

use serde_json::{Value, json};

use super::stripe::Leaving;
use super::wire::{Answer, Request, find};
use super::{Fault, Plan, StandIn};

pub(super) fn answer(stand_in: &StandIn, request: &Request) -> Answer {
    let form = request.form();
    let text = |name: &str| find(&form, name).unwrap_or_default();
    let millis = |name: &str| Duration::from_millis(text(name).parse().unwrap_or(0));
    let id = text("session");
    match (request.method.as_str(), request.parts()[1..].first().copied().unwrap_or_default()) {
        ("GET", "payments") => return Answer::json(200, &payments(stand_in)),
        ("POST", "notices") => stand_in.plan(Plan {
            shop: Some(text("shop").to_owned()).filter(|shop| !shop.is_empty()),
            delay: millis("delay"),
            spread: millis("spread"),
            repeats: text("repeats").parse().unwrap_or(0),
        }),
        ("POST", "faults") => {
            let fault = match text("fault") {
                "cut" => Fault::Cut,
                "lost" => Fault::Lost,
                "garbage" => Fault::Garbage,
                "slow" => Fault::Slow(millis("time")),
                status => Fault::Status(status.parse().unwrap_or(500)),
            };
            stand_in.faults(&vec![fault; text("times").parse().unwrap_or(1)]);
        }
        ("POST", "pay") => stand_in.leave(id, Leaving::Paid),
        ("POST", "later") => stand_in.leave(id, Leaving::Later),
        ("POST", "arrive") => stand_in.arrive(id, text("comes") != "no"),
        ("POST", "expire") => stand_in.expire(id),
        ("POST", "dispute") => stand_in.dispute(id, "needs_response"),
        _ => return Answer::json(404, &json!({ "error": "no such control" })),
    }
    Answer::json(200, &json!({ "done": true }))
}

/// Each session with what came in and what went back, by our name of the try.
fn payments(stand_in: &StandIn) -> Value {
    let state = stand_in.state();
    let rows = state.stripe.sessions.values().map(|session| {
        let intent = session["payment_intent"].as_str().and_then(|id| state.stripe.intents.get(id));
        json!({
            "session": session["id"], "attempt": session["client_reference_id"], "status": session["status"],
            "currency": session["currency"], "amount": session["amount_total"],
            "captured": intent.map_or(&Value::Null, |intent| &intent["amount_received"]),
            "refunded": intent.map_or(&Value::Null, |intent| &intent["latest_charge"]["amount_refunded"]),
        })
    });
    Value::Array(rows.collect())
}
