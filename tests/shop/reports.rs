//! Sums over days: kept or not, they are what the orders come to.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use diesel::prelude::*;
use etalase::config::Database;
use etalase::db::Conn;
use etalase::db::schema::{order_discount, order_line, orders, refund, sales_day, sales_sum};
use etalase::ids::OrderId;
use etalase::money::Currency;
use etalase::reports::{Days, Line, Report, Sums, begins, keep_days, lines, sum_up};
use etalase::settings;
use etalase::verify::verify;
use etalase::web::visit::now;

use crate::both;
use crate::kit::{TestShop, Visitor, goods};
use crate::promotions::{coded, offer, percent};

both!(
    every_report_comes_to_the_sums_of_the_orders,
    days_that_are_kept_say_the_same,
    what_changes_later_is_seen_at_once_and_kept_anew,
    a_change_under_way_is_not_lost,
    days_of_another_clock_are_reckoned_anew,
    sums_that_were_altered_are_found,
    the_open_day_is_never_kept,
    years_are_read_in_blocks_and_say_the_same,
);

const ZONE: Tz = Tz::Asia__Jakarta;
const HERE: (Tz, Currency) = (ZONE, Currency::IDR);

fn day(days_ago: i64) -> NaiveDate {
    ZONE.from_utc_datetime(&Utc::now().naive_utc()).date_naive() - TimeDelta::days(days_ago)
}

fn noon(days_ago: i64) -> NaiveDateTime {
    begins(day(days_ago), ZONE) + TimeDelta::hours(12)
}

fn lately() -> Days {
    Days::last(30, day(0))
}

async fn of(shop: &TestShop, report: Report) -> Vec<Line> {
    shop.with_db(move |conn| lines(conn, report, lately(), HERE)).await
}

async fn total(shop: &TestShop, report: Report) -> Sums {
    of(shop, report).await.into_iter().fold(Sums::default(), |sum, line| sum.plus(line.sums))
}

async fn all(shop: &TestShop) -> Vec<Vec<Line>> {
    let mut all = Vec::new();
    for report in Report::ALL {
        all.push(of(shop, report).await);
    }
    all
}

/// An order, as if it had been that long ago.
async fn sold(shop: &TestShop, slug: &str, units: i64, days_ago: i64) -> OrderId {
    let shopper = shop.shopper();
    shopper.add(slug, &[], units).await;
    if units > 1 {
        shopper.visitor.post("/cart/codes", "code=ten").await.expect_status(303);
    }
    shopper.order().await;
    let newest = orders::table.order(orders::id.desc()).select(orders::id);
    let id: OrderId = newest.first(&mut shop.fresh.conn()).unwrap();
    let the_one = diesel::update(orders::table.find(id));
    the_one.set(orders::placed_at.eq(noon(days_ago))).execute(&mut shop.fresh.conn()).unwrap();
    id
}

/// Four orders on three days: one with money that went back, one by a code, one that was cancelled.
async fn used(shop: &TestShop) -> Visitor {
    shop.with_db(|conn| {
        goods("cup").costing(50_000).on_hand(500).put(conn)?;
        goods("jug").costing(80_000).on_hand(500).put(conn)
    })
    .await;
    offer(shop, &[coded("ten", "ten", percent(10))]).await;
    let paid = sold(shop, "cup", 1, 2).await;
    sold(shop, "jug", 3, 2).await;
    let cancelled = sold(shop, "jug", 7, 4).await;
    sold(shop, "cup", 2, 0).await;
    let sari = shop.colleague("sari", "owner").await;
    let amount: i64 = orders::table
        .find(paid)
        .select(orders::total_amount)
        .first(&mut shop.fresh.conn())
        .unwrap();
    let path = desk(shop, paid);
    let money = format!("amount={amount}&reference=BCA+7");
    sari.post(&format!("{path}/payments"), money).await.expect_status(303);
    let back = "after=0&amount=20000&reason=peace&agreed=20000";
    sari.post(&format!("{path}/refund"), back).await.expect_status(303);
    let earlier = diesel::update(refund::table).set(refund::created_at.eq(noon(1)));
    earlier.execute(&mut shop.fresh.conn()).unwrap();
    cancel(shop, &sari, cancelled).await;
    sari
}

