//! A shopper pays what she saw, or hears what has changed before anything is ordered.

use diesel::prelude::*;

use crate::both;
use crate::kit::goods::{product_id, reprice};
use crate::kit::{Shopper, TestShop, goods};
use etalase::catalog::model::Status;
use etalase::catalog::writes::set_status;
use etalase::pricing::{Amount, Rate};
use etalase::shipping;

use super::{NOTHING, order_rows};

both!(
    a_changed_price_stops_the_order_and_shows_the_new_total,
    a_changed_delivery_rate_stops_the_order,
    what_is_gone_is_named_and_can_be_left_out,
    a_total_that_is_made_up_orders_nothing,
    an_amount_posted_in_any_field_changes_nothing,
    a_choice_that_is_not_offered_is_not_taken,
    a_checkout_without_a_cart_leads_to_the_cart,
);

async fn with_cup(shop: &TestShop) -> Shopper {
    shop.with_db(|conn| goods("cup").costing(50_000).put(conn)).await;
    let guest = shop.shopper();
    guest.add("cup", &[], 1).await;
    guest
}

async fn a_changed_price_stops_the_order_and_shows_the_new_total(shop: TestShop) {
    let guest = with_cup(&shop).await;
    let form = guest.checkout_form().await;
    shop.with_db(|conn| reprice(conn, "cup", 60_000)).await;
    let page = form.send("Place order, Rp 68.000").await;
    page.expect_status(409)
        .see("Nothing has been ordered yet: something has changed")
        .see("The cup now costs Rp 60.000; it was Rp 50.000.")
        .see("The total is now Rp 78.000; it was Rp 68.000.");
    assert_eq!(order_rows(&shop).await, NOTHING);
    let page = page.form("/checkout").press("Place order, Rp 78.000").await;
    page.expect_heading("Thank you").see("Rp 78.000");
}

async fn a_changed_delivery_rate_stops_the_order(shop: TestShop) {
    let guest = with_cup(&shop).await;
    let form = guest.checkout_form().await;
    shop.with_db(|conn| {
        let mut methods = shipping::load_rules(conn)?;
        let regular = methods.iter_mut().find(|method| method.code() == "regular").unwrap();
        regular.shipping.rate = Rate::Flat { amount: Amount::new(20_000).unwrap() };
        shipping::save_rules(conn, &methods)
    })
    .await;
    let page = form.send("Place order").await;
    page.expect_status(409).see("The total is now Rp 70.000; it was Rp 68.000.");
    assert_eq!(order_rows(&shop).await, NOTHING);
}

async fn what_is_gone_is_named_and_can_be_left_out(shop: TestShop) {
    let guest = with_cup(&shop).await;
    guest.add("kenanga-candle", &[], 1).await;
    let form = guest.checkout_form().await;
    shop.with_db(|conn| {
        let cup = product_id(conn, "cup")?;
        set_status(conn, cup, Status::Archived)
    })
    .await;
    let page = form.send("Place order").await;
    page.expect_status(409).see("The cup is no longer sold.");
    let page = page.form("/checkout").press("Take out what is missing and go on").await;
    page.expect_status(200).see("We took out what is no longer available.");
    let page = page.form("/checkout").press("Place order, Rp 207.000").await;
    page.expect_heading("Thank you").see("Kenanga Candle").see_no("The cup");
}

async fn a_total_that_is_made_up_orders_nothing(shop: TestShop) {
    let guest = with_cup(&shop).await;
    for total in
        ["1", "0", "-68000", "67999", "68001", "68000.0", "", "many", "99999999999999999999"]
    {
        let form = guest.checkout_form().await.forge("total", total);
        form.send("Place order").await.expect_status(409);
    }
    guest.checkout_form().await.without("total").send("Place order").await.expect_status(409);
    assert_eq!(order_rows(&shop).await, NOTHING);
}

async fn an_amount_posted_in_any_field_changes_nothing(shop: TestShop) {
    let guest = with_cup(&shop).await;
    let names = [
        "price",
        "amount",
        "goods_amount",
        "total_amount",
        "unit_amount",
        "discount",
        "discount_amount",
        "tax",
        "tax_amount",
        "delivery_amount",
        "shipping",
        "rounding",
        "quantity",
        "payment_status",
    ];
    let form = guest.checkout_form().await;
    let form = names.iter().fold(form, |form, name| form.forge(name, "1"));
    form.press("Place order").await.expect_heading("Thank you").see("Rp 68.000");
    let (total, paid): (i64, String) = shop
        .with_db(|conn| {
            use etalase::db::schema::orders;
            Ok(orders::table.select((orders::total_amount, orders::payment_status)).first(conn)?)
        })
        .await;
    assert_eq!((total, paid.as_str()), (68_000, "unpaid"));
}

async fn a_choice_that_is_not_offered_is_not_taken(shop: TestShop) {
    let guest = with_cup(&shop).await;
    for (field, value) in [
        ("delivery", "free"),
        ("delivery", "airmail"),
        ("payment", "gift"),
        ("payment", "CASH_ON_DELIVERY"),
        ("payment", ""),
    ] {
        let form = guest.checkout_form().await.forge(field, value);
        let page = form.send("Place order").await;
        assert!(matches!(page.status, 409 | 422), "{field}={value}: {}", page.status);
    }
    // Cash where no courier takes any.
    let page = guest.checkout_form().await.choose("country", "SG").press("Continue").await;
    let form = page.form("/checkout").fill("postcode", "238801");
    form.forge("payment", "cash_on_delivery").send("Place order").await.expect_status(422);
    assert_eq!(order_rows(&shop).await, NOTHING);
}

async fn a_checkout_without_a_cart_leads_to_the_cart(shop: TestShop) {
    let visitor = shop.visitor();
    for path in ["/checkout", "/id/checkout"] {
        let page = visitor.get(path).await;
        let cart = path.replace("checkout", "cart");
        assert_eq!((page.status, page.location()), (303, Some(cart)));
    }
    let page = visitor.post("/checkout", "total=1&email=a%40b.example").await;
    assert_eq!((page.status, page.location()), (303, Some("/cart".into())));
    assert_eq!(visitor.cookies(), "");
}
