//! What was sold, in tables and as files.

use diesel::prelude::*;
use etalase::db::schema::{orders, search_day};
use etalase::money::{Currency, Money};
use etalase::reports::keep_worth;
use etalase::web::visit::now;

use crate::both;
use crate::kit::{TestShop, Visitor, goods};

both!(
    a_report_is_a_page_and_a_file_of_the_same_numbers,
    orders_go_along_for_the_books_without_names,
    words_are_told_that_shoppers_search,
    words_that_may_name_somebody_are_not_kept,
    the_stock_is_worth_what_it_would_bring,
    what_much_stock_is_worth_is_told_with_the_time_it_was_so,
    years_are_shown_in_steps,
);

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
    let total: Vec<String> = page.texts("tfoot td");
    assert_eq!(
        (total[0].as_str(), total[2].as_str(), total.last().unwrap().as_str()),
        ("Total", "4", "Rp 230.000")
    );
    let rows = file(&sari, "/admin/reports/products/table.csv?days=7").await;
    assert_eq!(rows[0][..3], ["'=cup", "cup", "3"]);
    assert_eq!(rows[0][7], "150000");
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

async fn words_are_told_that_shoppers_search(shop: TestShop) {
    shop.with_db(|conn| goods("cup").named("Teacup").put(conn)).await;
    let shopper = shop.shopper();
    for typed in ["Teacup", "teacup ", "zither", "teacup&page=2", "teacup&stock=in"] {
        shopper.visitor.get(&format!("/search?q={typed}")).await;
    }
    let sari = shop.colleague("sari", "owner").await;
    let rows = |page: &crate::kit::Page| page.texts("tbody td");
    let page = sari.get("/admin/reports/searches?days=1").await;
    assert_eq!(rows(&page), ["teacup", "2", "0", "zither", "1", "1"], "no page but the first");
    assert_eq!(page.texts("tfoot td"), ["Total", "3", "1"]);
    let page = page.go("Found nothing").await;
    assert_eq!(rows(&page), ["zither", "1", "1"]);
    let before = sari.get("/admin/reports/searches?from=2026-01-01&until=2026-01-02").await;
    before.expect_status(200).see("nothing to report");
    let known = file(&sari, "/admin/reports/searches/table.csv?days=7").await;
    assert_eq!(known, [["teacup", "2", "0"], ["zither", "1", "1"]]);
}

async fn words_that_may_name_somebody_are_not_kept(shop: TestShop) {
    let shopper = shop.shopper();
    for typed in ["sari%40example.com", "0812-3456-7890", "%20"] {
        shopper.visitor.get(&format!("/search?q={typed}")).await;
    }
    let sari = shop.colleague("sari", "owner").await;
    sari.get("/admin/reports/searches?days=1").await.see("nothing to report");
    let kept: i64 = search_day::table.count().get_result(&mut shop.fresh.conn()).unwrap();
    assert_eq!(kept, 0);
}

async fn the_stock_is_worth_what_it_would_bring(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let path = "/admin/reports/stock/table.csv";
    let before: i64 = file(&sari, path).await.iter().map(|row| value(row)).sum();
    shop.with_db(|conn| {
        goods("cup").named("=cup").costing(50_000).on_hand(500).put(conn)?;
        goods("gone").costing(90_000).on_hand(0).put(conn)
    })
    .await;
    let shopper = shop.shopper();
    shopper.add("cup", &[], 2).await;
    shopper.order().await;
    let rows = file(&sari, path).await;
    let cup = rows.iter().find(|row| row[1] == "'=cup").unwrap();
    assert_eq!(cup[2..], ["500", "50000", "25000000"], "what is reserved still lies there");
    let after: i64 = rows.iter().map(|row| value(row)).sum();
    assert_eq!(after - before, 25_000_000);
    let page = sari.get("/admin/reports/stock").await;
    let told = Money::new(after, Currency::IDR).show("en").replace('\u{a0}', " ");
    assert_eq!(page.texts("tfoot td").last(), Some(&told));
}

async fn what_much_stock_is_worth_is_told_with_the_time_it_was_so(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let told = async || {
        let page = sari.get("/admin/reports/stock").await;
        (page.texts("tfoot td"), page.texts("h1")[0].contains("as of"))
    };
    let (first, is_old) = told().await;
    assert!(!is_old, "nothing is kept yet");
    keep_worth(&shop.shop.db, now(), 0).await.unwrap();
    assert_eq!(told().await, (first.clone(), true));
    shop.with_db(|conn| goods("cup").costing(50_000).on_hand(500).put(conn)).await;
    assert_eq!(told().await, (first.clone(), true), "it is told as it was");
    keep_worth(&shop.shop.db, now(), 0).await.unwrap();
    let (then, _) = told().await;
    assert_ne!(then, first);
    keep_worth(&shop.shop.db, now(), i64::MAX).await.unwrap();
    assert_eq!(told().await, (then, false), "of few goods nothing is kept");
}

fn value(row: &[String]) -> i64 {
    row[4].parse().unwrap_or_default()
}

async fn years_are_shown_in_steps(shop: TestShop) {
    let sari = sold(&shop).await;
    let page = sari.get("/admin?from=2020-01-01&until=2026-12-31").await;
    page.expect_status(200).see("four weeks each");
    let whole: Vec<String> = page.texts(".kpi .v");
    assert_eq!(whole[1], "2");
    assert!(page.texts("details tbody tr").len() < 100);
    let days = sari.get("/admin/reports/days?from=2020-01-01&until=2026-12-31").await;
    assert_eq!(days.texts("tbody tr").len(), 1, "days on which nothing was sold are left away");
}
