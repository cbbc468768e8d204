use serde_json::{Value, json};

use super::*;

/// A session as Stripe spells it out, of which only a part is read.
fn whole() -> Value {
    json!({
        "id": "cs_1", "object": "checkout.session", "url": null, "status": "complete",
        "payment_status": "paid", "client_reference_id": "0123456789abcdef0123456789abcdef",
        "currency": "idr", "amount_total": 45_000_000, "created": 1_790_000_000,
        "expires_at": 1_790_003_600, "livemode": false, "something": { "new": [1, 2, 3] },
        "payment_intent": {
            "id": "pi_1", "status": "succeeded", "amount_received": 45_000_000, "currency": "idr",
            "latest_charge": { "id": "ch_1", "amount_refunded": 1_000_000, "disputed": true },
        },
    })
}

fn with(changes: &[(&str, Value)]) -> Result<Observed, GatewayError> {
    let mut session = whole();
    for (pointer, value) in changes {
        *session.pointer_mut(pointer).unwrap() = value.clone();
    }
    let session: Session = serde_json::from_value(session).unwrap();
    session.observed(Vec::new())
}

#[test]
fn a_paid_page_is_captured_money_of_ours() {
    let seen = with(&[]).unwrap();
    assert_eq!(seen.seen, Seen::Captured);
    assert_eq!((seen.captured.minor(), seen.captured.currency()), (450_000, Currency::IDR));
    assert_eq!((seen.refunded, seen.live), (10_000, false));
    assert_eq!(seen.reference.as_deref(), Some("cs_1"));
    assert!(seen.attempt.is_some());
}

#[test]
fn a_page_is_as_far_as_its_payment() {
    let intent = |status: &str| ("/payment_intent/status", json!(status));
    let unpaid = ("/payment_status", json!("unpaid"));
    for (changes, seen) in [
        (
            vec![("/status", json!("open")), unpaid.clone(), ("/payment_intent", Value::Null)],
            Seen::Open,
        ),
        (vec![("/status", json!("expired")), unpaid.clone()], Seen::Expired),
        (vec![unpaid.clone(), intent("processing")], Seen::Processing),
        // A voucher that is still to be taken to a shop.
        (vec![unpaid.clone(), intent("requires_action")], Seen::Processing),
        (vec![unpaid.clone(), intent("requires_payment_method")], Seen::Failed),
        (vec![unpaid, intent("canceled")], Seen::Failed),
    ] {
        let observed = with(&changes).unwrap();
        assert_eq!((observed.seen, observed.captured.minor()), (seen, 0), "{changes:?}");
    }
}

#[test]
fn money_on_its_way_is_waited_for_longer_than_the_page() {
    let seen = with(&[
        ("/payment_status", json!("unpaid")),
        ("/payment_intent/status", json!("processing")),
    ]);
    assert_eq!(seen.unwrap().expires_at, time(1_790_000_000 + 21 * 86_400));
    assert_eq!(with(&[]).unwrap().expires_at, time(1_790_003_600));
}

#[test]
fn what_makes_no_sense_is_not_guessed() {
    for changes in [
        vec![("/status", json!("what_comes_next_year"))],
        vec![("/status", Value::Null)],
        vec![("/payment_status", json!("half"))],
        vec![("/payment_status", json!("unpaid")), ("/payment_intent", json!("pi_1"))],
        vec![("/payment_intent/currency", json!("i"))],
        vec![("/payment_intent/amount_received", json!(45_000_001))],
    ] {
        let told = format!("{changes:?}");
        assert!(matches!(with(&changes), Err(GatewayError::Unknown(_))), "{told}");
    }
}

#[test]
fn what_is_no_session_cannot_be_read() {
    for text in ["null", "{}", "[]", r#"{"id":1}"#, r#"{"error":{}}"#] {
        assert!(serde_json::from_str::<Session>(text).is_err(), "{text}");
    }
}

#[test]
fn a_page_names_payment_and_order_and_shows_the_bill() {
    let start = Start {
        attempt: AttemptToken::random(),
        order_number: "482-177-305".into(),
        amount: Money::new(450_000, Currency::IDR),
        email: "rani@example.com".into(),
        language: Language::Id,
        return_url: "https://shop.example/orders/abc/return".into(),
        expires_at: time(1_790_003_600),
    };
    let form = form(&start, Some(&start.email)).unwrap();
    let get = |name| form.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
    assert_eq!(get("line_items[0][price_data][unit_amount]"), Some("45000000"));
    assert_eq!(get("line_items[0][price_data][currency]"), Some("idr"));
    assert_eq!(get("client_reference_id"), Some(start.attempt.as_str()));
    assert_eq!(get("payment_intent_data[metadata][attempt]"), Some(start.attempt.as_str()));
    assert_eq!(get("expires_at"), Some("1790003600"));
    assert_eq!(get("locale"), Some("id"));
    assert!(get("line_items[0][price_data][product_data][name]").unwrap().contains("482-177-305"));
    let dinar = Money::new(5_124, Currency::parse("KWD").unwrap());
    assert!(super::form(&Start { amount: dinar, ..start }, None).is_none());
}
