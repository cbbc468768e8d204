//! The first page of the back office: what needs doing, and what was sold.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use diesel::prelude::*;
use etalase::db::schema::{orders, payment, refund};
use etalase::ids::OrderId;
use etalase::money::{Currency, Money};
use etalase::reports::{Days, begins, best_sellers, sales};
use etalase::staff::{Permission, Permissions};

use crate::both;
use crate::kit::{Page, TestShop, Visitor, goods};

both!(
    sales_are_the_sums_of_the_orders_that_stand,
    a_day_is_by_the_shops_clock,
    what_goes_back_is_a_sum_of_its_own,
    the_first_page_shows_the_sums_and_the_days_behind_them,
    days_that_are_none_come_back_as_they_were_typed,
    each_thing_to_do_leads_to_its_list,
    nobody_sees_what_she_may_not,
);

const ZONE: Tz = Tz::Asia__Jakarta;
const HERE: (Tz, Currency) = (ZONE, Currency::IDR);

fn today() -> NaiveDate {
    ZONE.from_utc_datetime(&Utc::now().naive_utc()).date_naive()
}

fn day(days_ago: i64) -> NaiveDate {
    today() - TimeDelta::days(days_ago)
}

/// So many cups, as if it had been that long ago; its id and what it came to.
async fn sold(shop: &TestShop, cups: i64, at: NaiveDateTime) -> (OrderId, i64) {
    let shopper = shop.shopper();
    shopper.add("cup", &[], cups).await;
    shopper.order().await;
    let of = (orders::id, orders::total_amount);
    let newest = orders::table.order(orders::id.desc()).select(of);
    let (id, total): (OrderId, i64) = newest.first(&mut shop.fresh.conn()).unwrap();
    let the_one = diesel::update(orders::table.find(id)).set(orders::placed_at.eq(at));
    the_one.execute(&mut shop.fresh.conn()).unwrap();
    (id, total)
}

async fn cups(shop: &TestShop) {
    shop.with_db(|conn| goods("cup").costing(50_000).on_hand(500).put(conn)).await;
}

fn noon(days_ago: i64) -> NaiveDateTime {
    begins(day(days_ago), ZONE) + TimeDelta::hours(12)
}

fn set_status(shop: &TestShop, id: OrderId, status: &str) {
    let the_one = diesel::update(orders::table.find(id)).set(orders::status.eq(status));
    the_one.execute(&mut shop.fresh.conn()).unwrap();
}

fn set_live(shop: &TestShop, id: OrderId, live: bool) {
    let own = diesel::update(payment::table.filter(payment::order_id.eq(id)));
    own.set(payment::live.eq(live)).execute(&mut shop.fresh.conn()).unwrap();
}

async fn sales_are_the_sums_of_the_orders_that_stand(shop: TestShop) {
    cups(&shop).await;
    let (_, one) = sold(&shop, 1, noon(0)).await;
    let (_, two) = sold(&shop, 2, noon(0)).await;
    let (_, three) = sold(&shop, 3, noon(6)).await;
    let (_, four) = sold(&shop, 4, noon(7)).await;
    sold(&shop, 5, noon(14)).await;
    let (pending, _) = sold(&shop, 6, noon(1)).await;
    let (cancelled, _) = sold(&shop, 7, noon(1)).await;
    let (test, _) = sold(&shop, 8, noon(1)).await;
    set_status(&shop, pending, "pending");
    set_status(&shop, cancelled, "cancelled");
    set_live(&shop, test, false);
    let days = Days::last(7, today());
    let (now, before) = shop.with_db(move |conn| sales(conn, days, HERE)).await;
    assert_eq!((now.total().orders, now.total().amount), (3, one + two + three));
    assert_eq!((before.total().orders, before.total().amount), (1, four));
    assert_eq!(now.total().average(), (one + two + three + 1) / 3);
    let each: Vec<_> = now.days.iter().map(|day| (day.day, day.sum.amount)).collect();
    assert_eq!(each.len(), 7);
    assert_eq!((each[0], each[6]), ((day(6), three), (today(), one + two)));
    assert!(each[1..6].iter().all(|(_, amount)| *amount == 0));
    let best = shop.with_db(move |conn| best_sellers(conn, days, HERE, 5)).await;
    assert_eq!((best.len(), best[0].units, best[0].amount), (1, 6, 300_000));
    let dollars = (ZONE, Currency::USD);
    let (elsewhere, _) = shop.with_db(move |conn| sales(conn, days, dollars)).await;
    assert_eq!(elsewhere.total().orders, 0, "of another currency");
    set_status(&shop, pending, "placed");
    set_status(&shop, cancelled, "placed");
    set_live(&shop, test, true);
}

