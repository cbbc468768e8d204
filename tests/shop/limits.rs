//! How often something may be done, by whom, and what is said to those who do it more often.

use chrono::TimeDelta;
use diesel::prelude::*;
use futures_util::future::join_all;

use crate::both;
use crate::kit::shop::limited;
use crate::kit::{Dbms, FreshDatabase, Office, Page, Shopper, TestShop, Visitor, shopper};
use etalase::config::{Rates, Settings, Switch, load};
use etalase::db::schema::allowance;
use etalase::db::{Conn, Db};
use etalase::error::Error;
use etalase::limits::{self, Limit};
use etalase::web::visit::now;

both!(
    codes_can_be_tried_only_so_often_with_a_cart,
    codes_can_be_tried_only_so_often_from_an_address,
    orders_from_an_address_run_out,
    payments_of_an_order_run_out,
    payments_from_an_address_run_out,
    searches_from_an_address_run_out,
    requests_from_an_address_run_out,
    a_spoofed_address_is_not_believed,
    instances_count_together,
    what_is_rolled_back_was_not_used,
    what_was_meant_well_is_given_back,
    the_table_tells_nobody_who_tried_what,
    what_is_over_is_swept_away,
);

async fn codes_can_be_tried_only_so_often_with_a_cart(dbms: Dbms) {
    let shop = TestShop::open_with_limits(dbms, "coupon=3/15m").await;
    let guest = with_vase(&shop, "203.0.113.9").await;
    for _ in 0..3 {
        try_code(&guest).await.expect_status(422).see("We do not know this code");
    }
    let page = try_code(&guest).await;
    page.expect_status(429).expect_heading("A little slower, please").see("Wait 5 minutes");
    assert!(retry_after(&page) > 290 && retry_after(&page) <= 300, "{}", retry_after(&page));
    page.one("header a.logo");
    guest.cart().await.see("Hening Vase");
    // Another cart, at the same address, is somebody else's.
    try_code(&with_vase(&shop, "203.0.113.9").await).await.expect_status(422);
}

async fn codes_can_be_tried_only_so_often_from_an_address(dbms: Dbms) {
    let shop = TestShop::open_with_limits(dbms, "coupon_from=2/15m").await;
    for _ in 0..2 {
        try_code(&with_vase(&shop, "2001:db8:0:1::9").await).await.expect_status(422);
    }
    // Whoever has one address of a /64 has all of them.
    try_code(&with_vase(&shop, "2001:db8:0:1:f:f:f:f").await).await.expect_status(429);
    try_code(&with_vase(&shop, "2001:db8:0:2::9").await).await.expect_status(422);
}

async fn orders_from_an_address_run_out(dbms: Dbms) {
    let shop = TestShop::open_with_limits(dbms, "place_order_from=2/1h").await;
    for _ in 0..2 {
        with_vase(&shop, "203.0.113.9").await.order().await;
    }
    let guest = with_vase(&shop, "203.0.113.9").await;
    let page = guest.checkout_form().await.press("Place order").await;
    page.expect_status(429).see("Wait 30 minutes");
    guest.cart().await.see("Hening Vase");
    with_vase(&shop, "198.51.100.1").await.order().await;
}

async fn payments_of_an_order_run_out(dbms: Dbms) {
    let shop = open_hosted(dbms, "payment_attempt=2/1d").await;
    let order = after_two_more_tries(&shop, "203.0.113.9").await;
    let page = order.form(PAY).press("Pay Rp").await;
    page.expect_status(429).expect_heading("A little slower, please");
    // Whoever looks for cards that work asks nothing of a transfer.
    let ways = order.go("Pay another way").await.form(PAY).choose("payment", "bank_transfer");
    ways.press("Pay Rp").await.expect_heading("Thank you");
    after_two_more_tries(&shop, "203.0.113.9").await;
}

async fn payments_from_an_address_run_out(dbms: Dbms) {
    let shop = open_hosted(dbms, "payment_attempt_from=2/1h").await;
    let order = after_two_more_tries(&shop, "203.0.113.9").await;
    order.form(PAY).press("Pay Rp").await.expect_status(429).see("Wait 30 minutes");
    let order = with_vase(&shop, "203.0.113.9").await.checkout_form().await;
    let page = order.choose("payment", "rehearsal").press("Place order").await;
    let declined = page.form("form.pay-acts").press("Decline").await;
    declined.form(PAY).press("Pay Rp").await.expect_status(429);
    after_two_more_tries(&shop, "198.51.100.1").await;
}

/// What pays an order now.
const PAY: &str = "form[action$='/pay']";

async fn open_hosted(dbms: Dbms, limits: &str) -> TestShop {
    let change = |settings: &mut Settings| {
        limited(settings, limits);
        settings.test_payments = Switch::On;
    };
    TestShop::open_with(FreshDatabase::filled(dbms), change).await
}

/// The page of an order whose payment was declined three times.
async fn after_two_more_tries(shop: &TestShop, address: &str) -> Page {
    let form = with_vase(shop, address).await.checkout_form().await;
    let mut page = form.choose("payment", "rehearsal").press("Place order").await;
    for _ in 0..2 {
        let order = page.form("form.pay-acts").press("Decline").await;
        page = order.form(PAY).press("Pay Rp").await;
        page.expect_status(200);
    }
    page.form("form.pay-acts").press("Decline").await
}

async fn searches_from_an_address_run_out(dbms: Dbms) {
    let shop = TestShop::open_with_limits(dbms, "search_from=2/1m").await;
    let visitor = shop.visitor().from("203.0.113.9");
    for _ in 0..2 {
        visitor.get("/search?q=mug").await.expect_status(200);
    }
    let page = visitor.get("/id/search?q=mug").await;
    page.expect_status(429).expect_heading("Pelan-pelan dulu, ya").see("Tunggu 1 menit");
    visitor.get("/categories/mugs").await.expect_status(200);
    shop.visitor().from("198.51.100.1").get("/search?q=mug").await.expect_status(200);
}

