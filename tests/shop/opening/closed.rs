//! A closed shop: what its visitors see, and what is there all the same.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use etalase::db::Conn;
use etalase::db::schema::setting;
use etalase::settings;

use crate::both;
use crate::kit::rules::change_settings;
use crate::kit::{Dbms, FreshDatabase, TestShop};

both!(
    a_new_shop_is_closed_to_everybody,
    whoever_runs_machines_finds_them_running,
    what_was_ordered_is_looked_after_while_the_shop_is_closed,
    staff_see_the_closed_shop_as_a_preview,
    a_shop_that_was_there_before_stays_open,
    the_closed_page_speaks_the_visitors_language,
);

async fn close(shop: &TestShop) {
    shop.with_db(|conn| change_settings(conn, |settings| settings.open = false)).await;
}

async fn a_new_shop_is_closed_to_everybody(dbms: Dbms) {
    let shop = TestShop::open_new(dbms).await;
    for path in [
        "/",
        "/search",
        "/products/cup",
        "/cart",
        "/checkout",
        "/contact",
        "/sitemap.xml",
        "/nonsense",
    ] {
        let page = shop.visitor().get(path).await;
        page.expect_status(503).expect_heading("We are closed at the moment");
        assert_eq!(page.header("retry-after"), "3600");
        assert_eq!(page.header("cache-control"), "no-store");
    }
    shop.visitor().post("/cart/lines", "product=cup&quantity=1").await.expect_status(503);
}

async fn whoever_runs_machines_finds_them_running(dbms: Dbms) {
    let shop = TestShop::open_new(dbms).await;
    for path in ["/healthz", "/readyz", "/robots.txt", "/favicon.ico", "/admin/sign-in"] {
        shop.visitor().get(path).await.expect_status(200);
    }
    let page = shop.visitor().get("/").await;
    for sheet in page.attributes("link[rel=stylesheet]", "href") {
        shop.visitor().get(&sheet).await.expect_status(200);
    }
    shop.visitor().post("/payments/stripe/notices", "{}").await.expect_status(404);
}

async fn what_was_ordered_is_looked_after_while_the_shop_is_closed(shop: TestShop) {
    let shopper = shop.shopper();
    shopper.add("kenanga-candle", &[], 1).await;
    let order = shopper.order().await;
    shopper.add("kenanga-candle", &[], 1).await;
    let checkout = shopper.checkout_form().await;
    close(&shop).await;
    checkout.send("Place order").await.expect_status(503);
    let page = shopper.visitor.open(order.url.path()).await;
    page.expect_status(200).see_no("only you and your colleagues");
    shopper.visitor.open("/orders/find").await.expect_status(200);
    shopper.visitor.open("/account/sign-in").await.expect_status(200);
    shop.with_db(|conn| change_settings(conn, |settings| settings.open = true)).await;
    shopper.order().await;
}

async fn staff_see_the_closed_shop_as_a_preview(shop: TestShop) {
    close(&shop).await;
    let budi = shop.colleague("budi", "packer").await;
    let page = budi.get("/products/kenanga-candle").await;
    page.expect_status(200).see("The shop is closed: only you and your colleagues see this page.");
    shop.visitor().get("/products/kenanga-candle").await.expect_status(503);
    budi.post("/admin/sign-out", "").await.expect_status(303);
    budi.get("/products/kenanga-candle").await.expect_status(503);
    shop.with_db(|conn| change_settings(conn, |settings| settings.open = true)).await;
    let page = shop.visitor().get("/products/kenanga-candle").await;
    assert!(!page.text().contains("only you and your colleagues"));
}

fn is_open(conn: &mut Conn) -> bool {
    settings::load(conn).unwrap().open
}

/// What the migration does to a database of before: one with goods, and one with nothing.
async fn a_shop_that_was_there_before_stays_open(dbms: Dbms) {
    let up = match dbms {
        Dbms::Sqlite => include_str!("../../../migrations/sqlite/0060_opening/up.sql"),
        Dbms::Postgres => include_str!("../../../migrations/postgres/0060_opening/up.sql"),
    };
    let opens = up.split_once("-- Which").unwrap().0;
    for (fresh, stays_open) in
        [(FreshDatabase::filled(dbms), true), (FreshDatabase::migrated(dbms), false)]
    {
        let conn = &mut fresh.conn();
        diesel::delete(setting::table.filter(setting::key.eq("open"))).execute(conn).unwrap();
        assert!(!is_open(conn));
        conn.batch_execute(opens).unwrap();
        assert_eq!(is_open(conn), stays_open);
    }
}

async fn the_closed_page_speaks_the_visitors_language(shop: TestShop) {
    close(&shop).await;
    shop.visitor().get("/id/").await.expect_status(503).expect_heading("Toko sedang tutup");
    let page = shop.visitor().get("/id/cart?x=1").await;
    assert!(page.link("English").ends_with("/cart?x=1"));
}
