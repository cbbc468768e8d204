//! How the goods come: by zone and weight, fetched, or not at all.

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use diesel::prelude::*;

use crate::both;
use crate::kit::rules::{change_methods, country, flat, need_no_delivery, only, shape, zone};
use crate::kit::shopper::fill_in;
use crate::kit::{Page, Shopper, TestShop, goods};
use etalase::db::schema::{order_address, orders};
use etalase::pricing::{Amount, Rate};
use etalase::shipping;
use etalase::zones::{self, Area};

use super::{NOTHING, order_rows};

both!(
    each_begun_kilogram_is_paid_but_a_little_more_is_let_pass,
    what_is_light_but_large_pays_for_its_size,
    a_cart_tells_what_is_missing_for_free_delivery,
    a_way_that_does_not_take_the_cart_is_not_offered,
    province_and_postcode_decide_the_price,
    an_address_in_another_zone_is_not_charged_unseen,
    what_is_too_heavy_for_abroad_can_be_fetched,
    where_the_shop_does_not_deliver_nothing_is_ordered_or_lost,
    a_way_of_another_zone_is_not_taken,
    who_fetches_it_is_asked_for_a_name,
    what_needs_no_delivery_asks_where_the_bill_goes,
    after_the_cutoff_an_order_leaves_a_day_later,
    an_order_goes_by_rules_that_its_shop_has_not_heard_of_yet,
);

/// Somebody with so many of a thing that weighs so much, at Rp 50.000 each.
async fn with(shop: &TestShop, count: i64, grams: i64, mm: Option<[i64; 3]>) -> Shopper {
    shop.with_db(move |conn| {
        goods("cup").costing(50_000).on_hand(1_000).put(conn)?;
        shape(conn, "cup", grams, mm)
    })
    .await;
    let guest = shop.shopper();
    guest.add("cup", &[], count).await;
    guest
}

async fn each_begun_kilogram_is_paid_but_a_little_more_is_let_pass(shop: TestShop) {
    let guest = with(&shop, 2, 650, None).await;
    guest.cart().await.see("Delivery to Jawa Barat (estimate)").see("Rp 18.000").see("Rp 118.000");
    shop.with_db(|conn| shape(conn, "cup", 651, None)).await;
    guest.cart().await.see("Rp 36.000").see("Rp 136.000");
    guest.order().await.see("Rp 136.000");
}

async fn what_is_light_but_large_pays_for_its_size(shop: TestShop) {
    // 18,000,000 mm³ count as 3 kg: 1.7 more than are let pass.
    let guest = with(&shop, 1, 400, Some([300, 300, 200])).await;
    guest.order().await.see("Rp 54.000").see("Rp 104.000");
    let weight: i64 = shop
        .with_db(|conn| Ok(orders::table.select(orders::chargeable_weight_g).first(conn)?))
        .await;
    assert_eq!(weight, 3_000);
}

async fn a_cart_tells_what_is_missing_for_free_delivery(shop: TestShop) {
    let guest = with(&shop, 8, 100, None).await;
    let words = "Rp 100.000 more for free delivery";
    guest.cart().await.see(words);
    guest.check_out().await.see(words);
    guest.add("cup", &[], 2).await.see_no("more for free delivery").see("Free");
    guest.order().await.see("Rp 500.000").see_no("Rp 518.000");
}

async fn a_way_that_does_not_take_the_cart_is_not_offered(shop: TestShop) {
    let guest = with(&shop, 1, 400, None).await;
    let offered = |page: &Page| page.form("/checkout").choices("delivery").join(" ");
    assert_eq!(offered(&guest.check_out().await), "regular express pickup");
    shop.with_db(|conn| shape(conn, "cup", 31_000, None)).await;
    let page = guest.check_out().await;
    assert_eq!(offered(&page), "regular cargo pickup");
    // The cheapest that is brought, though fetching it costs nothing.
    assert_eq!(page.form("/checkout").value("delivery"), "cargo");
}

