//! The gateway alone, without a shop: what it asks for, and what it makes of the answers.

use chrono::{NaiveDateTime, TimeDelta};
use std::time::Duration;

use super::account;
use crate::kit::StandIn;
use crate::kit::stand_in::{Fault, Leaving, STRIPE_KEY};
use etalase::ids::AttemptToken;
use etalase::language::Language;
use etalase::money::{Currency, Money};
use etalase::payments::{Gateway, GatewayError, Refunding, Seen, Sought, Start, Started, Stripe};
use etalase::web::visit::now;

fn open() -> (StandIn, Stripe) {
    let stand_in = StandIn::open();
    let stripe = Stripe::new(&account(&stand_in, STRIPE_KEY));
    (stand_in, stripe)
}

fn sale(minor: i64, currency: Currency) -> Start {
    Start {
        attempt: AttemptToken::random(),
        order_number: "482-177-305".into(),
        amount: Money::new(minor, currency),
        email: "rani.wijaya@example.com".into(),
        language: Language::Id,
        return_url: "https://selasar.example/id/orders/abc/payments/def".into(),
        expires_at: Some(now() + TimeDelta::minutes(35)),
    }
}

fn cups() -> Start {
    sale(450_000, Currency::IDR)
}

/// Address, reference and end of the page.
fn page(started: Result<Started, GatewayError>) -> (String, String, NaiveDateTime) {
    match started {
        Ok(Started::Page { url, reference, expires_at }) => (url, reference, expires_at.unwrap()),
        other => panic!("{other:?}"),
    }
}

fn sought(start: &Start, reference: Option<String>) -> Sought {
    Sought { attempt: start.attempt.clone(), reference, currency: start.amount.currency() }
}

fn seen(stripe: &Stripe, start: &Start, reference: &str) -> Seen {
    stripe.status(&sought(start, Some(reference.into()))).unwrap().unwrap().seen
}

fn is_unknown<T: std::fmt::Debug>(answer: Result<T, GatewayError>) -> bool {
    matches!(answer, Err(GatewayError::Unknown(_)))
}

fn is_refused<T: std::fmt::Debug>(answer: Result<T, GatewayError>) -> bool {
    matches!(answer, Err(GatewayError::Refused(_)))
}

#[test]
fn a_page_is_the_same_however_often_it_is_asked_for() {
    let (stand_in, stripe) = open();
    let start = cups();
    let first = page(stripe.start(&start));
    assert_eq!(page(stripe.start(&start)), first);
    let session = stand_in.session();
    assert_eq!(session["amount_total"], 45_000_000);
    assert_eq!(session["currency"], "idr");
    assert_eq!(session["client_reference_id"], start.attempt.as_str());
    assert_eq!(session["name"], "Pesanan 482-177-305");
    assert_eq!(session["metadata"]["order"], "482-177-305");
    assert_eq!(session["success_url"], start.return_url.as_str());
    assert_eq!(first.0, format!("{}/pay/{}", stand_in.url, first.1));
    assert!(stripe.page_origins().iter().any(|origin| first.0.starts_with(origin.as_str())));
    assert!(!stripe.is_live(), "a test key moves no money");
}

#[test]
fn an_answer_that_is_lost_or_unreadable_is_asked_for_once_more() {
    for fault in
        [Fault::Lost, Fault::Cut, Fault::Status(500), Fault::Status(503), Fault::Status(429)]
    {
        let (stand_in, stripe) = open();
        stand_in.faults(&[fault]);
        let (_, reference, _) = page(stripe.start(&cups()));
        assert_eq!(stand_in.session()["id"], reference.as_str(), "{fault:?}");
    }
}