async fn a_day_is_by_the_shops_clock(shop: TestShop) {
    cups(&shop).await;
    let midnight = begins(day(3), ZONE);
    let (_, first) = sold(&shop, 1, midnight).await;
    let (_, last) = sold(&shop, 2, midnight - TimeDelta::microseconds(1)).await;
    let of = |days_ago| {
        let days = Days::last(1, day(days_ago));
        shop.with_db(move |conn| sales(conn, days, HERE))
    };
    assert_eq!(of(3).await.0.total().amount, first);
    assert_eq!(of(4).await.0.total().amount, last);
    assert_eq!(of(3).await.1.total().amount, last);
}

async fn what_goes_back_is_a_sum_of_its_own(shop: TestShop) {
    cups(&shop).await;
    let (id, total) = sold(&shop, 2, noon(0)).await;
    let sari = shop.colleague("sari", "owner").await;
    let path = format!("/admin/orders/{}", number(&shop, id));
    let paid = format!("amount={total}&reference=BCA+7");
    sari.post(&format!("{path}/payments"), paid).await.expect_status(303);
    let refund_of = "after=0&amount=20000&reason=peace&agreed=20000";
    sari.post(&format!("{path}/refund"), refund_of).await.expect_status(303);
    let days = Days::last(7, today());
    let ask = || shop.with_db(move |conn| sales(conn, days, HERE));
    assert_eq!((ask().await.0.given_back, ask().await.1.given_back), (20_000, 0));
    assert_eq!(ask().await.0.total().amount, total, "it is not taken off");
    let earlier = diesel::update(refund::table).set(refund::created_at.eq(noon(7)));
    earlier.execute(&mut shop.fresh.conn()).unwrap();
    assert_eq!((ask().await.0.given_back, ask().await.1.given_back), (0, 20_000));
}

fn number(shop: &TestShop, id: OrderId) -> String {
    orders::table.find(id).select(orders::number).first(&mut shop.fresh.conn()).unwrap()
}

fn rupiah(minor: i64) -> String {
    Money::new(minor, Currency::IDR).show("en").replace('\u{a0}', " ")
}

async fn the_first_page_shows_the_sums_and_the_days_behind_them(shop: TestShop) {
    cups(&shop).await;
    let (_, one) = sold(&shop, 1, noon(0)).await;
    let (_, two) = sold(&shop, 2, noon(1)).await;
    let sari = shop.colleague("sari", "owner").await;
    let page = sari.get("/admin?days=7").await;
    page.expect_status(200);
    let values =
        [rupiah(one + two), "2".into(), rupiah((one + two + 1) / 2), rupiah(0), "100%".into()];
    assert_eq!(page.texts(".kpi .v"), values);
    assert_eq!(page.all(".chart").len(), 2);
    assert!(page.texts(".chart.wide desc")[0].starts_with(&rupiah(one + two)));
    let rows = page.texts("details tbody td:nth-child(3)");
    assert_eq!((rows.len(), &rows[..2]), (7, &[rupiah(one), rupiah(two)][..]));
    assert_eq!(page.texts(".seg [aria-current]"), ["7 days"]);
    page.see("3 sold");
    let (from, until) = (day(1), day(1));
    let page = sari.get(&format!("/admin?from={from}&until={until}")).await;
    let values = page.texts(".kpi .v");
    assert_eq!(
        (&values[0], values[4].as_str()),
        (&rupiah(two), "Not known"),
        "of that day no carts were counted"
    );
    assert!(page.all(".chart").is_empty(), "one day is no line");
    let page = sari.get("/admin?days=1").await;
    let less = (one - two) * 100 / two;
    page.see(&format!("\u{2212}{}% against the day before", less.abs()));
}