async fn province_and_postcode_decide_the_price(shop: TestShop) {
    let guest = with(&shop, 1, 400, None).await;
    let page = guest.check_out().await;
    page.see("Prices for Jawa Barat. Fill in your address and press “Continue”");
    for (province, postcode, total) in [
        ("Jawa Barat", "40131", "Rp 68.000"),
        ("Jawa Barat", "43111", "Rp 70.000"),
        ("Papua", "99351", "Rp 145.000"),
    ] {
        let form = fill_in(guest.check_out().await.form("/checkout"));
        let form = form.choose("region", province).fill("postcode", postcode);
        let page = form.press("Continue").await;
        page.expect_status(200).see(total).see_no("Prices for");
        page.form("/checkout").press(&format!("Place order, {total}")).await;
        guest.add("cup", &[], 1).await;
    }
    assert_eq!(order_rows(&shop).await[0], 3);
}

async fn an_address_in_another_zone_is_not_charged_unseen(shop: TestShop) {
    let guest = with(&shop, 1, 400, None).await;
    let form = guest.checkout_form().await.choose("region", "Papua").fill("postcode", "99351");
    let page = form.send("Place order, Rp 68.000").await;
    page.expect_status(409).see("The total is now Rp 145.000; it was Rp 68.000.");
    assert_eq!(order_rows(&shop).await, NOTHING);
    let page = page.form("/checkout").press("Place order, Rp 145.000").await;
    page.expect_heading("Thank you").see("Papua");
}

async fn what_is_too_heavy_for_abroad_can_be_fetched(shop: TestShop) {
    let guest = with(&shop, 1, 20_001, None).await;
    let page = guest.check_out().await;
    let page = page.form("/checkout").choose("country", "SG").press("Continue").await;
    let form = page.form("/checkout").fill("email", "a@example.com").fill("phone", "+6591234567");
    let form = form.fill("name", "Tan Wei").fill("line1", "1 Orchard Road");
    let page = form.fill("postcode", "238801").send("Place order").await;
    page.expect_status(422)
        .see("This parcel is too heavy for delivery to Singapore.")
        .see("You can collect it from us instead.")
        .see("Choose how we deliver");
    assert_eq!(page.form("/checkout").value("line1"), "1 Orchard Road");
    assert_eq!(order_rows(&shop).await, NOTHING);
    let page = page.form("/checkout").choose("delivery", "pickup").press("Update total").await;
    let page = page.form("/checkout").press("Place order, Rp 50.000").await;
    // What is fetched is sold where the shop is.
    page.expect_heading("Thank you").see("PPN 11% included").see("Collect at");
}

async fn where_the_shop_does_not_deliver_nothing_is_ordered_or_lost(shop: TestShop) {
    let guest = with(&shop, 1, 400, None).await;
    shop.with_db(|conn| {
        let mut rules = zones::load_rules(conn)?;
        let papua = Area::Region(country("ID"), "Papua".into());
        rules.delivery.insert(0, zone("not-there", papua));
        zones::save_rules(conn, &rules)?;
        let mut methods = shipping::load_rules(conn)?;
        methods.retain(|method| method.zone != "sg" && !method.is_pickup());
        shipping::save_rules(conn, &methods)
    })
    .await;
    let form = guest.checkout_form().await.choose("region", "Papua").fill("postcode", "99351");
    let page = form.send("Place order").await;
    page.expect_status(422)
        .see("We do not deliver to Papua yet.")
        .see("Nothing can be delivered there")
        .see("Contact us");
    assert_eq!(page.form("/checkout").value("line1"), "Jl. Cihampelas 112, RT 03/RW 05");
    // A country without a way is not there to be chosen.
    let form = guest.checkout_form().await;
    assert!(!form.choices("country").contains(&"SG"));
    let page = form.forge("country", "SG").forge("made_for", "SG").send("Place order").await;
    page.expect_status(422).see("We do not deliver there yet.");
    assert_eq!(order_rows(&shop).await, NOTHING);
    guest.order().await;
}

async fn a_way_of_another_zone_is_not_taken(shop: TestShop) {
    let guest = with(&shop, 1, 400, None).await;
    let form = guest.checkout_form().await.forge("delivery", "airmail");
    form.send("Place order").await.expect_status(422).see("Choose how we deliver");
    assert_eq!(order_rows(&shop).await, NOTHING);
}