#[test]
fn a_gateway_that_stays_away_says_nothing_and_makes_one_page_in_the_end() {
    let (stand_in, stripe) = open();
    let start = cups();
    for fault in [Fault::Lost, Fault::Cut, Fault::Status(500)] {
        stand_in.faults(&[fault; 3]);
        assert!(is_unknown(stripe.start(&start)), "{fault:?}");
    }
    stand_in.faults(&[Fault::Garbage]);
    assert!(is_unknown(stripe.start(&start)), "what cannot be read may have been done");
    let (_, reference, _) = page(stripe.start(&start));
    assert_eq!(stand_in.session()["id"], reference.as_str());
}

#[test]
fn what_takes_long_is_not_waited_for_much_longer() {
    let (stand_in, stripe) = open();
    stand_in.faults(&[Fault::Slow(Duration::from_secs(25))]);
    let began = std::time::Instant::now();
    assert!(is_unknown(stripe.start(&cups())));
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}

#[test]
fn a_wrong_key_refuses_nothing_that_a_right_one_would_not() {
    let (stand_in, _) = open();
    let stripe = Stripe::new(&account(&stand_in, "sk_test_another"));
    assert!(is_unknown(stripe.start(&cups())));
    assert!(is_unknown(stripe.status(&sought(&cups(), Some("cs_test_1".into())))));
}

#[test]
fn what_stripe_refuses_is_refused_without_the_shoppers_words() {
    let (stand_in, stripe) = open();
    let late = Start { expires_at: Some(now() + TimeDelta::minutes(20)), ..cups() };
    let small = sale(49, Currency::USD);
    let odd = sale(5_124, Currency::parse("KWD").unwrap());
    for start in [late, small, odd] {
        let answer = stripe.start(&start);
        let told = format!("{answer:?}");
        assert!(is_refused(answer), "{told}");
        assert!(!told.contains("example.com"), "{told}");
    }
    let start = cups();
    page(stripe.start(&start));
    let other = Start { amount: Money::new(450_001, Currency::IDR), ..start };
    assert!(is_refused(stripe.start(&other)), "another amount under the same key");
    assert_eq!(stand_in.sessions().len(), 1);
}

#[test]
fn who_has_an_address_that_stripe_does_not_like_can_pay_all_the_same() {
    let (stand_in, stripe) = open();
    page(stripe.start(&Start { email: "rani@toko\u{e9}.example".into(), ..cups() }));
    assert_eq!(stand_in.session()["customer_email"], serde_json::Value::Null);
}

#[test]
fn a_payment_is_seen_as_it_is() {
    let (stand_in, stripe) = open();
    let start = cups();
    let (_, reference, end) = page(stripe.start(&start));
    let status = || stripe.status(&sought(&start, Some(reference.clone()))).unwrap().unwrap();
    let open = status();
    assert_eq!((open.seen, open.captured.minor(), open.expires_at), (Seen::Open, 0, Some(end)));
    stand_in.leave(&reference, Leaving::Later);
    assert_eq!(status().seen, Seen::Processing);
    stand_in.arrive(&reference, true);
    let paid = status();
    assert_eq!((paid.seen, paid.captured), (Seen::Captured, Money::new(450_000, Currency::IDR)));
    assert_eq!((paid.attempt, paid.live), (Some(start.attempt.clone()), false));
    stand_in.refund_elsewhere(&reference, 1_000_000);
    assert_eq!(status().refunded, 10_000);
}

#[test]
fn a_page_whose_name_was_lost_is_found_by_ours() {
    let (stand_in, stripe) = open();
    let start = cups();
    assert_eq!(stripe.status(&sought(&start, None)), Ok(None));
    let (_, reference, _) = page(stripe.start(&start));
    page(stripe.start(&cups()));
    let found = stripe.status(&sought(&start, None)).unwrap().unwrap();
    assert_eq!(found.reference, Some(reference.clone()));
    stand_in.leave(&reference, Leaving::Paid);
    let intent = stand_in.sessions()[0]["payment_intent"].as_str().unwrap().to_owned();
    let behind = stripe.status(&sought(&start, Some(intent.clone()))).unwrap().unwrap();
    assert_eq!(behind.reference, Some(reference));
    assert_eq!(stripe.whose(&intent), Ok(Some(start.attempt)));
    assert_eq!(stripe.whose("pi_of_somebody_else"), Ok(None));
}