async fn requests_from_an_address_run_out(dbms: Dbms) {
    let shop = TestShop::open_with_limits(dbms, "everything_from=3/1h").await;
    let visitor = shop.visitor().from("203.0.113.9");
    for path in ["/", "/healthz", "/no-such-page"] {
        assert_ne!(visitor.get(path).await.status, 429);
    }
    visitor.get("/healthz").await.expect_status(429);
    shop.visitor().from("198.51.100.1").get("/").await.expect_status(200);
    // Nobody is counted who is on this machine.
    for _ in 0..5 {
        shop.visitor().get("/healthz").await.expect_status(200);
    }
}

async fn a_spoofed_address_is_not_believed(dbms: Dbms) {
    let shop = TestShop::open_with_limits(dbms, "search_from=1/1m").await;
    let search =
        async |address: &str| shop.visitor().from(address).get("/search?q=mug").await.status;
    assert_eq!(search("198.51.100.1, 203.0.113.9").await, 200);
    assert_eq!(search("198.51.100.2, 203.0.113.9").await, 429);
    assert_eq!(search("203.0.113.9").await, 429);
}

async fn instances_count_together(shop: TestShop) {
    let other = Db::open(&shop.fresh.database, 4).unwrap();
    let charges = shop.shop.limits.charges(Limit::SecondFactor, "rani", [203, 0, 113, 9].into());
    let now = now();
    let tries = (0..20).map(|n| {
        let (db, charges) = (if n % 2 == 0 { &shop.shop.db } else { &other }, charges.clone());
        db.write(move |conn| limits::spend(conn, &charges, now))
    });
    let results = join_all(tries).await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 5);
    assert!(
        results.iter().all(|r| matches!(r, Ok(()) | Err(Error::TooMany { .. }))),
        "{results:?}"
    );
}

async fn what_is_rolled_back_was_not_used(shop: TestShop) {
    let charges = shop.shop.limits.charges(Limit::Reset, "rani", [203, 0, 113, 9].into());
    let now = now();
    for _ in 0..5 {
        let charges = charges.clone();
        let change = move |conn: &mut Conn| {
            limits::spend(conn, &charges, now)?;
            Err::<(), _>(Error::NotFound)
        };
        assert!(matches!(shop.shop.db.write(change).await, Err(Error::NotFound)));
    }
    shop.with_db(move |conn| limits::spend(conn, &charges, now)).await;
}

async fn what_was_meant_well_is_given_back(shop: TestShop) {
    let charges = shop.shop.limits.charges(Limit::SignIn, "rani", [203, 0, 113, 9].into());
    assert_eq!(charges.len(), 2, "by account, and by address");
    let now = now();
    for _ in 0..30 {
        let charges = charges.clone();
        let change = move |conn: &mut Conn| {
            limits::spend(conn, &charges, now)?;
            limits::give_back(conn, &charges)
        };
        shop.with_db(change).await;
    }
}

async fn the_table_tells_nobody_who_tried_what(shop: TestShop) {
    let charges = shop.shop.limits.charges(Limit::SignIn, "rani@example.com", [9, 9, 9, 9].into());
    let now = now();
    shop.with_db(move |conn| limits::spend(conn, &charges, now)).await;
    let subjects: Vec<String> =
        allowance::table.select(allowance::subject).load(&mut shop.fresh.conn()).unwrap();
    assert_eq!(subjects.len(), 2);
    assert!(subjects.iter().all(|s| s.len() == 32 && s.bytes().all(|b| b.is_ascii_hexdigit())));
    // Another shop's hashes are others, so nothing is learned from comparing them.
    let elsewhere = TestShop::open(Dbms::Sqlite).await;
    let others =
        elsewhere.shop.limits.charges(Limit::SignIn, "rani@example.com", [9, 9, 9, 9].into());
    let others = format!("{others:?}");
    assert!(subjects.iter().all(|subject| !others.contains(subject)));
}

async fn what_is_over_is_swept_away(shop: TestShop) {
    let charges = shop.shop.limits.charges(Limit::Reset, "rani", [203, 0, 113, 9].into());
    let now = now();
    shop.with_db(move |conn| limits::spend(conn, &charges, now)).await;
    let count = || allowance::table.count().get_result::<i64>(&mut shop.fresh.conn()).unwrap();
    let office = Office::of(&shop);
    office.begin().await;
    office.work().await;
    assert_eq!(count(), 2, "it still counts");
    office.later(TimeDelta::hours(1));
    office.work().await;
    assert_eq!(count(), 0);
}

#[test]
fn all_limits_are_on_unless_somebody_says_otherwise() {
    let settings = load(&Default::default(), std::iter::empty()).unwrap();
    assert_eq!(settings.limits, Rates::default());
    for limit in [Limit::SignIn, Limit::Register, Limit::Upload, Limit::Everything] {
        assert!(settings.limits.of(limit).next().is_some(), "{limit:?}");
    }
}

async fn with_vase(shop: &TestShop, address: &str) -> Shopper {
    let guest = at(shop.visitor().from(address));
    guest.add("hening-vase", &[("colour", "oat")], 1).await.expect_status(200);
    guest
}

fn at(visitor: Visitor) -> Shopper {
    Shopper { visitor, words: &shopper::ENGLISH }
}

async fn try_code(guest: &Shopper) -> Page {
    guest.visitor.post("/cart/codes", "code=guess").await
}

fn retry_after(page: &Page) -> u32 {
    page.header("retry-after").parse().unwrap()
}
