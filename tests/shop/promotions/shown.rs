//! Discounts as cart, checkout and order show them: at the line, among the sums, with the delivery.

use diesel::prelude::*;

use super::{apply, coded, of, offer, percent_off_delivery, rule, rupiah_off, text, with_cups};
use crate::both;
use crate::kit::{Page, TestShop, goods};
use etalase::db::schema::{order_discount, order_line};
use etalase::pricing::{Benefit, LineBenefit};
use etalase::promotions::Rule;
use etalase::web::visit::now;

both!(
    discounts_stand_where_they_belong,
    a_category_means_everything_below_it,
    an_order_keeps_its_discounts_by_name,
    a_delivery_that_costs_nothing_is_free,
    the_cheapest_of_three_is_free,
    a_shop_without_promotions_asks_nothing_more,
);

/// One in each lane.
fn one_in_each_lane() -> Vec<Rule> {
    let mut lines = rule("lines", Benefit::Line(LineBenefit::AmountPerUnit { amount: of(10_000) }));
    lines.target.products = vec![text("cup")];
    vec![lines, rule("order", rupiah_off(15_000)), rule("delivery", percent_off_delivery(50))]
}

fn see_one_in_each_lane(page: &Page) {
    page.see("The lines offer: −Rp 20.000").see("The order offer −Rp 15.000");
    page.see("The delivery offer").see("Rp 18.000 Rp 9.000").see("Rp 184.000");
    // The goods are what the lines show.
    page.see("Subtotal Rp 190.000");
}

async fn discounts_stand_where_they_belong(shop: TestShop) {
    let guest = with_cups(&shop, 2).await;
    offer(&shop, &one_in_each_lane()).await;
    shop.with_db(|conn| goods("bowl").costing(10_000).put(conn).map(|_| ())).await;
    guest.add("bowl", &[], 1).await;
    let cart = guest.cart().await;
    see_one_in_each_lane(&cart);
    assert_eq!(cart.texts(".line .sum"), ["Rp 180.000 Regular price Rp 200.000", "Rp 10.000"]);
    see_one_in_each_lane(&guest.check_out().await);
    see_one_in_each_lane(&guest.order().await);
}

async fn a_category_means_everything_below_it(shop: TestShop) {
    let mut rules = vec![rule("table", rupiah_off(5_000)), rule("bath", rupiah_off(7_000))];
    rules[0].target.categories = vec![text("table")];
    rules[1].target.categories = vec![text("bath")];
    offer(&shop, &rules).await;
    // A cup is a mug, and mugs are for the table.
    with_cups(&shop, 1).await.cart().await.see("The table offer").see_no("The bath offer");
}

async fn an_order_keeps_its_discounts_by_name(shop: TestShop) {
    let guest = with_cups(&shop, 2).await;
    let mut rules = one_in_each_lane();
    rules.push(coded("typed", "typed", rupiah_off(1_000)));
    offer(&shop, &rules).await;
    apply(&guest, "typed").await;
    let order = guest.order().await;
    let kept: Vec<(String, String, String, String, i64)> = shop
        .with_db(|conn| {
            let kept = order_discount::table.order(order_discount::position).select((
                order_discount::promotion_slug,
                order_discount::name,
                order_discount::code,
                order_discount::lane,
                order_discount::amount,
            ));
            Ok(kept.load(conn)?)
        })
        .await;
    let row = |slug: &str, code: &str, lane: &str, amount| {
        let name = format!("The {slug} offer");
        (slug.to_owned(), name, code.to_owned(), lane.to_owned(), amount)
    };
    let all = [
        row("lines", "", "line", 20_000),
        row("order", "", "order", 15_000),
        row("typed", "TYPED", "order", 1_000),
        row("delivery", "", "shipping", 9_000),
    ];
    assert_eq!(kept, all);
    let line: i64 = shop
        .with_db(|conn| Ok(order_line::table.select(order_line::discount_amount).first(conn)?))
        .await;
    assert_eq!(line, 36_000, "its own and its share of the order's");
    // It is a copy: promotions come and go.
    let seen = order.main_text();
    offer(&shop, &[]).await;
    assert_eq!(guest.visitor.open(order.url.path()).await.main_text(), seen);
}

async fn a_delivery_that_costs_nothing_is_free(shop: TestShop) {
    offer(&shop, &[coded("ongkir", "GRATISONGKIR", percent_off_delivery(100))]).await;
    let guest = with_cups(&shop, 1).await;
    let page = apply(&guest, "gratisongkir").await;
    page.see("Rp 18.000 Free").see("The ongkir offer").see("Rp 100.000");
    guest.order().await.see("Rp 18.000 Free");
}

async fn the_cheapest_of_three_is_free(shop: TestShop) {
    let buy = LineBenefit::BuyXGetY { buy: of(2), get: of(1), ppm: of(1_000_000) };
    let mut rules = vec![rule("trio", Benefit::Line(buy))];
    rules[0].target.categories = vec![text("mugs")];
    offer(&shop, &rules).await;
    let guest = with_cups(&shop, 2).await;
    guest.cart().await.see_no("The trio offer");
    shop.with_db(|conn| goods("small-cup").costing(60_000).put(conn).map(|_| ())).await;
    guest.add("small-cup", &[], 1).await.see("The trio offer: −Rp 60.000").see("Rp 218.000");
    guest.order().await.see("The trio offer: −Rp 60.000").see("Rp 218.000");
}

async fn a_shop_without_promotions_asks_nothing_more(shop: TestShop) {
    offer(&shop, &[]).await;
    let guest = with_cups(&shop, 1).await;
    let without = shop.statements(async || drop(guest.cart().await)).await;
    let mut mugs = rule("mugs", rupiah_off(1));
    mugs.target.categories = vec![text("mugs")];
    let ended = Rule { ends_at: Some(now()), ..rule("over", rupiah_off(1)) };
    offer(&shop, &[rule("all", rupiah_off(1)), ended]).await;
    assert_eq!(shop.statements(async || drop(guest.cart().await)).await, without);
    offer(&shop, &[rule("all", rupiah_off(1)), mugs]).await;
    assert_eq!(shop.statements(async || drop(guest.cart().await)).await, without + 1);
}
