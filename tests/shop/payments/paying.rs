//! How one can pay, and what that costs.

use diesel::prelude::*;

use super::change_settings;
use crate::both;
use crate::kit::rules::need_no_delivery;
use crate::kit::{TestShop, goods};
use etalase::db::schema::{delivery_method, orders, payment};

both!(
    cash_on_delivery_adds_its_fee_to_the_bill,
    cash_on_delivery_has_a_limit,
    an_order_of_nothing_has_no_payment_and_is_paid,
    an_order_of_nothing_to_pay_and_nothing_to_send_is_completed,
    the_page_of_an_order_says_how_far_it_has_come,
);

async fn cup(shop: &TestShop, price: i64) {
    shop.with_db(move |conn| goods("cup").costing(price).on_hand(10).put(conn)).await;
}

async fn cash_on_delivery_adds_its_fee_to_the_bill(shop: TestShop) {
    change_settings(&shop, |settings| settings.cash_on_delivery.fee = 5_000).await;
    cup(&shop, 100_000).await;
    let shopper = shop.shopper();
    shopper.add("cup", &[], 1).await;
    let form = shopper.checkout_form().await.choose("payment", "cash_on_delivery");
    // She has seen the total without the fee: she is told, and asked again.
    let page = form.press("Place order").await;
    page.expect_status(409).see("Rp 5.000");
    page.form("/checkout").press("Place order").await.expect_heading("Thank you").see("Rp 5.000");
    let sums = |conn: &mut _| {
        Ok(orders::table
            .inner_join(payment::table)
            .select((orders::fee_amount, orders::total_amount, payment::amount))
            .first::<(i64, i64, i64)>(conn)?)
    };
    let (fee, total, due) = shop.with_db(sums).await;
    assert_eq!((fee, due), (5_000, total));
}

async fn cash_on_delivery_has_a_limit(shop: TestShop) {
    change_settings(&shop, |settings| settings.cash_on_delivery.up_to = 250_000).await;
    cup(&shop, 100_000).await;
    let shopper = shop.shopper();
    shopper.add("cup", &[], 2).await;
    let form = shopper.checkout_form().await;
    assert_eq!(form.choices("payment"), ["bank_transfer", "cash_on_delivery"]);
    shopper.add("cup", &[], 1).await;
    let form = shopper.checkout_form().await;
    assert_eq!(form.choices("payment"), ["bank_transfer"]);
    let forged = form.forge("payment", "cash_on_delivery").press("Place order").await;
    forged.expect_status(422);
    assert_eq!(shop.with_db(|conn| Ok(orders::table.count().get_result::<i64>(conn)?)).await, 0);
}

async fn an_order_of_nothing_has_no_payment_and_is_paid(shop: TestShop) {
    cup(&shop, 0).await;
    shop.with_db(|conn| {
        let free = (
            delivery_method::free_over_amount.eq(Some(0)),
            delivery_method::free_over_basis.eq(Some("before_discount")),
        );
        diesel::update(delivery_method::table).set(free).execute(conn)?;
        etalase::settings::announce(conn)
    })
    .await;
    let shopper = shop.shopper();
    shopper.add("cup", &[], 1).await;
    let form = shopper.checkout_form().await;
    assert!(!form.names().contains(&"payment"), "no way to pay is asked for");
    form.press("Place order").await.expect_heading("Thank you").see("Nothing to pay");
    assert_eq!(super::statuses(&shop).await, ["placed", "paid"]);
    let rows = |conn: &mut _| {
        let method = orders::table.select(orders::payment_method).first::<String>(conn)?;
        Ok((method, payment::table.count().get_result::<i64>(conn)?))
    };
    assert_eq!(shop.with_db(rows).await, ("free".to_owned(), 0));
}

async fn an_order_of_nothing_to_pay_and_nothing_to_send_is_completed(shop: TestShop) {
    cup(&shop, 0).await;
    shop.with_db(|conn| need_no_delivery(conn, "cup")).await;
    let shopper = shop.shopper();
    shopper.add("cup", &[], 2).await;
    shopper.order().await.see("Nothing to pay").see_no("What happens next");
    assert_eq!(super::statuses(&shop).await, ["completed", "paid"]);
    assert_eq!(super::level(&shop).await, (8, 0), "it is handed over");
    super::balances(&shop).await;
}

async fn the_page_of_an_order_says_how_far_it_has_come(shop: TestShop) {
    let order = super::ordered(&shop).await;
    let token = |conn: &mut _| Ok(orders::table.select(orders::token).first::<String>(conn)?);
    let path = format!("/orders/{}", shop.with_db(token).await);
    let guest = shop.visitor();
    guest.get(&path).await.see("not paid yet").see("Transfer Rp");
    let all = super::total(&shop).await;
    super::take(&shop, order, all - 7_000, "part").await.unwrap();
    guest.get(&path).await.see("paid in part").see("Transfer Rp 7.000 to us");
    super::take(&shop, order, 7_000, "rest").await.unwrap();
    guest.get(&path).await.see("Bank transfer: paid").see_no("Transfer Rp");
    let parcel = |number: &str, url: &str| etalase::fulfilment::Parcel {
        tracking_number: number.into(),
        tracking_url: url.into(),
        lines: vec![etalase::fulfilment::Wanted {
            position: 0,
            quantity: etalase::values::Quantity::new(2).unwrap(),
        }],
        ..Default::default()
    };
    for sent in [parcel("J1", "https://jne.example/J1"), parcel("J2", "javascript:alert(1)")] {
        let ship = move |conn: &mut _| {
            etalase::fulfilment::ship(conn, order, &sent, &super::rani()).map(|_| ())
        };
        super::run(&shop, ship).await.unwrap();
    }
    let page = guest.get(&path).await;
    page.see("2 × ").see("J2");
    assert_eq!(page.link("Track parcel J1"), "https://jne.example/J1");
    assert!(!page.source().contains("javascript:"));
}
