//! The page of an order: for whoever has its address, and true for ever.

use diesel::prelude::*;

use crate::both;
use crate::kit::goods::{product_id, reprice};
use crate::kit::shopper::order_number;
use crate::kit::{Shopper, TestShop, goods};
use etalase::catalog::model::Status;
use etalase::catalog::writes;
use etalase::db::schema::product_text;
use etalase::values::Slug;

both!(
    an_address_that_nobody_was_given_is_not_found,
    a_page_of_an_order_is_private,
    a_number_tells_nobody_how_many_orders_there_are,
    an_order_stays_as_it_was_placed,
    an_order_can_be_read_in_both_languages,
);

async fn with_order(shop: &TestShop) -> (Shopper, crate::kit::Page) {
    shop.with_db(|conn| goods("cup").named("Plain cup").costing(50_000).put(conn)).await;
    let guest = shop.shopper();
    guest.add("cup", &[], 1).await;
    let page = guest.order().await;
    (guest, page)
}

async fn an_address_that_nobody_was_given_is_not_found(shop: TestShop) {
    let (guest, page) = with_order(&shop).await;
    let token = page.url.path().trim_start_matches("/orders/").to_owned();
    assert!(token.len() >= 22, "{token} can be guessed");
    let number = order_number(&page, guest.words);
    let other = if token.starts_with('a') { "b" } else { "a" };
    let near = format!("{other}{}", &token[1..]);
    let stranger = shop.visitor();
    for guess in [&near, &number, &token.to_uppercase(), &token[1..], "1", "", "%00", "..%2f", "'"]
    {
        if *guess != token {
            let page = stranger.get(&format!("/orders/{guess}")).await;
            assert_eq!(page.expect_status(404).attributes("html", "lang"), ["en"]);
        }
    }
}

async fn a_page_of_an_order_is_private(shop: TestShop) {
    let (_, page) = with_order(&shop).await;
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.attributes("meta[name=robots]", "content"), ["noindex,follow"]);
    // Her address must not reach another site by a link's referrer.
    let policy = page.header("referrer-policy");
    assert!(["strict-origin-when-cross-origin", "same-origin", "no-referrer"].contains(&policy));
}

async fn a_number_tells_nobody_how_many_orders_there_are(shop: TestShop) {
    let (guest, first) = with_order(&shop).await;
    guest.add("cup", &[], 1).await;
    let second = guest.order().await;
    let digits = |page| -> i64 {
        let number = order_number(page, guest.words);
        number.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap()
    };
    assert!((digits(&first) - digits(&second)).abs() > 10, "the numbers are neighbours");
}

async fn an_order_stays_as_it_was_placed(shop: TestShop) {
    let (guest, page) = with_order(&shop).await;
    let before = page.main_text();
    shop.with_db(|conn| {
        let cup = product_id(conn, "cup")?;
        reprice(conn, "cup", 1)?;
        let texts = product_text::table.filter(product_text::product_id.eq(cup));
        diesel::update(texts).set(product_text::name.eq("Renamed")).execute(conn)?;
        writes::rename(conn, cup, &Slug::parse("renamed").unwrap())?;
        writes::set_status(conn, cup, Status::Archived)?;
        etalase::shipping::save_rules(conn, &[])
    })
    .await;
    let after = guest.visitor.get(page.url.path()).await;
    assert_eq!(after.main_text(), before);
}

async fn an_order_can_be_read_in_both_languages(shop: TestShop) {
    let (guest, page) = with_order(&shop).await;
    let indonesian = guest.visitor.open(&page.link("Bahasa Indonesia")).await;
    indonesian.expect_status(200).expect_heading("Terima kasih");
    let words = crate::kit::shopper::INDONESIAN.order;
    let number = order_number(&page, guest.words);
    indonesian.see(&format!("{words}{number}"));
}
