//! Which tax a bill has: by place, by instant, in prices or beside them.

use chrono::TimeDelta;
use diesel::prelude::*;

use crate::both;
use crate::kit::rules::{change_settings, country, flat, only, rate, zone};
use crate::kit::shopper::fill_in;
use crate::kit::{Page, Shopper, TestShop, goods};
use etalase::db::schema::order_tax;
use etalase::pricing::TaxRounding;
use etalase::zones::{self, Area};
use etalase::{tax, web};

use super::{NOTHING, order_rows};

both!(
    a_state_adds_its_tax_to_prices_without_it,
    several_rates_stand_on_one_line,
    a_rate_gives_way_to_the_next_at_its_instant,
    a_changed_tax_stops_the_order,
    a_total_is_rounded_to_the_smallest_coin,
);

async fn with_cups(shop: &TestShop, count: i64) -> Shopper {
    shop.with_db(|conn| goods("cup").costing(50_001).put(conn)).await;
    let guest = shop.shopper();
    guest.add("cup", &[], count).await;
    guest
}

async fn a_state_adds_its_tax_to_prices_without_it(shop: TestShop) {
    let guest = with_cups(&shop, 1).await;
    shop.with_db(|conn| {
        only(conn, &[], &[flat("world", "flat", 10_000)])?;
        let california = Area::Region(country("US"), "California".into());
        let mut rules = zones::load_rules(conn)?;
        rules.tax.push(zone("ca", california));
        zones::save_rules(conn, &rules)?;
        tax::save_rules(conn, &[rate("ca", "CA sales tax", 72_500)])?;
        change_settings(conn, |shop| shop.prices_include_tax = false)
    })
    .await;
    guest.open("/products/cup").await.see("Tax is added at checkout").see_no("Tax included");
    for (state, total) in [("Oregon", "Rp 60.001"), ("California", "Rp 64.351")] {
        let page = guest.check_out().await;
        let page = page.form("/checkout").choose("country", "US").press("Continue").await;
        let form = fill_in_the_states(page).choose("region", state);
        let page = form.press("Continue").await;
        page.expect_status(200).see(total);
        let page = page.form("/checkout").press(&format!("Place order, {total}")).await;
        page.expect_heading("Thank you").see(state);
        assert_eq!(page.main_text().contains("CA sales tax"), state == "California");
        guest.add("cup", &[], 1).await;
    }
}

fn fill_in_the_states(page: Page) -> crate::kit::form::Form {
    let form = page.form("/checkout").fill("email", "a@example.com").fill("name", "Ann Example");
    let form = form.fill("phone", "(415) 555-0100").fill("line1", "1 Market Street");
    form.fill("city", "Springfield").fill("postcode", "94105-1234")
}

async fn several_rates_stand_on_one_line(shop: TestShop) {
    let guest = with_cups(&shop, 1).await;
    shop.with_db(|conn| {
        let rates = [rate("world", "GST", 50_000), rate("world", "PST", 70_000)];
        only(conn, &rates, &[flat("world", "flat", 0)])
    })
    .await;
    guest.order().await.see("GST included").see("PST included").see("Rp 50.001");
    let rows: Vec<(String, i64, i64)> = shop
        .with_db(|conn| {
            let columns = (order_tax::name, order_tax::net_amount, order_tax::tax_amount);
            Ok(order_tax::table.order(order_tax::position).select(columns).load(conn)?)
        })
        .await;
    // 50,001 / 1.12 is 44,643.75: of the 5,357 in it five twelfths are the first rate's.
    assert_eq!(rows, [("GST".into(), 44_644, 2_232), ("PST".into(), 44_644, 3_125)]);
}

async fn a_rate_gives_way_to_the_next_at_its_instant(shop: TestShop) {
    let guest = with_cups(&shop, 1).await;
    for (moved, seen, gone) in [(-60, "New", "Old"), (60, "Old", "New")] {
        shop.with_db(move |conn| {
            let switch = Some(web::visit::now() + TimeDelta::minutes(moved));
            let (mut old, mut new) = (rate("world", "Old", 110_000), rate("world", "New", 120_000));
            (old.valid_to, new.valid_from) = (switch, switch);
            only(conn, &[old, new], &[flat("world", "flat", 0)])
        })
        .await;
        guest.cart().await.see(&format!("{seen} included")).see_no(&format!("{gone} included"));
    }
}

async fn a_changed_tax_stops_the_order(shop: TestShop) {
    let guest = with_cups(&shop, 1).await;
    let tax = |ppm| {
        move |conn: &mut _| {
            only(conn, &[rate("world", "VAT", ppm)], &[flat("world", "flat", 0)])?;
            change_settings(conn, |shop| shop.prices_include_tax = false)
        }
    };
    shop.with_db(tax(100_000)).await;
    let form = fill_in(guest.check_out().await.form("/checkout"));
    shop.shop.db.write(tax(200_000)).await.unwrap();
    let page = form.send("Place order, Rp 55.001").await;
    page.expect_status(409).see("The total is now Rp 60.001; it was Rp 55.001.");
    assert_eq!(order_rows(&shop).await, NOTHING);
}

async fn a_total_is_rounded_to_the_smallest_coin(shop: TestShop) {
    let guest = with_cups(&shop, 3).await;
    shop.with_db(|conn| {
        only(conn, &[], &[flat("world", "flat", 0)])?;
        change_settings(conn, |shop| {
            (shop.cash_rounding, shop.tax_rounding) = (500, TaxRounding::Group);
        })
    })
    .await;
    guest.order().await.see("Rp 150.000").see("Rounding");
}
