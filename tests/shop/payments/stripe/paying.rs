//! An order is paid on Stripe's page, or not, or later than anybody thought.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::{Till, Waiting, id};
use crate::both;
use crate::kit::stand_in::{Fault, Leaving};
use etalase::db::schema::{order_event, orders, payment, payment_dispute};
use etalase::payments::{GatewayError, refunds_of, sweep};
use etalase::web::visit::now;

both!(
    an_order_is_paid_although_no_notice_ever_comes,
    a_lost_page_is_found_again_and_paid_once,
    money_that_takes_its_time_is_waited_for,
    money_that_does_not_come_leaves_the_order_unpaid,
    a_page_that_is_over_is_over_here,
    nobody_is_sent_to_the_page_of_a_try_that_has_ended,
    an_order_that_ends_closes_its_page,
    money_that_comes_after_the_end_takes_the_order_up_again,
    money_that_comes_after_the_end_of_a_sold_out_order_goes_back,
    an_order_that_is_paid_on_two_pages_gets_one_of_them_back,
    a_dispute_is_followed_to_its_end,
);

async fn an_order_is_paid_although_no_notice_ever_comes(till: Till) {
    let (waiting, session) = till.on_page().await;
    till.stripe.leave(&session, Leaving::Paid);
    let later = now() + TimeDelta::minutes(3);
    sweep(&till.shop.shop.db, &till.gateways(), later).await.unwrap();
    assert_eq!(till.statuses().await, ["placed", "paid"]);
    let payment = till.payment(waiting.order).await;
    assert_eq!((payment.captured_amount, payment.live), (waiting.total, false));
    assert_eq!(payment.reference, Some(session));
}

async fn a_lost_page_is_found_again_and_paid_once(till: Till) {
    till.stripe.faults(&[Fault::Lost; 3]);
    let waiting = till.waiting().await;
    assert_eq!(till.payment(waiting.order).await.status, "starting");
    let token = |conn: &mut _| Ok(orders::table.select(orders::token).first::<String>(conn)?);
    let token = till.shop.with_db(token).await;
    let page = till.shop.visitor().post(&format!("/orders/{token}/pay"), "").await;
    let session = till.stripe.session();
    assert_eq!(page.location().as_deref(), session["url"].as_str());
    assert_eq!(till.payment(waiting.order).await.reference, Some(id(&session)));
    till.stripe.leave(&id(&session), Leaving::Paid);
    till.post_all().await;
    assert_eq!(till.statuses().await, ["placed", "paid"]);
}

async fn money_that_takes_its_time_is_waited_for(till: Till) {
    let (_, session) = till.on_page().await;
    till.stripe.leave(&session, Leaving::Later);
    till.post_all().await;
    assert_eq!(till.statuses().await, ["pending", "unpaid"]);
    let waits = |conn: &mut _| Ok(orders::table.select(orders::pay_until).first(conn)?);
    let waits: Option<chrono::NaiveDateTime> = till.shop.with_db(waits).await;
    assert!(waits > Some(now() + TimeDelta::days(20)), "{waits:?}");
    let later = now() + TimeDelta::days(7);
    sweep(&till.shop.shop.db, &till.gateways(), later).await.unwrap();
    assert_eq!(till.statuses().await, ["pending", "unpaid"], "it is not ended meanwhile");
    till.stripe.arrive(&session, true);
    till.post_all().await;
    assert_eq!(till.statuses().await, ["placed", "paid"]);
}

async fn money_that_does_not_come_leaves_the_order_unpaid(till: Till) {
    let (waiting, session) = till.on_page().await;
    till.stripe.leave(&session, Leaving::Later);
    till.stripe.arrive(&session, false);
    till.post_all().await;
    assert_eq!(till.payment(waiting.order).await.status, "failed");
    assert_eq!(till.statuses().await, ["pending", "unpaid"]);
}

async fn a_page_that_is_over_is_over_here(till: Till) {
    let (waiting, session) = till.on_page().await;
    till.stripe.decline(&session);
    till.stripe.expire(&session);
    till.post_all().await;
    assert_eq!(till.payment(waiting.order).await.status, "expired");
}

