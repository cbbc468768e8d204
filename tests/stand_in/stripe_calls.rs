//! Stripe's API: what it answers, and what it refuses.

use serde_json::{Value, json};

use super::notices::unix_now;
use super::stripe::{Told, expire, refund};
use super::stripe_form as form;
use super::wire::{Answer, Request, find};
use super::{STRIPE_KEY, StandIn, State};

const VERSION: &str = "2026-10-28.endive";
const PAYMENT: &str = "payment_intent.latest_charge";

/// What comes of a call: status, answer, and what is told of it.
type Outcome = Result<(Value, Told), (u16, &'static str, String)>;

pub(super) fn error(status: u16, kind: &str, code: &str, param: &str) -> Answer {
    let message = format!("Something about somebody@example.com: {code}");
    let error = json!({ "type": kind, "code": code, "param": param, "message": message });
    Answer::json(status, &json!({ "error": error }))
}

pub(super) fn answer(stand_in: &StandIn, request: &Request) -> Answer {
    if request.header("authorization") != format!("Bearer {STRIPE_KEY}") {
        return error(401, "invalid_request_error", "", "");
    }
    if request.header("stripe-version") != VERSION {
        return error(400, "invalid_request_error", "version", "");
    }
    if request.method == "GET" {
        return match read(&stand_in.state(), request) {
            Some(object) => Answer::json(200, &object),
            None => error(404, "invalid_request_error", "resource_missing", "id"),
        };
    }
    let key = request.header("idempotency-key").to_owned();
    let asked = format!("{} {}", request.path, request.body);
    let outcome = keyed(&mut stand_in.state(), request, (key, asked));
    match outcome {
        // What is wrong in itself is not kept under its key.
        Err((status, code, param)) => {
            let kind = if code.is_empty() { "idempotency_error" } else { "invalid_request_error" };
            error(status, kind, code, &param)
        }
        Ok((object, told)) => {
            stand_in.fire(told);
            Answer::json(200, &object)
        }
    }
}

/// Done once for each key, though the same call may come twice at one moment.
fn keyed(state: &mut State, request: &Request, (key, asked): (String, String)) -> Outcome {
    if let Some((same, body)) = state.stripe.keys.get(&key) {
        return match *same == asked {
            true => Ok((serde_json::from_str(body).unwrap(), Vec::new())),
            false => Err((400, "", String::new())),
        };
    }
    let (object, told) = write(state, request)?;
    if !key.is_empty() {
        state.stripe.keys.insert(key, (asked, object.to_string()));
    }
    Ok((object, told))
}

fn read(state: &State, request: &Request) -> Option<Value> {
    let query = request.queries();
    let stripe = &state.stripe;
    let of_intent = find(&query, "payment_intent");
    let list =
        |objects: Vec<Value>| json!({ "object": "list", "data": objects, "has_more": false });
    let all = |objects: &std::collections::BTreeMap<String, Value>| {
        let fits =
            |object: &&Value| of_intent.is_none_or(|intent| object["payment_intent"] == intent);
        objects.values().rev().filter(fits).cloned().collect::<Vec<_>>()
    };
    match request.parts()[..] {
        ["v1", "checkout", "sessions"] => {
            let whole = find(&query, "expand[]") == Some(&format!("data.{PAYMENT}"));
            let sessions = all(&stripe.sessions).into_iter();
            Some(list(sessions.map(|session| expanded(state, session, whole)).collect()))
        }
        ["v1", "checkout", "sessions", id] => {
            let whole = find(&query, "expand[]") == Some(PAYMENT);
            Some(expanded(state, stripe.sessions.get(id)?.clone(), whole))
        }
        ["v1", "refunds"] => Some(list(all(&stripe.refunds))),
        ["v1", "disputes"] => Some(list(all(&stripe.disputes))),
        _ => None,
    }
}

fn expanded(state: &State, mut session: Value, whole: bool) -> Value {
    let intent = session["payment_intent"].as_str().and_then(|id| state.stripe.intents.get(id));
    if let (true, Some(intent)) = (whole, intent) {
        session["payment_intent"] = intent.clone();
    }
    session
}

fn write(state: &mut State, request: &Request) -> Outcome {
    let fields = request.form();
    let bad = |(code, param): form::Mistake| (400, code, param);
    match request.parts()[..] {
        ["v1", "checkout", "sessions"] => {
            form::session(&fields).map_err(bad)?;
            let session = create(state, &fields).map_err(bad)?;
            Ok((session, Vec::new()))
        }
        ["v1", "checkout", "sessions", id, "expire"] => {
            form::nothing(&fields).map_err(bad)?;
            match state.stripe.sessions.get(id).map(|session| session["status"] == "open") {
                None => Err((404, "resource_missing", "session".into())),
                Some(false) => Err((400, "session_not_open", String::new())),
                Some(true) => {
                    let told = expire(state, id);
                    Ok((told[0].1.clone(), told))
                }
            }
        }
        ["v1", "refunds"] => {
            form::refund(&fields).map_err(bad)?;
            let intent = find(&fields, "payment_intent").unwrap_or_default();
            let amount = find(&fields, "amount").and_then(|amount| amount.parse().ok());
            refund(state, intent, amount, metadata(&fields)).map_err(bad)
        }
        _ => Err((404, "url_invalid", String::new())),
    }
}

fn create(state: &mut State, fields: &[(String, String)]) -> Result<Value, form::Mistake> {
    let get = |name: &str| find(fields, name);
    let number = |name: &str| get(name).and_then(|number| number.parse::<u64>().ok());
    let now = unix_now();
    let ends = number("expires_at").unwrap_or(now + 86_400);
    if !(now + 1_795..=now + 86_405).contains(&ends) {
        return Err(("parameter_invalid", "expires_at".into()));
    }
    let line = "line_items[0][price_data]";
    let (currency, amount) =
        (get(&format!("{line}[currency]")), number(&format!("{line}[unit_amount]")));
    let (currency, amount) = (currency.unwrap_or_default().to_owned(), amount.unwrap_or_default());
    if currency.bytes().any(|letter| !letter.is_ascii_lowercase()) {
        return Err(("parameter_invalid", format!("{line}[currency]")));
    }
    let total = amount * number("line_items[0][quantity]").unwrap_or_default();
    if total < 50 {
        return Err(("amount_too_small", format!("{line}[unit_amount]")));
    }
    if get("customer_email").is_some_and(|email| !email.is_ascii()) {
        return Err(("email_invalid", "customer_email".into()));
    }
    let id = state.new_id("cs_test");
    let session = json!({
        "id": id, "object": "checkout.session", "mode": "payment", "status": "open", "payment_status": "unpaid",
        "amount_total": total, "currency": currency, "created": now, "expires_at": ends, "livemode": false,
        "client_reference_id": get("client_reference_id"), "customer_email": get("customer_email"),
        "success_url": get("success_url"), "cancel_url": get("cancel_url"), "metadata": metadata(fields),
        "name": get(&format!("{line}[product_data][name]")), "locale": get("locale"),
        "payment_intent": null, "url": format!("{}/pay/{id}", state.url),
    });
    state.stripe.sessions.insert(id, session.clone());
    Ok(session)
}

fn metadata(fields: &[(String, String)]) -> Value {
    let notes = fields.iter().filter_map(|(name, value)| {
        let name = name.strip_prefix("metadata[")?.strip_suffix(']')?;
        Some((name.to_owned(), json!(value)))
    });
    Value::Object(notes.collect())
}