async fn who_fetches_it_is_asked_for_a_name(shop: TestShop) {
    let guest = with(&shop, 1, 400, None).await;
    let form = guest.checkout_form().await.choose("delivery", "pickup");
    let page = form.press("Update total").await;
    page.see("Who collects it").see("Jl. Braga 999");
    let form = page.form("/checkout");
    assert!(!form.choices("payment").contains(&"cash_on_delivery"), "no courier takes any");
    assert_eq!(page.attributes("#line1", "id"), [""; 0]);
    // Another choice brings back what was typed.
    let back = form.clone().choose("delivery", "express").press("Update total").await;
    assert_eq!(back.form("/checkout").value("line1"), "Jl. Cihampelas 112, RT 03/RW 05");
    form.clone().fill("name", "").send("Place order").await.expect_status(422);
    let page = form.press("Place order, Rp 50.000").await;
    page.expect_heading("Thank you").see("Ready to collect").see("Collect at").see("Rani Wijaya");
    let (kind, line): (String, String) = shop
        .with_db(|conn| {
            let line = order_address::table
                .filter(order_address::kind.eq("delivery"))
                .select(order_address::line1)
                .first(conn)?;
            Ok((orders::table.select(orders::delivery_kind).first(conn)?, line))
        })
        .await;
    assert_eq!((kind.as_str(), line.as_str()), ("pickup", "Jl. Braga 999"));
}

async fn what_needs_no_delivery_asks_where_the_bill_goes(shop: TestShop) {
    let guest = with(&shop, 1, 0, None).await;
    shop.with_db(|conn| need_no_delivery(conn, "cup")).await;
    let page = guest.check_out().await;
    page.see("Billing address").see_no("Delivery method").see("Rp 50.000");
    let page = page.form("/checkout").choose("country", "DE").press("Continue").await;
    let form = page.form("/checkout").fill("email", "a@example.com").fill("phone", "+4930123456");
    let form = form.fill("name", "Ada Beispiel").fill("line1", "Weg 1").fill("city", "Berlin");
    let page = form.press("Place order, Rp 50.000").await;
    // Tax is that of the buyer's own country.
    page.expect_heading("Thank you").see("PPN 0%").see("Germany").see_no("Delivery address");
    assert_eq!(order_rows(&shop).await, [1, 1, 1, 1]);
}

async fn after_the_cutoff_an_order_leaves_a_day_later(shop: TestShop) {
    let guest = with(&shop, 1, 400, None).await;
    shop.with_db(|conn| only(conn, &[], &[flat("world", "flat", 1_000)])).await;
    guest.order().await;
    guest.add("cup", &[], 1).await;
    // Midnight is past at every time of the day.
    shop.with_db(|conn| change_methods(conn, "flat", |it| it.cutoff = Some(NaiveTime::MIN))).await;
    guest.order().await;
    type Row = (chrono::NaiveDateTime, Option<NaiveDate>, Option<NaiveDate>);
    let rows: Vec<Row> = shop
        .with_db(|conn| {
            let columns = (orders::placed_at, orders::deliver_from, orders::deliver_until);
            Ok(orders::table.order(orders::id).select(columns).load(conn)?)
        })
        .await;
    for ((placed_at, from, until), late) in rows.into_iter().zip(0..) {
        let day = (placed_at + TimeDelta::hours(7)).date() + TimeDelta::days(late);
        assert_eq!((from, until), (Some(day), Some(day + TimeDelta::days(1))), "in Jakarta");
    }
}

async fn an_order_goes_by_rules_that_its_shop_has_not_heard_of_yet(shop: TestShop) {
    let guest = with(&shop, 1, 400, None).await;
    let form = guest.checkout_form().await;
    // As another instance does it: this one looks only once a second.
    let dearer = |conn: &mut _| {
        change_methods(conn, "regular", |method| {
            method.shipping.rate = Rate::Flat { amount: Amount::new(20_000).unwrap() };
        })
    };
    shop.shop.db.write(dearer).await.unwrap();
    let page = form.send("Place order").await;
    page.expect_status(409).see("The total is now Rp 70.000; it was Rp 68.000.");
    assert_eq!(order_rows(&shop).await, NOTHING);
    page.form("/checkout").press("Place order, Rp 70.000").await.expect_heading("Thank you");
}
