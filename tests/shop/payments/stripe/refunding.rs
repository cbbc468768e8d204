//! Money that goes back by way of Stripe.

use diesel::prelude::*;

use super::{Till, Waiting};
use crate::both;
use crate::kit::process::{etalase_on, run, said};
use crate::kit::stand_in::Fault;
use etalase::db::schema::{order_event, orders};
use etalase::ids::RefundId;
use etalase::payments::{Giving, RefundRow, refund, refunds_of};
use etalase::web::visit::now;

both!(
    parts_that_are_given_back_by_typing_add_up_at_stripe,
    a_refund_whose_answer_is_lost_is_sent_once,
    a_refund_that_takes_its_time_is_done_when_stripe_says_so,
    a_refund_that_fails_is_left_to_a_person,
    what_is_given_back_in_stripes_office_is_written_down,
);

async fn refunds(till: &Till, waiting: &Waiting) -> Vec<RefundRow> {
    let order = waiting.order;
    till.shop.with_db(move |conn| refunds_of(conn, order)).await
}

async fn states(till: &Till, waiting: &Waiting) -> Vec<String> {
    refunds(till, waiting).await.into_iter().map(|refund| refund.status).collect()
}

async fn give(till: &Till, waiting: &Waiting, amount: i64) -> RefundId {
    let order = waiting.order;
    let give = move |conn: &mut _| {
        refund(conn, order, &Giving::Amount(amount), "asked", &super::super::rani())
    };
    super::super::run(&till.shop, give).await.unwrap()
}

async fn parts_that_are_given_back_by_typing_add_up_at_stripe(till: Till) {
    let (waiting, _) = till.paid().await;
    // Test money has no paper of its own.
    let order = waiting.order;
    let bill = move |conn: &mut _| etalase::invoices::issue(conn, order, now()).map(|_| ());
    till.shop.with_db(bill).await;
    let number = |conn: &mut _| Ok(orders::table.select(orders::number).first::<String>(conn)?);
    let number = till.shop.with_db(number).await;
    for parts in [&["--line", "1=2"][..], &["--line", "1=3", "--delivery"]] {
        let arguments = [&["order", "refund", &number], parts, &["--reason", "broken"]].concat();
        let output = run(etalase_on(&till.shop.fresh, &arguments));
        assert!(output.status.success(), "{}", said(&output));
        assert!(said(&output).contains(": pending"), "{}", said(&output));
        till.work().await;
    }
    assert_eq!(till.statuses().await, ["placed", "refunded"]);
    let sent = till.stripe.refunds();
    let amounts: Vec<i64> = sent.iter().map(|refund| refund["amount"].as_i64().unwrap()).collect();
    assert_eq!(amounts.iter().sum::<i64>(), waiting.total * 100);
    let rows = refunds(&till, &waiting).await;
    assert!(rows.iter().zip(&amounts).all(|(row, amount)| row.amount * 100 == *amount));
    assert!(rows.iter().all(|row| row.credit_note_id.is_some()), "{rows:?}");
    till.post_all().await;
    assert_eq!(refunds(&till, &waiting).await, rows, "their notices change nothing");
}

async fn a_refund_whose_answer_is_lost_is_sent_once(till: Till) {
    let (waiting, _) = till.paid().await;
    give(&till, &waiting, 1_000).await;
    // Its session and its refunds are looked at; then it is sent, and every answer is lost.
    let still = Fault::Slow(std::time::Duration::ZERO);
    till.stripe.faults(&[still, still, Fault::Lost, Fault::Lost, Fault::Lost]);
    till.work().await;
    assert_eq!(states(&till, &waiting).await, ["pending"]);
    till.work_after(chrono::TimeDelta::minutes(1)).await;
    assert_eq!(states(&till, &waiting).await, ["done"]);
    assert_eq!(till.stripe.refunds().len(), 1);
    assert_eq!(till.statuses().await, ["placed", "part_refunded"]);
}

async fn a_refund_that_takes_its_time_is_done_when_stripe_says_so(till: Till) {
    let (waiting, _) = till.paid().await;
    till.stripe.refunds_end(Some("pending"));
    give(&till, &waiting, 1_000).await;
    till.work().await;
    till.post_all().await;
    assert_eq!(states(&till, &waiting).await, ["pending"]);
    assert_eq!(till.statuses().await, ["placed", "paid"], "it is still on its way");
    till.stripe.decide_refunds("succeeded");
    till.post_all().await;
    assert_eq!(states(&till, &waiting).await, ["done"]);
    assert_eq!(till.stripe.refunds().len(), 1);
    assert_eq!(till.statuses().await, ["placed", "part_refunded"]);
}

async fn a_refund_that_fails_is_left_to_a_person(till: Till) {
    let (waiting, _) = till.paid().await;
    till.stripe.refunds_end(Some("failed"));
    let id = give(&till, &waiting, 1_000).await;
    till.work().await;
    assert_eq!(states(&till, &waiting).await, ["failed"]);
    assert_eq!(till.statuses().await, ["placed", "paid"]);
    let failed = |conn: &mut _| {
        let failed = order_event::table.filter(order_event::kind.eq("refund_failed"));
        Ok(failed.count().get_result::<i64>(conn)?)
    };
    assert_eq!(till.shop.with_db(failed).await, 1);
    let sent = move |conn: &mut _| {
        etalase::payments::confirm_sent(conn, id, "BCA 9", &super::super::rani())
    };
    super::super::run(&till.shop, sent).await.unwrap();
    till.post_all().await;
    assert_eq!(states(&till, &waiting).await, ["done"]);
    assert_eq!(till.stripe.refunds().len(), 1);
}

async fn what_is_given_back_in_stripes_office_is_written_down(till: Till) {
    let (waiting, session) = till.paid().await;
    till.stripe.refund_elsewhere(&session, 500_000);
    for _ in 0..2 {
        till.post_all().await;
        let rows = refunds(&till, &waiting).await;
        assert_eq!((rows.len(), rows[0].amount, rows[0].status.as_str()), (1, 5_000, "done"));
    }
    assert_eq!(till.statuses().await, ["placed", "part_refunded"]);
    assert_eq!(till.stripe.refunds().len(), 1, "nothing is sent once more");
}
