//! Accounts at gateways that the operator takes away, or changes for others, while orders wait to be paid.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::hosted::{ACTS, PAY, open, order_path, ordered, press, tries};
use super::{level, statuses};
use crate::both;
use crate::kit::{Dbms, Mood, Office, TestShop, office};
use etalase::db::schema::{order_event, payment};
use etalase::payments::{Gateways, sweep};
use etalase::web::visit::now;

both!(
    an_order_of_the_test_account_ends_in_time_beside_the_live_one,
    an_order_of_the_test_account_is_paid_at_the_live_one,
    a_live_account_is_not_asked_about_test_payments,
    money_on_an_account_that_is_gone_is_told_of_once,
    money_on_an_account_that_was_gone_is_found_when_it_is_back,
    an_account_that_knows_nothing_of_a_payment_keeps_its_order_no_longer,
    a_gateway_that_is_silent_for_a_day_is_told_of_and_its_order_waits_on,
    payments_without_an_account_keep_nobody_waiting,
);

/// How long after the order something is swept.
const IN_TIME: TimeDelta = TimeDelta::minutes(10);
const TOO_LATE: TimeDelta = TimeDelta::minutes(41);

async fn missed(shop: &TestShop) -> i64 {
    let told = |conn: &mut _| {
        let told = order_event::table.filter(order_event::kind.eq("payment_missed"));
        Ok(told.count().get_result(conn)?)
    };
    shop.with_db(told).await
}

/// How many orders end when the shop is swept with these accounts.
async fn ended(shop: &TestShop, gateways: &Gateways, after: TimeDelta) -> usize {
    sweep(&shop.shop.db, gateways, now() + after).await.unwrap().cancelled
}

async fn an_order_of_the_test_account_ends_in_time_beside_the_live_one(dbms: Dbms) {
    let mood = Mood::default();
    let shop = TestShop::open_hosted(dbms, &mood).await;
    ordered(&shop).await;
    mood.is_live();
    // The live account knows nothing of it.
    mood.is_silent();
    assert_eq!(ended(&shop, &shop.gateways, IN_TIME).await, 0);
    assert_eq!(ended(&shop, &shop.gateways, TOO_LATE).await, 1);
    assert_eq!(statuses(&shop).await, ["cancelled", "unpaid"]);
    assert_eq!((level(&shop).await, missed(&shop).await), ((10, 0), 0), "no money was ever there");
}

async fn an_order_of_the_test_account_is_paid_at_the_live_one(dbms: Dbms) {
    let mood = Mood::default();
    let shop = TestShop::open_hosted(dbms, &mood).await;
    ordered(&shop).await;
    mood.is_live();
    let order = shop.visitor().open(&order_path(&shop).await).await;
    let page = order.form(PAY).press("Pay Rp").await;
    let live = |conn: &mut _| {
        Ok(payment::table.order(payment::id).select(payment::live).load::<bool>(conn)?)
    };
    assert_eq!(shop.with_db(live).await, [false, true]);
    press(&page, "Pay Rp").await.expect_heading("Thank you");
    assert_eq!(statuses(&shop).await, ["placed", "paid"]);
}

async fn a_live_account_is_not_asked_about_test_payments(dbms: Dbms) {
    let mood = Mood::default();
    let shop = TestShop::open_hosted(dbms, &mood).await;
    let (_, page) = ordered(&shop).await;
    page.form(ACTS).send("Pay Rp").await.expect_status(303);
    mood.is_live();
    let swept = sweep(&shop.shop.db, &shop.gateways, now() + IN_TIME).await.unwrap();
    assert_eq!((swept.asked, statuses(&shop).await[1].as_str()), (0, "unpaid"));
    // Nor is its page shown to whoever wants to pay.
    mood.is_silent();
    let order = shop.visitor().open(&order_path(&shop).await).await;
    order.form(PAY).press("Pay Rp").await.expect_heading("The payment page did not open");
}

