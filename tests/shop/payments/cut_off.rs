//! A shopper whose browser, network or gateway fails at any step finds her cart or her order: never
//! neither, never two.

use chrono::TimeDelta;
use diesel::prelude::*;
use futures_util::future::{join, join_all};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::time::timeout;

use super::hosted::{ACTS, PAY, open, order_path, ordered, press, tries};
use super::{level, statuses};
use crate::both;
use crate::kit::{Dbms, Mood, Office, TestShop, goods, office};
use etalase::db::schema::{order_event, orders, payment, rehearsal};
use etalase::ids::AttemptToken;
use etalase::money::{Currency, Money};
use etalase::orders::Payment;
use etalase::payments::{Started, begin, start, sweep};
use etalase::web::visit::now;

both!(
    who_hangs_up_while_she_orders_has_one_order,
    who_never_sees_the_payment_page_finds_her_order_where_her_cart_was,
    who_has_lost_everything_is_led_back_by_a_mail,
    a_gateway_that_is_down_on_the_way_back_is_asked_again,
    a_way_back_that_is_taken_twice_at_once_pays_once,
    two_windows_that_pay_in_two_ways_pay_once,
    the_back_button_after_paying_leads_to_the_paid_order,
    what_is_put_into_the_cart_meanwhile_stays_there,
    a_page_that_is_opened_while_its_order_ends_is_closed_with_it,
);

async fn count(shop: &TestShop) -> i64 {
    shop.with_db(|conn| Ok(orders::table.count().get_result(conn)?)).await
}

async fn who_hangs_up_while_she_orders_has_one_order(dbms: Dbms) {
    let shop = open(dbms).await;
    shop.with_db(|conn| goods("cup").costing(90_000).on_hand(10).put(conn)).await;
    let shopper = shop.shopper();
    shopper.add("cup", &[], 5).await;
    let form = shopper.checkout_form().await.choose("payment", "rehearsal");
    for millis in [0, 1, 3, 10, 30] {
        // The connection is cut, wherever the shop is with it.
        let _ = timeout(Duration::from_millis(millis), form.clone().send("Place order")).await;
        let page = shopper.cart().await;
        page.see("The cup");
        if page.url.path() != "/cart" {
            // It waits for her money, whether the gateway had made its page or not.
            page.see("Pay Rp");
            break;
        }
    }
    form.press("Place order").await.expect_heading("Test payment: no money moves");
    let tries = tries(&shop).await;
    assert_eq!((count(&shop).await, tries.last().map(String::as_str)), (1, Some("open")));
    assert_eq!(level(&shop).await, (10, 5));
}

async fn who_never_sees_the_payment_page_finds_her_order_where_her_cart_was(dbms: Dbms) {
    for path in ["/cart", "/checkout"] {
        let shop = open(dbms).await;
        shop.with_db(|conn| goods("cup").costing(90_000).on_hand(10).put(conn)).await;
        let shopper = shop.shopper();
        shopper.add("cup", &[], 5).await;
        let form = shopper.checkout_form().await.choose("payment", "rehearsal");
        form.send("Place order").await.expect_status(303);
        let order = shopper.open(path).await;
        order.expect_heading("Your order is waiting for payment");
        press(&order.form(PAY).press("Pay Rp").await, "Pay Rp").await.expect_heading("Thank you");
        assert_eq!((count(&shop).await, statuses(&shop).await[1].as_str()), (1, "paid"));
    }
}

async fn who_has_lost_everything_is_led_back_by_a_mail(dbms: Dbms) {
    let shop = open(dbms).await;
    ordered(&shop).await;
    let office = Office::of(&shop);
    office.work().await;
    office.later(TimeDelta::minutes(16));
    office.work().await;
    let mails = office::mails(&shop).await;
    let mail = mails.iter().find(|mail| mail.template == "payment_waiting").unwrap();
    let link = mail.text.split_whitespace().find(|word| word.contains("/orders/")).unwrap();
    let order = shop.visitor().open(link).await;
    order.expect_heading("Your order is waiting for payment");
    press(&order.form(PAY).press("Pay Rp").await, "Pay Rp").await.expect_heading("Thank you");
    assert_eq!(statuses(&shop).await, ["placed", "paid"]);
}

async fn a_gateway_that_is_down_on_the_way_back_is_asked_again(dbms: Dbms) {
    let mood = Mood::default();
    let shop = TestShop::open_hosted(dbms, &mood).await;
    let (shopper, page) = ordered(&shop).await;
    let answer = page.form(ACTS).send("Pay Rp").await;
    mood.is_silent();
    let back = shopper.visitor.open(&answer.location().unwrap()).await;
    back.expect_heading("Your order is waiting for payment").see("I have paid, look again");
    assert_eq!(statuses(&shop).await, ["pending", "unpaid"]);
    mood.works();
    sweep(&shop.shop.db, &shop.gateways, now() + TimeDelta::minutes(5)).await.unwrap();
    shopper.visitor.open(back.url.path()).await.expect_heading("Thank you");
    assert_eq!(statuses(&shop).await, ["placed", "paid"]);
}

