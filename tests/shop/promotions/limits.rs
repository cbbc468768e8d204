//! Limits hold, however many buyers come at once, and every use is written down.

use diesel::prelude::*;
use futures_util::future::join_all;

use super::{apply, coded, offer, percent, rule, with_cups};
use crate::both;
use crate::kit::member::{RANI, moves_to, registered};
use crate::kit::{Dbms, FreshDatabase, Page, TestShop, goods};
use etalase::db::schema::{order_discount, promotion, promotion_customer, redemption};
use etalase::promotions::{Rule, load_rules};

both!(
    a_hundred_checkouts_use_a_limit_of_ten_ten_times,
    one_address_uses_a_promotion_once_however_it_is_written,
    a_customer_who_has_had_hers_is_told,
    another_address_makes_no_new_customer,
    what_is_used_up_gives_nothing,
    without_a_limit_uses_are_rows_and_a_new_limit_counts_them,
    a_promotion_that_orders_used_is_stopped_and_not_deleted,
);

const BUYERS: usize = 100;

/// A shop with as many connections as a large one has, so that buyers really meet.
async fn large_shop(dbms: Dbms) -> TestShop {
    let fresh = FreshDatabase::filled(dbms);
    TestShop::open_with(fresh, |settings| settings.database_connections = 20).await
}

/// So many buyers press the button at once, each for one cup with the code; `email` of each.
async fn buy_at_once(shop: &TestShop, count: usize, email: impl Fn(usize) -> String) -> Vec<Page> {
    let forms = join_all((0..count).map(async |at| {
        let buyer = shop.shopper();
        buyer.visitor.post("/cart/lines", "product=cup&quantity=1").await.expect_status(303);
        buyer.visitor.post("/cart/codes", "code=ten").await.expect_status(303);
        buyer.checkout_form().await.fill("email", &email(at))
    }));
    let forms = forms.await;
    join_all(forms.into_iter().map(|form| form.send("Place order"))).await
}

struct Uses {
    counted: i64,
    redeemed: i64,
    given: i64,
}

async fn uses(shop: &TestShop) -> Uses {
    let read = shop.with_db(|conn| {
        Ok(Uses {
            counted: promotion::table
                .filter(promotion::slug.eq("ten"))
                .select(promotion::used)
                .first(conn)?,
            redeemed: redemption::table.count().get_result(conn)?,
            given: order_discount::table.count().get_result(conn)?,
        })
    });
    read.await
}

async fn a_hundred_checkouts_use_a_limit_of_ten_ten_times(dbms: Dbms) {
    let shop = large_shop(dbms).await;
    let limited = Rule { usage_limit: Some(10), ..coded("ten", "ten", percent(10)) };
    offer(&shop, &[limited]).await;
    with_cups(&shop, 1).await;
    let answers = buy_at_once(&shop, BUYERS, |at| format!("buyer{at}@example.com")).await;
    let (placed, told): (Vec<&Page>, Vec<&Page>) =
        answers.iter().partition(|page| page.status == 303);
    assert_eq!((placed.len(), told.len()), (10, BUYERS - 10));
    for page in &told {
        page.expect_status(409).see("TEN: This code has been used up.");
        page.see("The total is now Rp 118.000; it was Rp 108.000.");
    }
    let uses = uses(&shop).await;
    assert_eq!((uses.counted, uses.redeemed, uses.given), (10, 10, 10));
    // Who was told may order all the same, without it.
    let page = told[0].form("/checkout").press("Place order, Rp 118.000").await;
    page.expect_heading("Thank you").see("Rp 118.000").see_no("The ten offer");
}

async fn one_address_uses_a_promotion_once_however_it_is_written(dbms: Dbms) {
    let shop = large_shop(dbms).await;
    let limited = Rule { per_customer_limit: Some(1), ..coded("ten", "ten", percent(10)) };
    offer(&shop, &[limited]).await;
    with_cups(&shop, 1).await;
    let spelled =
        ["rani@example.com", "Rani@example.com", " RANI@EXAMPLE.COM ", "rani@Example.com"];
    let answers = buy_at_once(&shop, 20, |at| spelled[at % 4].to_owned()).await;
    assert_eq!(answers.iter().filter(|page| page.status == 303).count(), 1);
    for page in answers.iter().filter(|page| page.status != 303) {
        page.expect_status(409).see("This code has already been used with your email address");
    }
    let uses = uses(&shop).await;
    assert_eq!((uses.redeemed, uses.given), (1, 1));
    let counters: Vec<(String, i64)> = shop
        .with_db(|conn| {
            let all = promotion_customer::table;
            Ok(all
                .select((promotion_customer::customer_key, promotion_customer::used))
                .load(conn)?)
        })
        .await;
    assert_eq!(counters, [("rani@example.com".to_owned(), 1)]);
}