fn desk(shop: &TestShop, order: OrderId) -> String {
    let number = orders::table.find(order).select(orders::number);
    let number: String = number.first(&mut shop.fresh.conn()).unwrap();
    format!("/admin/orders/{number}")
}

async fn cancel(shop: &TestShop, sari: &Visitor, order: OrderId) {
    let path = format!("{}/cancel", desk(shop, order));
    sari.post(&path, "").await.expect_status(303);
}

async fn keep(shop: &TestShop) -> usize {
    let morning = begins(day(0), ZONE) + TimeDelta::hours(2);
    keep_days(&shop.shop.db, morning, 1_000).await.unwrap()
}

/// What the orders that stand come to, column by column.
fn ledger(shop: &TestShop) -> Sums {
    let conn = &mut shop.fresh.conn();
    let stand = orders::table.filter(orders::status.ne("cancelled"));
    let rows: Vec<(i64, i64, i64, i64, i64, i64, i64)> = stand
        .select((
            orders::goods_amount,
            orders::discount_amount,
            orders::delivery_amount,
            orders::fee_amount,
            orders::tax_amount,
            orders::rounding_amount,
            orders::total_amount,
        ))
        .load(conn)
        .unwrap();
    let back: Vec<i64> = refund::table.select(refund::amount).load(conn).unwrap();
    let of = |(list, discount, delivery, fee, tax, rounding, gross)| {
        let (extra, net) = (delivery + fee, gross - tax - rounding);
        Sums { count: 1, list, discount, extra, net, tax, rounding, gross, back: 0 }
    };
    let sum = rows.into_iter().map(of).fold(Sums::default(), Sums::plus);
    Sums { back: back.iter().sum(), ..sum }
}

async fn every_report_comes_to_the_sums_of_the_orders(shop: TestShop) {
    used(&shop).await;
    let ledger = ledger(&shop);
    assert_eq!((ledger.count, ledger.back), (3, 20_000));
    assert!(ledger.discount > 0 && ledger.tax > 0);
    assert_eq!(total(&shop, Report::Days).await, ledger);
    assert_eq!(total(&shop, Report::Countries).await, ledger);
    assert_eq!(total(&shop, Report::Taxes).await.tax, ledger.tax);
    let conn = &mut shop.fresh.conn();
    let stand = orders::table.filter(orders::status.ne("cancelled")).select(orders::id);
    let stand: Vec<OrderId> = stand.load(conn).unwrap();
    let rows: Vec<(i64, i64)> = order_line::table
        .filter(order_line::order_id.eq_any(&stand))
        .select((order_line::quantity, order_line::gross_amount))
        .load(conn)
        .unwrap();
    let rows = rows.into_iter().fold((0, 0), |sum, row| (sum.0 + row.0, sum.1 + row.1));
    for report in [Report::Products, Report::Categories] {
        let sums = total(&shop, report).await;
        assert_eq!((sums.count, sums.gross, sums.discount), (rows.0, rows.1, ledger.discount));
    }
    let off = order_discount::table.filter(order_discount::order_id.eq_any(&stand));
    let off: Vec<i64> = off.select(order_discount::amount).load(conn).unwrap();
    let discounts = of(&shop, Report::Discounts).await;
    assert_eq!(discounts.len(), 1);
    let sums = discounts[0].sums;
    assert_eq!((sums.count, sums.discount), (2, off.iter().sum()));
    let dollars = (ZONE, Currency::USD);
    let none = shop.with_db(move |conn| lines(conn, Report::Days, lately(), dollars)).await;
    assert_eq!(none, [], "of another currency");
}

