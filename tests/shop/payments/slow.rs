//! Money that takes very long to go back.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::hosted::{ordered, press};
use super::{rani, run, statuses};
use crate::both;
use crate::kit::{Dbms, Mood, Office, TestShop, office};
use etalase::db::schema::{orders, refund};
use etalase::payments::{Giving, refund as give};

both!(
    a_refund_that_takes_days_is_told_to_the_staff_and_looked_after,
    a_gateway_that_cannot_send_money_leaves_it_to_the_staff,
);

/// A paid order of which a part goes back.
async fn giving_back(shop: &TestShop) {
    let (_, page) = ordered(shop).await;
    press(&page, "Pay Rp").await.expect_heading("Thank you");
    let order = shop.with_db(|conn| Ok(orders::table.select(orders::id).first(conn)?)).await;
    let giving = Giving::Amount(90_000);
    run(shop, move |conn| give(conn, order, &giving, "chipped", &rani())).await.unwrap();
}

async fn state(shop: &TestShop) -> String {
    shop.with_db(|conn| Ok(refund::table.select(refund::status).first(conn)?)).await
}

/// What the staff were told that waits for them.
async fn told(shop: &TestShop) -> Vec<String> {
    let mails = office::mails(shop).await.into_iter();
    let needs = mails.filter(|mail| mail.template == "order_needs_you");
    needs.map(|mail| mail.subject.rsplit(": ").next().unwrap_or_default().to_owned()).collect()
}

async fn a_refund_that_takes_days_is_told_to_the_staff_and_looked_after(dbms: Dbms) {
    let mood = Mood::default();
    let shop = TestShop::open_hosted(dbms, &mood).await;
    let office = Office::of(&shop);
    office.begin().await;
    mood.takes_its_time();
    giving_back(&shop).await;
    for _ in 0..3 {
        office.later(TimeDelta::days(1));
        office.work().await;
    }
    assert_eq!(told(&shop).await, [""; 0], "banks take some days");
    for _ in 0..9 {
        office.later(TimeDelta::days(2));
        office.work().await;
    }
    assert_eq!(told(&shop).await, ["a refund takes very long"]);
    assert_eq!((state(&shop).await, statuses(&shop).await[1].as_str()), ("pending".into(), "paid"));
    mood.works();
    office.later(TimeDelta::hours(7));
    office.work().await;
    assert_eq!(
        (state(&shop).await, statuses(&shop).await[1].as_str()),
        ("done".into(), "part_refunded")
    );
    assert_eq!(told(&shop).await.len(), 1);
}

async fn a_gateway_that_cannot_send_money_leaves_it_to_the_staff(dbms: Dbms) {
    let mood = Mood::default();
    let shop = TestShop::open_hosted(dbms, &mood).await;
    giving_back(&shop).await;
    // Another account is there now, which has never had this money.
    mood.is_live();
    Office::of(&shop).work().await;
    assert_eq!(state(&shop).await, "by_hand");
    assert_eq!(told(&shop).await, ["a refund to send"]);
}