async fn money_on_an_account_that_is_gone_is_told_of_once(dbms: Dbms) {
    let mood = Mood::default();
    mood.is_live();
    let shop = TestShop::open_hosted(dbms, &mood).await;
    ordered(&shop).await;
    let gone = Gateways::default();
    for _ in 0..3 {
        assert_eq!(ended(&shop, &gone, IN_TIME).await, 0);
        assert_eq!(missed(&shop).await, 1);
    }
    let office = Office::of(&shop);
    office.later(IN_TIME);
    office.work().await;
    let mails =
        office::mails(&shop).await.into_iter().filter(|it| it.template == "order_needs_you");
    let subjects: Vec<String> = mails.map(|mail| mail.subject).collect();
    assert!(
        matches!(&subjects[..], [one] if one.ends_with("payment out of sight")),
        "{subjects:?}"
    );
    assert_eq!(ended(&shop, &gone, TOO_LATE).await, 1);
    assert_eq!(statuses(&shop).await, ["cancelled", "unpaid"]);
    assert_eq!((level(&shop).await, missed(&shop).await), ((10, 0), 1));
}

async fn money_on_an_account_that_was_gone_is_found_when_it_is_back(dbms: Dbms) {
    let mood = Mood::default();
    mood.is_live();
    let shop = TestShop::open_hosted(dbms, &mood).await;
    let (_, page) = ordered(&shop).await;
    assert_eq!(ended(&shop, &Gateways::default(), TOO_LATE).await, 1);
    // She pays on the page that stood open, and never comes back.
    page.form(ACTS).send("Pay Rp").await.expect_status(303);
    let later = now() + TOO_LATE + IN_TIME;
    sweep(&shop.shop.db, &shop.gateways, later).await.unwrap();
    assert_eq!(statuses(&shop).await, ["placed", "paid"], "the order is taken up again");
    assert_eq!(tries(&shop).await, ["captured"]);
    assert_eq!(level(&shop).await, (10, 5));
}

async fn an_account_that_knows_nothing_of_a_payment_keeps_its_order_no_longer(dbms: Dbms) {
    let mood = Mood::default();
    mood.is_live();
    let shop = TestShop::open_hosted(dbms, &mood).await;
    ordered(&shop).await;
    // Another live account has taken the place of the first.
    mood.refuses();
    assert_eq!(ended(&shop, &shop.gateways, IN_TIME).await, 0);
    assert_eq!(ended(&shop, &shop.gateways, TOO_LATE).await, 1);
    assert_eq!(statuses(&shop).await, ["cancelled", "unpaid"]);
    assert_eq!((level(&shop).await, missed(&shop).await), ((10, 0), 1));
}

async fn a_gateway_that_is_silent_for_a_day_is_told_of_and_its_order_waits_on(dbms: Dbms) {
    let mood = Mood::default();
    mood.is_live();
    let shop = TestShop::open_hosted(dbms, &mood).await;
    ordered(&shop).await;
    mood.is_silent();
    assert_eq!(ended(&shop, &shop.gateways, TOO_LATE).await, 0);
    assert_eq!(missed(&shop).await, 0);
    for hours in [25, 26] {
        assert_eq!(ended(&shop, &shop.gateways, TimeDelta::hours(hours)).await, 0);
        assert_eq!(missed(&shop).await, 1);
    }
    assert_eq!(statuses(&shop).await, ["pending", "unpaid"], "it may have the money");
}

async fn payments_without_an_account_keep_nobody_waiting(dbms: Dbms) {
    let shop = open(dbms).await;
    let (_, page) = ordered(&shop).await;
    page.form(ACTS).send("Pay Rp").await.expect_status(303);
    let many = |conn: &mut _| {
        let order: i64 = payment::table.select(payment::order_id).first(conn)?;
        for n in 0..40 {
            let lost = (
                payment::order_id.eq(order),
                payment::attempt.eq(format!("lost-{n}")),
                payment::gateway.eq("stripe"),
                payment::live.eq(false),
                payment::currency.eq("IDR"),
                payment::amount.eq(1),
                payment::status.eq("open"),
                payment::captured_amount.eq(0),
                payment::refunded_amount.eq(0),
                payment::redirect_url.eq(""),
                payment::trouble.eq(""),
                payment::created_at.eq(now() - TimeDelta::days(9)),
            );
            diesel::insert_into(payment::table).values(lost).execute(conn)?;
        }
        Ok(())
    };
    shop.with_db(many).await;
    let swept = sweep(&shop.shop.db, &shop.gateways, now() + IN_TIME).await.unwrap();
    assert_eq!(swept.asked, 1);
    assert_eq!(statuses(&shop).await, ["placed", "paid"]);
}
