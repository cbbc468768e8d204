//! A price is that of the instant of reading.

use chrono::{NaiveDateTime, TimeDelta};
use std::time::Duration;

use crate::both;
use crate::kit::goods::{price_at, product_id, rupiah, variant_ids};
use crate::kit::{Page, TestShop, goods};
use etalase::catalog::card;
use etalase::catalog::queries::offers_of;
use etalase::db::Conn;
use etalase::error::Result;
use etalase::language::Language;
use etalase::prices::{NewPrice, set_prices};
use etalase::search::{self, Filters, Scope, Sort, Wanted};
use etalase::values::{Quantity, Slug};
use etalase::web::View;
use etalase::web::query::Query;
use etalase::web::visit::now;

both!(
    a_sale_begins_and_ends_to_the_microsecond,
    a_list_filters_by_the_price_of_the_instant,
    a_sale_that_begins_is_seen_on_the_next_page,
    a_price_that_was_higher_is_struck_through,
    a_reduced_price_shows_the_lowest_of_thirty_days_before,
    a_reduced_price_without_a_past_shows_no_lowest,
    a_price_for_several_is_told_on_the_page,
    a_tier_is_no_price_of_a_list,
    a_group_has_a_price_of_its_own,
    the_machines_are_told_the_price_that_shoppers_see,
    the_machines_are_told_of_every_variant,
    every_page_for_machines_says_whose_words_it_uses,
);

const DAY: TimeDelta = TimeDelta::days(1);
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
    let lowest = "Lowest price in the 30 days before: Rp 259.000";
    assert_eq!(page.texts(".buy .lowest"), [lowest]);
}

async fn a_reduced_price_shows_the_lowest_of_thirty_days_before(shop: TestShop) {
    shop.with_db(|conn| {
        goods("cup").costing(90_000).category("plates").known_since(now() - DAY * 80).put(conn)?;
        set(conn, "cup", &[NewPrice::plain(rupiah(150_000))], now() - DAY * 20)?;
        set(conn, "cup", &[reduced(120_000, 150_000)], now() - DAY * 3)
    })
    .await;
    let page = shop.visitor().get("/products/cup").await;
    let lowest = "Lowest price in the 30 days before: Rp 90.000";
    assert_eq!(page.texts(".buy .lowest"), [lowest]);
    assert_eq!(page.texts(".buy del"), ["Regular price Rp 150.000"]);
    let list = shop.visitor().get("/categories/plates").await;
    assert_eq!(list.texts(".card .lowest"), [lowest]);
    // What is no reduction of the lowest price is no percentage either.
    assert!(list.all(".badge-sale").is_empty());
    let indonesian = shop.visitor().get("/id/products/cup").await;
    let lowest = "Harga terendah dalam 30 hari sebelumnya: Rp 90.000";
    assert_eq!(indonesian.texts(".buy .lowest"), [lowest]);
}

async fn a_reduced_price_without_a_past_shows_no_lowest(shop: TestShop) {
    shop.with_db(|conn| {
        let from = now() - DAY;
        goods("cup").known_since(from).put(conn)?;
        set(conn, "cup", &[reduced(120_000, 150_000)], from)
    })
    .await;
    let page = shop.visitor().get("/products/cup").await;
    assert_eq!(page.texts(".buy del"), ["Regular price Rp 150.000"]);
    assert!(page.all(".lowest").is_empty());
}

async fn a_price_for_several_is_told_on_the_page(shop: TestShop) {
    shop.with_db(|conn| {
        goods("cup").put(conn)?;
        price_at(conn, "cup", &[NewPrice::plain(rupiah(150_000)), from_ten(120_000)])
    })
    .await;
    let page = shop.visitor().get("/products/cup").await;
    assert_eq!(page.texts(".tiers li"), ["From 10: Rp 120.000 each"]);
    assert_eq!(page.texts(".buy-top .price"), ["Rp 150.000 Tax included"]);
    let product = structured(&page).into_iter().find(|data| data["@type"] == "Product").unwrap();
    assert_eq!(product["offers"]["price"], "150000");
    let indonesian = shop.visitor().get("/id/products/cup").await;
    assert_eq!(indonesian.texts(".tiers li"), ["Mulai 10 buah: Rp 120.000 per buah"]);
}

async fn a_tier_is_no_price_of_a_list(shop: TestShop) {
    shop.with_db(|conn| {
        goods("cup").category("plates").put(conn)?;
        goods("bowl").category("plates").costing(130_000).put(conn)?;
        price_at(conn, "cup", &[NewPrice::plain(rupiah(150_000)), from_ten(1_000)])
    })
    .await;
    let visitor = shop.visitor();
    let list = visitor.get("/categories/plates?max=140000&sort=price-up").await;
    assert_eq!(list.texts(".card h3, .card h2"), ["The bowl"]);
    let list = visitor.get("/categories/plates?min=100000&sort=price-up").await;
    let names = list.texts(".card h3, .card h2");
    let place = |name| names.iter().position(|known| known == name);
    assert!(place("The bowl") < place("The cup"), "{names:?}");
    assert!(list.texts(".card .price").contains(&"Rp 150.000".to_owned()));
}

async fn a_group_has_a_price_of_its_own(shop: TestShop) {
    shop.with_db(|conn| {
        let group = Slug::parse("resellers");
        let grouped = NewPrice { group, ..NewPrice::plain(rupiah(99_000)) };
        goods("cup").put(conn)?;
        price_at(conn, "cup", &[NewPrice::plain(rupiah(150_000)), grouped])
    })
    .await;
    let everybody = context(&shop, now());
    let costs = async |view: View| {
        let read = shop.shop.db.read(move |conn| {
            let id = product_id(conn, "cup")?;
            Ok(offers_of(conn, &view, &[id])?[&id][0].amount.minor())
        });
        read.await.unwrap()
    };
    assert_eq!(costs(View { group: Slug::parse("resellers"), ..everybody.clone() }).await, 99_000);
    assert_eq!(costs(View { group: Slug::parse("staff"), ..everybody.clone() }).await, 150_000);
    assert_eq!(costs(everybody).await, 150_000);
}

fn from_ten(amount: i64) -> NewPrice {
    NewPrice { min_quantity: Quantity::new(10).unwrap(), ..NewPrice::plain(rupiah(amount)) }
}

fn reduced(amount: i64, was: i64) -> NewPrice {
    NewPrice { compare_at: Some(rupiah(was)), ..NewPrice::plain(rupiah(amount)) }
}

fn set(conn: &mut Conn, slug: &str, prices: &[NewPrice], at: NaiveDateTime) -> Result<()> {
    let id = variant_ids(conn, slug)?[0];
    set_prices(conn, id, prices, at).map(|_| ())
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