async fn a_way_back_that_is_taken_twice_at_once_pays_once(dbms: Dbms) {
    let shop = open(dbms).await;
    let (_, page) = ordered(&shop).await;
    let back = page.form(ACTS).send("Pay Rp").await.location().unwrap();
    let windows: Vec<_> = (0..4).map(|_| shop.visitor()).collect();
    join_all(windows.iter().map(|window| window.open(&back))).await;
    windows[0].open(&back).await.expect_heading("Thank you");
    let paid = |conn: &mut _| {
        let paid = order_event::table.filter(order_event::kind.eq("paid"));
        Ok(paid.count().get_result::<i64>(conn)?)
    };
    assert_eq!((shop.with_db(paid).await, statuses(&shop).await[1].as_str()), (1, "paid"));
}

async fn two_windows_that_pay_in_two_ways_pay_once(dbms: Dbms) {
    let shop = open(dbms).await;
    let (shopper, page) = ordered(&shop).await;
    let ways = shopper.open(&format!("{}/pay", order_path(&shop).await)).await;
    let transfer = ways.form(PAY).choose("payment", "bank_transfer");
    let one = page.form(ACTS).press("Pay Rp");
    join(one, transfer.press("Pay Rp")).await;
    Office::of(&shop).work().await;
    let captured = |conn: &mut _| {
        let amounts = payment::table.select(payment::captured_amount).load::<i64>(conn)?;
        Ok(amounts.into_iter().sum::<i64>())
    };
    let (captured, total) = (shop.with_db(captured).await, super::total(&shop).await);
    // Whichever was first: her money is here and the order paid, or the page had closed before.
    match statuses(&shop).await {
        [status, payment] if payment == "paid" => {
            assert_eq!((status.as_str(), captured), ("placed", total));
        }
        [status, payment] => {
            assert_eq!((status.as_str(), payment.as_str(), captured), ("placed", "unpaid", 0));
            assert_eq!(tries(&shop).await, ["expired", "open"]);
        }
    }
}

async fn the_back_button_after_paying_leads_to_the_paid_order(dbms: Dbms) {
    let shop = open(dbms).await;
    let (shopper, page) = ordered(&shop).await;
    press(&page, "Pay Rp").await.expect_heading("Thank you");
    let once_more = shopper.visitor.open(page.url.path()).await;
    once_more.see("This payment is done").go("Back to the shop").await.expect_heading("Thank you");
    shopper.open("/checkout").await.see("Your cart is empty");
    assert_eq!((count(&shop).await, tries(&shop).await), (1, vec!["captured".to_owned()]));
}

async fn what_is_put_into_the_cart_meanwhile_stays_there(dbms: Dbms) {
    let shop = open(dbms).await;
    let (shopper, page) = ordered(&shop).await;
    shopper.add("kenanga-candle", &[], 1).await.see("Kenanga").see_no("The cup");
    page.go("Leave without paying").await.expect_heading("Your order is waiting for payment");
    shopper.cart().await.see("Kenanga");
    press(&page, "Pay Rp").await;
    Office::of(&shop).work().await;
    let order = shopper.open(&order_path(&shop).await).await;
    order.expect_heading("Thank you").see_no("Kenanga");
    shopper.cart().await.see("Kenanga");
    assert_eq!((count(&shop).await, statuses(&shop).await[1].as_str()), (1, "paid"));
}

async fn a_page_that_is_opened_while_its_order_ends_is_closed_with_it(dbms: Dbms) {
    let mood = Mood::default();
    let shop = TestShop::open_hosted(dbms, &mood).await;
    ordered(&shop).await;
    let (second, gateways) = (another_try(&shop).await, shop.gateways.clone());
    let (db, known) = (shop.shop.db.clone(), gateways.clone());
    mood.at_the_next_cancel(move || {
        let opened = start(&db, &known, second, "http://back.example/".into(), now());
        assert!(matches!(Handle::current().block_on(opened), Ok(Ok(Started::Page { .. }))));
    });
    let later = now() + TimeDelta::days(1);
    assert_eq!(sweep(&shop.shop.db, &gateways, later).await.unwrap().cancelled, 1);
    assert_eq!(tries(&shop).await, ["expired", "expired"]);
    let pages =
        |conn: &mut _| Ok(rehearsal::table.select(rehearsal::status).load::<String>(conn)?);
    assert_eq!(shop.with_db(pages).await, ["expired", "expired"]);
}

/// Of the order that waits: written, and its page not asked for yet.
async fn another_try(shop: &TestShop) -> AttemptToken {
    let gateway = shop.gateways.find(Payment::Rehearsal).unwrap().clone();
    shop.with_db(move |conn| {
        let of = (orders::id, orders::total_amount, orders::pay_until);
        let (order, total, until) = orders::table.select(of).first(conn)?;
        let due = Money::new(total, Currency::parse("IDR").unwrap());
        Ok(begin(conn, order, &*gateway, (due, until), now())?.unwrap())
    })
    .await
}
