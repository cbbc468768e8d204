//! Notices: believed when they are signed, kept once, and good in any order.

use diesel::prelude::*;
use reqwest::Method;

use super::Till;
use crate::both;
use crate::kit::Dbms;
use crate::kit::shop::limited;
use crate::kit::stand_in::{Leaving, STRIPE_SECRET, stripe_signature};
use etalase::db::schema::payment_inbox;
use etalase::payments::sweep;
use etalase::web::visit::now;

both!(
    a_notice_that_comes_again_and_again_pays_once,
    notices_in_any_order_and_the_way_back_come_to_the_same,
    a_notice_of_a_payment_that_nobody_has_heard_of_is_kept,
    notices_of_other_things_are_kept_and_nothing_else,
    a_forged_notice_is_refused_and_leaves_nothing,
    a_notice_is_no_visitor,
    genuine_notices_are_never_too_many_and_made_up_ones_are,
    a_made_up_notice_costs_no_question_to_the_database,
    a_notice_is_acted_on_when_the_gateway_can_be_asked_again,
);

/// Kept notices: how many, and what was wrong with those that were acted on.
async fn inbox(till: &Till) -> (usize, Vec<String>) {
    let rows: Vec<(Option<chrono::NaiveDateTime>, String)> = till
        .shop
        .with_db(|conn| {
            let rows =
                payment_inbox::table.select((payment_inbox::processed_at, payment_inbox::error));
            Ok(rows.load(conn)?)
        })
        .await;
    let acted_on = rows.iter().filter(|(at, _)| at.is_some()).map(|(_, error)| error.clone());
    (rows.len(), acted_on.collect())
}

async fn a_notice_that_comes_again_and_again_pays_once(till: Till) {
    let (_, session) = till.on_page().await;
    till.stripe.leave(&session, Leaving::Paid);
    for _ in 0..3 {
        till.post_all().await;
        assert_eq!(till.statuses().await, ["placed", "paid"]);
    }
    let both = ["".to_owned(), "".to_owned()];
    assert_eq!(inbox(&till).await, (2, both.to_vec()));
}

async fn notices_in_any_order_and_the_way_back_come_to_the_same(till: Till) {
    let (_, session) = till.on_page().await;
    till.stripe.leave(&session, Leaving::Later);
    till.stripe.arrive(&session, true);
    let mut notices = till.stripe.notices();
    notices.reverse();
    let gateways = till.gateways();
    let later = now() + chrono::TimeDelta::minutes(3);
    for notice in &notices {
        assert_eq!(till.post(notice).await, 200);
        // The shopper comes back, or the sweeper comes by, before and after each.
        sweep(&till.shop.shop.db, &gateways, later).await.unwrap();
        till.work().await;
        assert_eq!(till.statuses().await, ["placed", "paid"]);
    }
}

async fn a_notice_of_a_payment_that_nobody_has_heard_of_is_kept(till: Till) {
    let (waiting, session) = till.on_page().await;
    till.stripe.leave(&session, Leaving::Paid);
    till.shop
        .with_db(|conn| {
            use etalase::db::schema::payment;
            Ok(diesel::delete(payment::table).execute(conn)?)
        })
        .await;
    till.post_all().await;
    let (kept, errors) = inbox(&till).await;
    assert_eq!((kept, errors), (2, vec!["it names no payment of ours".to_owned(); 2]));
    assert_eq!(till.statuses().await, ["pending", "unpaid"]);
    till.attempt(waiting.order, waiting.total).await;
}

async fn notices_of_other_things_are_kept_and_nothing_else(till: Till) {
    let body = r#"{"id":"evt_other","type":"payout.paid","livemode":false,"data":{"object":{"object":"payout","id":"po_1"}}}"#;
    let calls = till.stripe.calls().len();
    for _ in 0..2 {
        let signature = stripe_signature(body, STRIPE_SECRET, unix_now());
        assert_eq!(till.post_signed(body, &signature).await, 200);
        till.work().await;
    }
    assert_eq!(inbox(&till).await, (1, vec![String::new()]));
    assert_eq!(till.stripe.calls().len(), calls, "nobody is asked");
}