async fn days_that_are_none_come_back_as_they_were_typed(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    for query in [
        "from=2026-02-30&until=2026-03-01",
        "from=2026-03-02&until=2026-03-01",
        "from=2015-01-01&until=2026-01-01",
        "from=2026-03-01&until=",
    ] {
        let page = sari.get(&format!("/admin?{query}")).await;
        page.expect_status(422).see("Choose two days");
        let typed = page.attributes("#from, #until", "value");
        assert_eq!(format!("from={}&until={}", typed[0], typed[1]), query);
    }
}

fn tasks(page: &Page) -> Vec<String> {
    page.texts(".tasks .grow")
}

async fn each_thing_to_do_leads_to_its_list(shop: TestShop) {
    cups(&shop).await;
    let (id, total) = sold(&shop, 1, noon(0)).await;
    let (other, _) = sold(&shop, 1, noon(0)).await;
    let sari = shop.colleague("sari", "owner").await;
    let count = |word: &'static str, home: &Page| {
        let found = tasks(home).into_iter().find(|text| text.contains(word));
        found.map(|text| text.split(' ').next().unwrap().to_owned())
    };
    let home = sari.get("/admin").await;
    assert_eq!(count("transfer", &home).as_deref(), Some("2"));
    assert_eq!(count("to pack", &home), None, "nobody has paid");
    assert_eq!(listed(&sari, "?waits=money").await.len(), 2);
    let path = format!("/admin/orders/{}", number(&shop, id));
    let paid = format!("amount={total}&reference=BCA+7");
    sari.post(&format!("{path}/payments"), paid).await.expect_status(303);
    let home = sari.get("/admin").await;
    assert_eq!(count("to pack", &home).as_deref(), Some("1"));
    assert!(home.link("1 order to pack").ends_with("/admin/orders?waits=packing"));
    assert_eq!(listed(&sari, "?waits=packing").await, [number(&shop, id)]);
    assert_eq!(listed(&sari, "?waits=money").await, [number(&shop, other)]);
    let low = |home: &Page| count("low", home).map_or(0, |count| count.parse::<i64>().unwrap());
    let before = low(&sari.get("/admin").await);
    shop.with_db(|conn| goods("saucer").costing(20_000).on_hand(1).put(conn)).await;
    let home = sari.get("/admin").await;
    assert_eq!(low(&home), before + 1);
    let link = home.attributes(".tasks a[href*='/stock']", "href");
    assert_eq!(link, ["/admin/stock?state=low"]);
}

async fn listed(visitor: &Visitor, query: &str) -> Vec<String> {
    visitor.get(&format!("/admin/orders{query}")).await.texts("tbody td:nth-child(2)")
}

async fn nobody_sees_what_she_may_not(shop: TestShop) {
    cups(&shop).await;
    sold(&shop, 1, noon(0)).await;
    let budi = shop.colleague("budi", "packer").await;
    let home = budi.get("/admin").await;
    assert!(home.all(".kpis, .chart").is_empty(), "no reports");
    assert!(tasks(&home).iter().any(|text| text.contains("transfer")));
    let clerk: Permissions = [Permission::ViewReports].into_iter().collect();
    let role = shop.role("clerk", clerk).await;
    let dewi = shop.colleague("dewi", &role).await;
    let home = dewi.get("/admin").await;
    assert_eq!(home.all(".kpis").len(), 1);
    assert!(tasks(&home).is_empty(), "no orders, no goods");
}