async fn nobody_is_sent_to_the_page_of_a_try_that_has_ended(till: Till) {
    let (waiting, _) = till.on_page().await;
    let attempt = till.attempt(waiting.order, waiting.total).await;
    let key = attempt.as_str().to_owned();
    // While Stripe makes its page.
    let end = move |conn: &mut _| {
        let own = diesel::update(payment::table.filter(payment::attempt.eq(&key)));
        own.set(payment::status.eq("expired")).execute(conn)?;
        Ok(())
    };
    till.shop.with_db(end).await;
    let started = till.start(&attempt).await;
    assert!(matches!(started, Err(GatewayError::Unknown(_))), "{started:?}");
    assert_eq!(till.payment(waiting.order).await.redirect_url, "");
}

async fn an_order_that_ends_closes_its_page(till: Till) {
    let (waiting, _) = till.on_page().await;
    let later = now() + TimeDelta::days(4);
    let swept = sweep(&till.shop.shop.db, &till.gateways(), later).await.unwrap();
    assert_eq!(swept.cancelled, 1);
    assert_eq!(till.stripe.session()["status"], "expired");
    assert_eq!(till.payment(waiting.order).await.status, "expired");
    assert_eq!(till.statuses().await, ["cancelled", "unpaid"]);
}

/// The order has ended, and its page could not be closed.
async fn ended(till: &Till) -> (Waiting, String) {
    let (waiting, session) = till.on_page().await;
    let order = waiting.order;
    let end = move |conn: &mut _| super::super::overdue(conn, order);
    super::super::run(&till.shop, end).await.unwrap();
    (waiting, session)
}

async fn money_that_comes_after_the_end_takes_the_order_up_again(till: Till) {
    let (_, session) = ended(&till).await;
    till.stripe.leave(&session, Leaving::Paid);
    till.post_all().await;
    assert_eq!(till.statuses().await, ["placed", "paid"]);
    assert_eq!(till.stripe.refunds().len(), 0);
}

async fn money_that_comes_after_the_end_of_a_sold_out_order_goes_back(till: Till) {
    let (waiting, session) = ended(&till).await;
    till.shop.with_db(|conn| crate::kit::goods::leave(conn, "cup", 4)).await;
    till.stripe.leave(&session, Leaving::Paid);
    till.post_all().await;
    assert_eq!(till.statuses().await, ["cancelled", "unpaid"]);
    assert_eq!(till.stripe.refunds()[0]["amount"], waiting.total * 100);
    let known = till.shop.with_db(move |conn| refunds_of(conn, waiting.order)).await;
    assert_eq!((known.len(), known[0].status.as_str()), (1, "done"));
}

async fn an_order_that_is_paid_on_two_pages_gets_one_of_them_back(till: Till) {
    let (waiting, _) = till.on_page().await;
    let again = till.attempt(waiting.order, waiting.total).await;
    till.start(&again).await.unwrap();
    for session in till.stripe.sessions() {
        till.stripe.leave(&id(&session), Leaving::Paid);
    }
    till.post_all().await;
    assert_eq!(till.statuses().await, ["placed", "paid"]);
    let refunds = till.stripe.refunds();
    assert_eq!((refunds.len(), &refunds[0]["amount"]), (1, &(waiting.total * 100).into()));
}

async fn a_dispute_is_followed_to_its_end(till: Till) {
    let (_, session) = till.paid().await;
    till.stripe.dispute(&session, "needs_response");
    till.post_all().await;
    till.stripe.dispute(&session, "lost");
    till.post_all().await;
    let told = |conn: &mut _| {
        let told = order_event::table.filter(order_event::kind.like("dispute%"));
        Ok(told.order(order_event::id).select(order_event::kind).load::<String>(conn)?)
    };
    assert_eq!(till.shop.with_db(told).await, ["disputed", "dispute_lost"]);
    let kept = |conn: &mut _| {
        let kept = (payment_dispute::amount, payment_dispute::reason, payment_dispute::status);
        Ok(payment_dispute::table.select(kept).load::<(i64, String, String)>(conn)?)
    };
    let total = super::total(&till.shop).await;
    assert_eq!(till.shop.with_db(kept).await, [(total, "fraudulent".into(), "lost".into())]);
    assert_eq!(till.statuses().await, ["placed", "paid"]);
}
