//! A price is that of the instant of reading.

use chrono::{NaiveDateTime, TimeDelta};
use std::time::Duration;

use crate::both;
use crate::kit::goods::{product_id, rupiah};
use crate::kit::{Page, TestShop, goods};
use etalase::catalog::card;
use etalase::catalog::queries::offers_of;
use etalase::language::Language;
use etalase::search::{self, Filters, Scope, Sort, Wanted};
use etalase::web::View;
use etalase::web::query::Query;
use etalase::web::visit::now;

both!(
    a_sale_begins_and_ends_to_the_microsecond,
    a_list_filters_by_the_price_of_the_instant,
    a_sale_that_begins_is_seen_on_the_next_page,
    a_price_that_was_higher_is_struck_through,
    the_machines_are_told_the_price_that_shoppers_see,
    the_machines_are_told_of_every_variant,
    every_page_for_machines_says_whose_words_it_uses,
);

const TICK: TimeDelta = TimeDelta::microseconds(1);

async fn a_sale_begins_and_ends_to_the_microsecond(shop: TestShop) {
    let begins = now() + TimeDelta::days(1);
    let ends = begins + TimeDelta::hours(1);
    shop.with_db(move |conn| {
        goods("sale-cup").costing(100_000).costing_between(80_000, begins, ends).put(conn)
    })
    .await;
    let costs = async |at: NaiveDateTime| {
        let context = context(&shop, at);
        let read = shop.shop.db.read(move |conn| {
            let id = product_id(conn, "sale-cup")?;
            let offers = offers_of(conn, &context, &[id])?;
            let cards = card::load(conn, &context, &[id])?;
            Ok((offers[&id][0].amount, cards[0].price.now))
        });
        let (offered, on_card) = read.await.unwrap();
        assert_eq!(offered, on_card, "page and card agree at {at}");
        offered.minor()
    };
    assert_eq!(costs(begins - TICK).await, 100_000);
    assert_eq!(costs(begins).await, 80_000);
    assert_eq!(costs(ends - TICK).await, 80_000);
    assert_eq!(costs(ends).await, 100_000);
}

async fn a_list_filters_by_the_price_of_the_instant(shop: TestShop) {
    let begins = now() + TimeDelta::days(1);
    let ends = begins + TimeDelta::hours(1);
    shop.with_db(move |conn| {
        goods("sale-cup").costing(90_000).costing_between(1_000, begins, ends).put(conn)
    })
    .await;
    let frame = shop.shop.frame();
    let cheap = |at: NaiveDateTime| {
        let query = Query::parse("max=2000").unwrap();
        let wanted = Wanted {
            frame: frame.clone(),
            scope: Scope::Everything,
            filters: Filters::parse(&query, |text| text.parse().ok()),
            sort: Sort::PriceUp,
            language: Language::En,
            now: at,
            offset: 0,
            limit: 24,
        };
        shop.shop.db.read(move |conn| search::find(conn, &wanted))
    };
    let totals = [begins - TICK, begins, ends - TICK, ends].map(cheap);
    let found = futures_util::future::join_all(totals).await;
    let totals: Vec<usize> = found.into_iter().map(|found| found.unwrap().total).collect();
    assert_eq!(totals, [0, 1, 1, 0]);
}

async fn a_sale_that_begins_is_seen_on_the_next_page(shop: TestShop) {
    let begins = now() + TimeDelta::milliseconds(1_200);
    shop.with_db(move |conn| {
        let ends = begins + TimeDelta::hours(1);
        goods("sale-cup").costing(100_000).costing_between(80_000, begins, ends).put(conn)
    })
    .await;
    let visitor = shop.visitor();
    visitor.get("/products/sale-cup").await.see("Rp 100.000");
    tokio::time::sleep(Duration::from_millis(1_300)).await;
    visitor.get("/products/sale-cup").await.see("Rp 80.000").see_no("Rp 100.000");
}

async fn a_price_that_was_higher_is_struck_through(shop: TestShop) {
    let page = shop.visitor().get("/products/jalan-tumbler").await;
    assert_eq!(page.texts(".buy ins"), ["Sale price Rp 219.000"]);
    assert_eq!(page.texts(".buy del"), ["Regular price Rp 259.000"]);
}

async fn the_machines_are_told_the_price_that_shoppers_see(shop: TestShop) {
    let page = shop.visitor().get("/products/kawah-moka-pot").await;
    page.see("Rp 345.000");
    let data = structured(&page);
    let product = data.iter().find(|data| data["@type"] == "Product").expect("a Product");
    assert_eq!(product["offers"]["price"], rupiah(345_000).plain());
    assert_eq!(product["offers"]["priceCurrency"], "IDR");
    assert_eq!(product["offers"]["availability"], "https://schema.org/InStock");
    let crumbs = data.iter().find(|data| data["@type"] == "BreadcrumbList").expect("crumbs");
    assert_eq!(crumbs["itemListElement"].as_array().map(Vec::len), Some(4));
}

async fn the_machines_are_told_of_every_variant(shop: TestShop) {
    let page = shop.visitor().get("/products/bumi-stoneware-mug").await;
    let data = structured(&page);
    let group = data.iter().find(|data| data["@type"] == "ProductGroup").expect("a ProductGroup");
    let variants = group["hasVariant"].as_array().unwrap();
    assert_eq!(variants.len(), page.all("[name='colour']").len() * page.all("[name='size']").len());
    assert!(variants.iter().all(|variant| variant["offers"]["priceCurrency"] == "IDR"));
}

async fn every_page_for_machines_says_whose_words_it_uses(shop: TestShop) {
    for path in ["/", "/categories/mugs", "/products/kawah-moka-pot"] {
        let data = structured(&shop.visitor().get(path).await);
        assert!(!data.is_empty(), "on {path}");
        assert!(data.iter().all(|data| data["@context"] == "https://schema.org"), "on {path}");
    }
}

fn structured(page: &Page) -> Vec<serde_json::Value> {
    let scripts = page.all("script[type='application/ld+json']").into_iter();
    scripts.map(|script| serde_json::from_str(&script.inner_html()).unwrap()).collect()
}

fn context(shop: &TestShop, at: NaiveDateTime) -> View {
    View { frame: shop.shop.frame(), language: Language::En, group: None, now: at }
}