#[test]
fn a_page_is_closed_once_and_what_is_paid_stays_paid() {
    let (stand_in, stripe) = open();
    let (start, paid) = (cups(), cups());
    let [(_, reference, _), (_, other, _)] = [&start, &paid].map(|start| page(stripe.start(start)));
    for _ in 0..2 {
        stripe.cancel(&sought(&start, Some(reference.clone()))).unwrap();
        assert_eq!(seen(&stripe, &start, &reference), Seen::Expired);
    }
    stand_in.leave(&other, Leaving::Paid);
    stripe.cancel(&sought(&paid, Some(other.clone()))).unwrap();
    assert_eq!(seen(&stripe, &paid, &other), Seen::Captured);
    stand_in.faults(&[Fault::Cut; 3]);
    assert!(is_unknown(stripe.cancel(&sought(&paid, Some(other)))));
    stripe.cancel(&sought(&cups(), None)).expect("there is nothing to close");
}

#[test]
fn money_goes_back_once_for_each_key_even_when_stripe_has_forgotten_it() {
    let (stand_in, stripe) = open();
    let start = cups();
    let (_, reference, _) = page(stripe.start(&start));
    let sought = sought(&start, Some(reference.clone()));
    let back = |key: &str, amount| stripe.refund(&sought, Money::new(amount, Currency::IDR), key);
    assert!(is_refused(back("key-1", 1_000)), "nothing was paid yet");
    stand_in.leave(&reference, Leaving::Paid);
    stand_in.faults(&[Fault::Slow(Duration::ZERO), Fault::Slow(Duration::ZERO), Fault::Lost]);
    assert_eq!(back("key-1", 1_000), Ok(Refunding::Done));
    stand_in.forget_keys();
    assert_eq!(back("key-1", 1_000), Ok(Refunding::Done));
    assert_eq!(back("key-2", 449_000), Ok(Refunding::Done));
    assert!(is_refused(back("key-3", 1)), "there is no more");
    let amounts: Vec<_> =
        stand_in.refunds().iter().map(|refund| refund["amount"].clone()).collect();
    assert_eq!(amounts, [100_000, 44_900_000]);
}

#[test]
fn every_number_of_decimals_comes_back_as_it_went() {
    let (stand_in, stripe) = open();
    let of = |code| Currency::parse(code).unwrap();
    for (minor, currency, asked) in [
        (450_000, Currency::IDR, 45_000_000),
        (500, of("JPY"), 500),
        (500, of("ISK"), 50_000),
        (1_045, Currency::USD, 1_045),
        (5_120, of("KWD"), 5_120),
    ] {
        let start = sale(minor, currency);
        let (_, reference, _) = page(stripe.start(&start));
        let sessions = stand_in.sessions();
        let session = sessions.iter().find(|it| it["id"] == reference.as_str()).unwrap();
        assert_eq!(session["amount_total"], asked, "{currency:?}");
        stand_in.leave(&reference, Leaving::Paid);
        let paid = stripe.status(&sought(&start, Some(reference.clone()))).unwrap().unwrap();
        assert_eq!(paid.captured, start.amount);
        let sought = sought(&start, Some(reference));
        let key = AttemptToken::random();
        assert_eq!(stripe.refund(&sought, start.amount, key.as_str()), Ok(Refunding::Done));
        assert_eq!(stripe.status(&sought).unwrap().unwrap().refunded, minor);
    }
}

#[test]
fn another_account_knows_nothing_of_a_page() {
    let (_first, stripe) = open();
    let start = cups();
    let (_, reference, _) = page(stripe.start(&start));
    let (_second, other) = open();
    assert!(is_refused(other.cancel(&sought(&start, Some(reference)))));
}