async fn a_customer_who_has_had_hers_is_told(shop: TestShop) {
    let limited = Rule { per_customer_limit: Some(1), ..coded("ten", "ten", percent(10)) };
    offer(&shop, &[limited]).await;
    let guest = with_cups(&shop, 1).await;
    apply(&guest, "ten").await;
    guest.order().await.see("Rp 108.000");
    guest.add("cup", &[], 1).await;
    apply(&guest, "ten").await.expect_status(200).see("Rp 108.000");
    // As soon as she says who she is.
    let page = guest.checkout_form().await.press("Continue").await;
    page.see("This code has already been used with your email address").see("Rp 118.000");
    page.form("/checkout").press("Place order").await.see("Rp 118.000");
    let other = shop.shopper();
    other.add("cup", &[], 1).await;
    apply(&other, "ten").await;
    let form = other.checkout_form().await.fill("email", "budi@example.com");
    form.press("Place order").await.expect_heading("Thank you").see("Rp 108.000");
}

async fn another_address_makes_no_new_customer(shop: TestShop) {
    let twice = Rule { per_customer_limit: Some(2), ..coded("ten", "ten", percent(10)) };
    offer(&shop, &[twice]).await;
    with_cups(&shop, 1).await;
    let (rani, new) = (registered(&shop, RANI).await, "rani@wijaya.example");
    for email in [RANI, new] {
        rani.add("cup", &[], 1).await;
        apply(&rani, "ten").await;
        let form = rani.checkout_form().await.fill("email", email);
        form.press("Place order").await.see("Rp 108.000");
    }
    moves_to(&shop, &rani, new).await;
    assert_eq!(uses(&shop).await.redeemed, 2);
    rani.add("cup", &[], 1).await;
    apply(&rani, "ten").await;
    let page = rani.checkout_form().await.fill("email", new).press("Continue").await;
    page.see("This code has already been used with your email address");
}

async fn what_is_used_up_gives_nothing(shop: TestShop) {
    let once = Rule { usage_limit: Some(1), ..rule("once", percent(10)) };
    offer(&shop, &[once]).await;
    let guest = with_cups(&shop, 1).await;
    guest.cart().await.see("The once offer");
    guest.order().await.see("Rp 108.000");
    guest.add("cup", &[], 1).await.see_no("The once offer").see("Rp 118.000");
    guest.order().await.see("Rp 118.000");
}

async fn without_a_limit_uses_are_rows_and_a_new_limit_counts_them(shop: TestShop) {
    let ten = coded("ten", "ten", percent(10));
    offer(&shop, std::slice::from_ref(&ten)).await;
    let guest = with_cups(&shop, 1).await;
    let buy = async || {
        guest.add("cup", &[], 1).await;
        apply(&guest, "ten").await;
        guest.order().await
    };
    buy().await;
    buy().await;
    let before = uses(&shop).await;
    assert_eq!((before.counted, before.redeemed), (0, 2));
    offer(&shop, &[Rule { usage_limit: Some(3), ..ten.clone() }]).await;
    assert_eq!(uses(&shop).await.counted, 2);
    buy().await.see("The ten offer");
    assert_eq!(uses(&shop).await.counted, 3);
    guest.add("cup", &[], 1).await;
    apply(&guest, "ten").await.expect_status(422).see("This code has been used up");
    // Lowered below what was used, it is used up and no more.
    offer(&shop, &[Rule { usage_limit: Some(2), ..ten.clone() }]).await;
    assert_eq!(uses(&shop).await.counted, 2);
    let once_each = Rule { per_customer_limit: Some(4), ..ten };
    offer(&shop, &[once_each]).await;
    buy().await.see("The ten offer");
    guest.add("cup", &[], 1).await;
    apply(&guest, "ten").await;
    let page = guest.checkout_form().await.press("Continue").await;
    page.see("This code has already been used with your email address");
}

async fn a_promotion_that_orders_used_is_stopped_and_not_deleted(shop: TestShop) {
    offer(&shop, &[coded("ten", "ten", percent(10)), rule("unused", percent(0))]).await;
    let guest = with_cups(&shop, 1).await;
    apply(&guest, "ten").await;
    guest.order().await;
    offer(&shop, &[]).await;
    let left = shop.with_db(load_rules).await;
    assert_eq!(left.len(), 1);
    assert!(!left[0].is_active && left[0].codes().is_empty());
    shop.with_db(|conn| goods("other").put(conn).map(|_| ())).await;
    guest.add("other", &[], 1).await;
    apply(&guest, "ten").await.expect_status(422);
}
