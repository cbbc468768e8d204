//! What was sold, in tables and as files.

use chrono::{TimeZone, Utc};
use chrono_tz::Tz;
use diesel::prelude::*;
use etalase::db::schema::orders;
use etalase::money::Currency;
use etalase::reports::{Days, Line, Report, lines, sales};

use crate::both;
use crate::kit::{TestShop, Visitor, goods};

both!(
    every_report_comes_to_the_sums_of_the_orders,
    a_report_is_a_page_and_a_file_of_the_same_numbers,
    orders_go_along_for_the_books_without_names,
);

const HERE: (Tz, Currency) = (Tz::Asia__Jakarta, Currency::IDR);

fn today() -> Days {
    Days::last(1, HERE.0.from_utc_datetime(&Utc::now().naive_utc()).date_naive())
}

/// Two orders that stand and one that does not, of two products; whoever cancelled it.
async fn sold(shop: &TestShop) -> Visitor {
    shop.with_db(|conn| {
        goods("cup").named("=cup").costing(50_000).on_hand(500).put(conn)?;
        goods("jug").costing(80_000).on_hand(500).put(conn)
    })
    .await;
    for (cups, jugs) in [(2, 1), (1, 0), (7, 7)] {
        let shopper = shop.shopper();
        shopper.add("cup", &[], cups).await;
        if jugs > 0 {
            shopper.add("jug", &[], jugs).await;
        }
        shopper.order().await;
    }
    let newest = orders::table.order(orders::id.desc()).select(orders::number);
    let last: String = newest.first(&mut shop.fresh.conn()).unwrap();
    let sari = shop.colleague("sari", "owner").await;
    sari.post(&format!("/admin/orders/{last}/cancel"), "").await.expect_status(303);
    sari
}

async fn of(shop: &TestShop, report: Report) -> Vec<Line> {
    shop.with_db(move |conn| lines(conn, report, today(), HERE)).await
}

async fn every_report_comes_to_the_sums_of_the_orders(shop: TestShop) {
    sold(&shop).await;
    let (now, _) = shop.with_db(|conn| sales(conn, today(), HERE)).await;
    let total = now.total();
    assert_eq!(total.orders, 2);
    for report in [Report::Days, Report::Countries] {
        let found = of(&shop, report).await;
        let sums = found.iter().fold((0, 0), |sum, it| (sum.0 + it.count, sum.1 + it.gross));
        assert_eq!(sums, (total.orders, total.amount), "{report:?}");
    }
    let products = of(&shop, Report::Products).await;
    let told = |it: &Line| (it.note.clone(), it.count, it.gross);
    let told: Vec<_> = products.iter().map(told).collect();
    assert_eq!(told, [("cup".to_owned(), 3, 150_000), ("jug".to_owned(), 1, 80_000)]);
    let categories = of(&shop, Report::Categories).await;
    assert_eq!(categories.len(), 1);
    assert_eq!((categories[0].name.as_str(), categories[0].gross), ("mugs", 230_000));
    let taxes: i64 = of(&shop, Report::Taxes).await.iter().map(|it| it.gross).sum();
    let stand = orders::table.filter(orders::status.ne("cancelled"));
    let tax: Vec<i64> = stand.select(orders::tax_amount).load(&mut shop.fresh.conn()).unwrap();
    assert_eq!(taxes, tax.iter().sum::<i64>());
}

async fn file(visitor: &Visitor, path: &str) -> Vec<Vec<String>> {
    let file = visitor.get(path).await;
    file.expect_status(200);
    let text = String::from_utf8(file.body).unwrap();
    let mut rows = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    rows.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

async fn a_report_is_a_page_and_a_file_of_the_same_numbers(shop: TestShop) {
    let sari = sold(&shop).await;
    let page = sari.get("/admin/reports?days=7").await;
    page.expect_status(200).see("By product");
    let page = page.go("By product").await;
    page.see("=cup").see("150.000").see("80.000");
    let rows = file(&sari, "/admin/reports/products/table.csv?days=7").await;
    assert_eq!(rows[0][..3], ["'=cup", "cup", "3"]);
    assert_eq!(rows[0][4], "150000");
    sari.get("/admin/reports/secrets").await.expect_status(404);
    sari.get("/admin/reports/taxes?from=2026-02-01&until=2026-01-01").await.expect_status(422);
    let dewi = shop.colleague("dewi", "packer").await;
    dewi.get("/admin/reports").await.expect_status(403);
}

async fn orders_go_along_for_the_books_without_names(shop: TestShop) {
    let sari = sold(&shop).await;
    let rows = file(&sari, "/admin/reports/orders/table.csv?days=1").await;
    let known: Vec<(String, i64, String)> = orders::table
        .order(orders::id)
        .select((orders::number, orders::total_amount, orders::email))
        .load(&mut shop.fresh.conn())
        .unwrap();
    assert_eq!(rows.len(), 3);
    for (row, (number, total, email)) in rows.iter().zip(&known) {
        assert_eq!((&row[0], &row[15]), (number, &total.to_string()));
        assert!(!row.contains(email));
    }
    assert_eq!(rows[2][2], "cancelled");
}
