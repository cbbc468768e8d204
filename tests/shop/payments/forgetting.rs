//! What is kept of payments for a while, and no longer.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::hosted::{ACTS, ordered as on_page};
use super::{ordered, run, take, total};
use crate::both;
use crate::kit::upload::{Sent, drawn, png};
use crate::kit::{Dbms, Mood, Office, TestShop};
use etalase::db::schema::{job, orders, payment_inbox, payment_proof, rehearsal};
use etalase::ids::OrderId;

both!(
    notices_that_were_acted_on_are_forgotten,
    proofs_of_money_that_is_there_are_forgotten,
    proofs_that_nobody_has_looked_at_stay,
    rehearsed_payments_are_forgotten,
);

/// Does what is due after so many days, brooms and all.
async fn days_later(shop: &TestShop, days: i64) {
    let office = Office::of(shop);
    office.begin().await;
    // What the books are proved by stays. Sums are of days that are over by the clock of the database, which does not leap.
    let others = |conn: &mut _| {
        let kinds = ["jobs.sweep", "mail.sweep", "reports.days"];
        let brooms = job::table.filter(job::kind.eq_any(kinds));
        Ok(diesel::delete(brooms).execute(conn)?)
    };
    shop.with_db(others).await;
    office.later(TimeDelta::days(days));
    office.work().await;
}

async fn notices_that_were_acted_on_are_forgotten(dbms: Dbms) {
    let shop = TestShop::open_hosted(dbms, &Mood::default()).await;
    let (_, page) = on_page(&shop).await;
    page.form(ACTS).send("Pay Rp").await.expect_status(303);
    let kept = |conn: &mut _| Ok(payment_inbox::table.count().get_result::<i64>(conn)?);
    Office::of(&shop).work().await;
    let waiting = |conn: &mut _| {
        let other = (
            payment_inbox::gateway.eq("rehearsal"),
            payment_inbox::event_id.eq("waits"),
            payment_inbox::payload.eq(""),
            payment_inbox::received_at.eq(chrono::DateTime::UNIX_EPOCH.naive_utc()),
            payment_inbox::error.eq(""),
        );
        Ok(diesel::insert_into(payment_inbox::table).values(other).execute(conn)?)
    };
    shop.with_db(waiting).await;
    days_later(&shop, 29).await;
    assert_eq!(shop.with_db(kept).await, 2);
    days_later(&shop, 31).await;
    assert_eq!(shop.with_db(kept).await, 1, "what nobody has acted on stays");
    shop.with_db(|conn| Ok(diesel::delete(payment_inbox::table).execute(conn)?)).await;
}

/// The page of an order whose shopper has shown that she paid.
async fn shown(shop: &TestShop) -> (OrderId, String) {
    let order = ordered(shop).await;
    let token = |conn: &mut _| Ok(orders::table.select(orders::token).first::<String>(conn)?);
    let path = format!("/orders/{}", shop.with_db(token).await);
    let file = Sent { field: "proof", name: "a", kind: "image/png", bytes: &png(&drawn(30, 20)) };
    shop.visitor().upload(&format!("{path}/proofs"), &file).await.expect_status(303);
    (order, path)
}

async fn proofs(shop: &TestShop) -> i64 {
    shop.with_db(|conn| Ok(payment_proof::table.count().get_result(conn)?)).await
}

async fn proofs_of_money_that_is_there_are_forgotten(shop: TestShop) {
    let (order, path) = shown(&shop).await;
    let all = total(&shop).await;
    take(&shop, order, all, "BCA 1").await.unwrap();
    days_later(&shop, 179).await;
    assert_eq!(proofs(&shop).await, 1);
    days_later(&shop, 181).await;
    assert_eq!(proofs(&shop).await, 0);
    shop.visitor().get(&format!("{path}/proofs/1")).await.expect_status(404);
    shop.visitor().open(&path).await.expect_heading("Thank you");
}

async fn proofs_that_nobody_has_looked_at_stay(shop: TestShop) {
    let (order, _) = shown(&shop).await;
    days_later(&shop, 200).await;
    assert_eq!(proofs(&shop).await, 1);
    run(&shop, move |conn| super::overdue(conn, order)).await.unwrap();
    days_later(&shop, 201).await;
    assert_eq!(proofs(&shop).await, 0);
}

async fn rehearsed_payments_are_forgotten(dbms: Dbms) {
    let shop = TestShop::open_hosted(dbms, &Mood::default()).await;
    let (_, page) = on_page(&shop).await;
    page.form(ACTS).press("Pay Rp").await.expect_heading("Thank you");
    let kept = |conn: &mut _| Ok(rehearsal::table.count().get_result::<i64>(conn)?);
    days_later(&shop, 179).await;
    assert_eq!(shop.with_db(kept).await, 1);
    days_later(&shop, 181).await;
    assert_eq!(shop.with_db(kept).await, 0);
}