async fn days_that_are_kept_say_the_same(shop: TestShop) {
    used(&shop).await;
    let live = all(&shop).await;
    assert_eq!(keep(&shop).await, 4, "the day of each order but today's, and those between");
    assert_eq!(keep(&shop).await, 0);
    assert_eq!(all(&shop).await, live);
    let kept: i64 = sales_sum::table.count().get_result(&mut shop.fresh.conn()).unwrap();
    assert!(kept > 0);
}

async fn what_changes_later_is_seen_at_once_and_kept_anew(shop: TestShop) {
    let sari = used(&shop).await;
    keep(&shop).await;
    let late = sold(&shop, "cup", 5, 4).await;
    assert_eq!(total(&shop, Report::Days).await, ledger(&shop), "one that came late");
    assert_eq!(keep(&shop).await, 1);
    let with = all(&shop).await;
    assert_eq!(total(&shop, Report::Days).await, ledger(&shop));
    cancel(&shop, &sari, late).await;
    assert_eq!(total(&shop, Report::Days).await, ledger(&shop), "one that is cancelled");
    assert_ne!(all(&shop).await, with);
    assert_eq!(keep(&shop).await, 1);
    assert_eq!(total(&shop, Report::Days).await, ledger(&shop));
    let back = diesel::update(refund::table).set(refund::created_at.eq(noon(3)));
    back.execute(&mut shop.fresh.conn()).unwrap();
    assert_eq!(total(&shop, Report::Days).await.back, 20_000);
    assert_eq!(keep(&shop).await, 2, "the day that it left, and the one to which it came");
    let days = of(&shop, Report::Days).await;
    let back = days.iter().find(|line| line.sums.back > 0).unwrap();
    assert_eq!(back.item, day(3).to_string());
}

/// On SQLite there is one writer, so nothing can be under way.
async fn a_change_under_way_is_not_lost(shop: TestShop) {
    used(&shop).await;
    if matches!(shop.fresh.database, Database::Sqlite(_)) {
        return;
    }
    let (mut slow, mut other) = (shop.fresh.conn(), shop.fresh.conn());
    let whole: diesel::QueryResult<()> = slow.transaction(|slow| {
        let stand = orders::table.filter(orders::placed_at.lt(noon(1)));
        diesel::update(stand).set(orders::status.eq("cancelled")).execute(slow)?;
        other.transaction(|conn: &mut Conn| sum_up(conn, day(2), ZONE)).unwrap();
        Ok(())
    });
    whole.unwrap();
    let sums = total(&shop, Report::Days).await;
    assert_eq!((sums.count, sums.gross), (1, ledger(&shop).gross), "only today's stands");
    let all = diesel::update(orders::table.filter(orders::placed_at.lt(noon(1))));
    all.filter(orders::placed_at.gt(noon(3)))
        .set(orders::status.eq("placed"))
        .execute(&mut slow)
        .unwrap();
}

async fn days_of_another_clock_are_reckoned_anew(shop: TestShop) {
    used(&shop).await;
    let order = sold(&shop, "cup", 1, 3).await;
    let late = begins(day(3), ZONE) + TimeDelta::minutes(30);
    let the_one = diesel::update(orders::table.find(order)).set(orders::placed_at.eq(late));
    the_one.execute(&mut shop.fresh.conn()).unwrap();
    keep(&shop).await;
    let there = Tz::Europe__Berlin;
    let of =
        |zone| shop.with_db(move |conn| lines(conn, Report::Days, lately(), (zone, Currency::IDR)));
    let days = |lines: Vec<Line>| lines.into_iter().map(|line| line.item).collect::<Vec<_>>();
    assert!(days(of(ZONE).await).contains(&day(3).to_string()));
    let live = of(there).await;
    assert!(!days(live.clone()).contains(&day(3).to_string()), "there it was still the day before");
    shop.with_db(move |conn| {
        let known = settings::load(conn)?;
        settings::save(conn, &settings::ShopSettings { time_zone: there, ..known })
    })
    .await;
    assert_eq!(keep(&shop).await, 3, "there yesterday is not over");
    assert_eq!(of(there).await, live);
}