async fn a_forged_notice_is_refused_and_leaves_nothing(till: Till) {
    let (_, session) = till.on_page().await;
    till.stripe.leave(&session, Leaving::Paid);
    let notice = till.stripe.notices().remove(0);
    let (body, time) = (notice.body.as_str(), unix_now());
    let live = body.replace("\"livemode\": false", "\"livemode\": true");
    assert_ne!(body, live);
    for (body, signature, status) in [
        (body, String::new(), 400),
        (body, "t=1,v1=00".to_owned(), 400),
        (body, stripe_signature(body, "whsec_other", time), 400),
        (body, stripe_signature(body, STRIPE_SECRET, time - 400), 400),
        (body, stripe_signature(body, STRIPE_SECRET, time + 400), 400),
        ("{}", stripe_signature(body, STRIPE_SECRET, time), 400),
        ("{}", stripe_signature("{}", STRIPE_SECRET, time), 400),
        (&live, stripe_signature(&live, STRIPE_SECRET, time), 404),
    ] {
        assert_eq!(till.post_signed(body, &signature).await, status, "{signature}");
    }
    let large = format!("{{\"a\":\"{}\"}}", "x".repeat(300_000));
    let signature = stripe_signature(&large, STRIPE_SECRET, time);
    assert_eq!(till.post_signed(&large, &signature).await, 413);
    assert_eq!(inbox(&till).await, (0, Vec::new()));
    till.work().await;
    assert_eq!(till.statuses().await, ["pending", "unpaid"]);
    assert_eq!(till.post(&notice).await, 200, "the genuine one is still taken");
}

async fn a_notice_is_no_visitor(till: Till) {
    let (_, session) = till.on_page().await;
    till.stripe.leave(&session, Leaving::Paid);
    let notice = till.stripe.notices().remove(0);
    let visitor = till.shop.visitor();
    let post = |path: &str| {
        let request = visitor.request(Method::POST, path).body(notice.body.clone());
        request
            .header("stripe-signature", notice.signature())
            .header("origin", "https://elsewhere.example")
            .header("cookie", "etalase=nonsense")
    };
    let answer = post("/payments/stripe/notices").send().await.unwrap();
    assert_eq!(answer.status(), 200, "it comes from elsewhere");
    assert!(answer.headers().get("set-cookie").is_none());
    for (path, status) in [
        ("/payments/midtrans/notices", 404),
        ("/payments/bank_transfer/notices", 404),
        ("/payments/nobody/notices", 404),
        ("/payments/stripe", 403),
    ] {
        assert_eq!(post(path).send().await.unwrap().status(), status, "{path}");
    }
    assert_eq!(visitor.get("/payments/stripe/notices").await.status, 405);
}

async fn a_notice_is_acted_on_when_the_gateway_can_be_asked_again(till: Till) {
    use crate::kit::stand_in::Fault;
    let (_, session) = till.on_page().await;
    till.stripe.leave(&session, Leaving::Paid);
    let notice = till.stripe.notices().remove(0);
    till.stripe.faults(&[Fault::Status(500); 3]);
    assert_eq!(till.post(&notice).await, 200, "it is kept whatever the gateway does");
    till.work().await;
    assert_eq!(till.statuses().await, ["pending", "unpaid"]);
    till.work_after(chrono::TimeDelta::minutes(2)).await;
    assert_eq!(till.statuses().await, ["placed", "paid"]);
}

fn unix_now() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs()
}

async fn genuine_notices_are_never_too_many_and_made_up_ones_are(dbms: Dbms) {
    let till = Till::open(dbms, |settings| limited(settings, "everything_from=3/1h")).await;
    let post = async |address: &str, n: usize, secret: &str| {
        let about = r#""type":"payout.paid","livemode":false,"data":{"object":{"id":"po_1"}}"#;
        let body = format!(r#"{{"id":"evt_{n}",{about}}}"#);
        let visitor = till.shop.visitor().from(address);
        let request = visitor.request(Method::POST, "/payments/stripe/notices");
        let signature = stripe_signature(&body, secret, unix_now());
        let request = request.header("stripe-signature", signature).body(body);
        request.send().await.unwrap().status().as_u16()
    };
    for n in 0..10 {
        assert_eq!(post("203.0.113.9", n, STRIPE_SECRET).await, 200, "{n}");
    }
    for n in 0..3 {
        assert_eq!(post("198.51.100.1", n, "whsec_other").await, 400, "{n}");
    }
    assert_eq!(post("198.51.100.1", 3, "whsec_other").await, 429);
    // Whoever has the secret is heard, wherever she is.
    assert_eq!(post("198.51.100.1", 10, STRIPE_SECRET).await, 200);
    let elsewhere = till.shop.visitor().from("198.51.100.1");
    elsewhere.get("/").await.expect_status(429);
}

async fn a_made_up_notice_costs_no_question_to_the_database(till: Till) {
    let body = format!(r#"{{"id":"{}"}}"#, "x".repeat(200_000));
    let made_up = async || {
        let signature = stripe_signature(&body, "whsec_other", unix_now());
        assert_eq!(till.post_signed(&body, &signature).await, 400);
    };
    made_up().await;
    assert_eq!(till.shop.statements(made_up).await, 0);
}