async fn sums_that_were_altered_are_found(shop: TestShop) {
    used(&shop).await;
    keep(&shop).await;
    let broken = |shop: &TestShop| verify(&mut shop.fresh.conn(), now()).unwrap().broken;
    assert_eq!(broken(&shop), [""; 0]);
    let of = |report: &'static str| {
        let days =
            sales_sum::table.filter(sales_sum::report.eq(report)).filter(sales_sum::days.eq(1));
        days.filter(sales_sum::day.eq(day(2)))
    };
    for report in ["countries", "products", "discounts", "taxes"] {
        let sums = diesel::update(of(report));
        let more = sums.set(sales_sum::discount_amount.eq(sales_sum::discount_amount + 1));
        assert!(more.execute(&mut shop.fresh.conn()).unwrap() > 0);
        let found = broken(&shop);
        let named =
            format!("The sums of a day are those of its orders and refunds: {}, {report}", day(2));
        assert!(found.iter().any(|line| line.starts_with(&named)), "{found:#?}");
        let sums = diesel::update(of(report));
        sums.set(sales_sum::discount_amount.eq(sales_sum::discount_amount - 1))
            .execute(&mut shop.fresh.conn())
            .unwrap();
    }
    let gone = diesel::delete(of("products")).execute(&mut shop.fresh.conn()).unwrap();
    assert_eq!(gone, 2);
    assert_eq!(broken(&shop).len(), 2, "sums that are missing");
    shop.with_db(|conn| sum_up(conn, day(2), ZONE)).await;
    assert_eq!(broken(&shop), [""; 0]);
}

async fn the_open_day_is_never_kept(shop: TestShop) {
    used(&shop).await;
    keep(&shop).await;
    let newest = || sales_day::table.order(sales_day::day.desc()).select(sales_day::day);
    let last: NaiveDate = newest().first(&mut shop.fresh.conn()).unwrap();
    assert_eq!(last, day(1));
    let early = begins(day(0), ZONE) + TimeDelta::minutes(59);
    diesel::delete(sales_day::table).execute(&mut shop.fresh.conn()).unwrap();
    keep_days(&shop.shop.db, early, 100).await.unwrap();
    let last: NaiveDate = newest().first(&mut shop.fresh.conn()).unwrap();
    assert_eq!(last, day(2), "a day is over for an hour first");
}

async fn years_are_read_in_blocks_and_say_the_same(shop: TestShop) {
    let sari = used(&shop).await;
    let mut late = None;
    for days_ago in [199, 150, 149, 100, 60, 20] {
        late = Some(sold(&shop, "cup", 2, days_ago).await);
    }
    let ask = |report| shop.with_db(move |conn| lines(conn, report, Days::last(200, day(0)), HERE));
    let live = ask(Report::Products).await;
    assert_eq!(keep(&shop).await, 199);
    let blocks = || sales_sum::table.filter(sales_sum::days.gt(1));
    let sizes: Vec<i64> = blocks()
        .select(sales_sum::days)
        .distinct()
        .order(sales_sum::days)
        .load(&mut shop.fresh.conn())
        .unwrap();
    assert_eq!(sizes, [8, 64]);
    assert_eq!(ask(Report::Products).await, live);
    assert_eq!(verify(&mut shop.fresh.conn(), now()).unwrap().broken, [""; 0]);
    cancel(&shop, &sari, late.unwrap()).await;
    let without = ask(Report::Products).await;
    assert_ne!(without, live);
    assert_eq!(keep(&shop).await, 1);
    assert_eq!(ask(Report::Products).await, without);
    let more = diesel::update(blocks()).set(sales_sum::count.eq(sales_sum::count + 1));
    more.execute(&mut shop.fresh.conn()).unwrap();
    let broken = verify(&mut shop.fresh.conn(), now()).unwrap().broken;
    assert!(broken.iter().any(|line| line.contains("and 64 days, products: cup")), "{broken:#?}");
    let less = diesel::update(blocks()).set(sales_sum::count.eq(sales_sum::count - 1));
    less.execute(&mut shop.fresh.conn()).unwrap();
}
