//! Paying on a gateway's page, as a shopper walks there and back.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use futures_util::future::join_all;

use super::{change_settings, level, statuses};
use crate::both;
use crate::kit::{Dbms, Mood, Office, Page, Shopper, TestShop, goods, office};
use etalase::db::schema::{invoice, order_event, orders, payment, payment_inbox, refund};
use etalase::payments::sweep;
use etalase::settings::InvoiceAt;
use etalase::web::visit::now;

both!(
    a_shopper_pays_on_the_gateways_page,
    the_test_page_is_there_where_the_operator_says_so_and_nowhere_else,
    the_pages_of_gateways_stand_in_the_policy_for_forms,
    a_double_click_and_the_back_button_lead_to_one_page,
    a_gateway_that_gives_no_answer_leaves_the_order_to_be_paid,
    a_gateway_that_refuses_leaves_the_order_to_be_paid,
    a_page_elsewhere_is_not_followed,
    whoever_turns_back_finds_the_order_where_the_cart_was,
    an_answer_that_gets_lost_leaves_the_order_where_the_cart_was,
    the_way_back_needs_no_cookie_and_no_notice,
    a_forged_way_back_tells_nothing,
    a_notice_alone_pays_the_order_once,
    a_declined_payment_is_made_again,
    tries_on_two_pages_are_never_open_together,
    another_way_to_pay_places_the_order,
    money_that_takes_its_time_is_waited_for,
    an_order_that_is_not_paid_gives_its_goods_back,
    a_gateway_that_hangs_keeps_its_order_and_no_other,
    money_after_the_end_takes_the_order_up_again,
    another_try_holds_the_goods_for_longer_within_bounds,
    a_refund_goes_back_through_the_gateway,
    a_test_order_says_so_and_has_no_invoice,
    an_order_of_a_gateway_that_is_gone_is_paid_another_way,
);

/// The buttons of the gateway's page.
pub const ACTS: &str = "form.pay-acts";
/// What pays an order now.
pub const PAY: &str = "form[action$='/pay']";

/// A shop where five cups are ordered; the page is the answer to the order.
pub async fn ordered(shop: &TestShop) -> (Shopper, Page) {
    shop.with_db(|conn| goods("cup").costing(90_000).on_hand(10).put(conn)).await;
    let shopper = shop.shopper();
    shopper.add("cup", &[], 5).await;
    let form = shopper.checkout_form().await.choose("payment", "rehearsal");
    let page = form.press("Place order").await;
    (shopper, page)
}

pub async fn open(dbms: Dbms) -> TestShop {
    TestShop::open_hosted(dbms, &Mood::default()).await
}

/// Presses a button of the gateway's page.
pub async fn press(page: &Page, button: &str) -> Page {
    page.form(ACTS).press(button).await
}

pub async fn order_path(shop: &TestShop) -> String {
    let token = |conn: &mut _| Ok(orders::table.select(orders::token).first::<String>(conn)?);
    format!("/orders/{}", shop.with_db(token).await)
}

/// The status of each try, the oldest first.
pub async fn tries(shop: &TestShop) -> Vec<String> {
    shop.with_db(|conn| Ok(payment::table.order(payment::id).select(payment::status).load(conn)?))
        .await
}

/// What was written to whom, by template.
async fn mails(shop: &TestShop) -> Vec<String> {
    Office::of(shop).work().await;
    office::mails(shop).await.into_iter().map(|mail| mail.template).collect()
}

async fn pay_until(shop: &TestShop) -> NaiveDateTime {
    let until = |conn: &mut _| {
        Ok(orders::table.select(orders::pay_until).first::<Option<NaiveDateTime>>(conn)?)
    };
    shop.with_db(until).await.unwrap()
}

async fn a_shopper_pays_on_the_gateways_page(dbms: Dbms) {
    let shop = open(dbms).await;
    let (shopper, page) = ordered(&shop).await;
    page.expect_heading("Test payment: no money moves");
    assert_eq!(statuses(&shop).await, ["pending", "unpaid"]);
    assert_eq!(level(&shop).await, (10, 5), "its goods are held");
    let order = press(&page, "Pay Rp").await;
    order.expect_heading("Thank you").see("Test payment: paid").see("We pack your order now");
    assert_eq!(statuses(&shop).await, ["placed", "paid"]);
    shopper.cart().await.see("Your cart is empty");
    assert_eq!(mails(&shop).await, ["order_placed", "new_order"], "one of order and payment");
    for mail in office::mails(&shop).await {
        assert!(mail.subject.starts_with("Test: "), "{}", mail.subject);
        for body in [mail.text, mail.html] {
            assert!(body.contains("Test order: no money moves"), "{body}");
        }
    }
    assert_eq!(statuses(&shop).await, ["placed", "paid"]);
}

async fn the_test_page_is_there_where_the_operator_says_so_and_nowhere_else(dbms: Dbms) {
    use crate::kit::FreshDatabase;
    use etalase::config::Switch;
    let offered = async |on| {
        let change = |settings: &mut etalase::config::Settings| settings.test_payments = on;
        let shop = TestShop::open_with(FreshDatabase::filled(dbms), change).await;
        let shopper = shop.shopper();
        shopper.add("kenanga-candle", &[], 1).await;
        shopper.checkout_form().await.choices("payment").contains(&"rehearsal")
    };
    assert!(!offered(Switch::Off).await);
    assert!(offered(Switch::On).await);
}

async fn the_pages_of_gateways_stand_in_the_policy_for_forms(dbms: Dbms) {
    let shop = open(dbms).await;
    let policy = shop.visitor().get("/").await.header("content-security-policy").to_owned();
    assert!(policy.ends_with(&format!("form-action 'self' {}", shop.url)), "{policy}");
}

async fn a_double_click_and_the_back_button_lead_to_one_page(dbms: Dbms) {
    let shop = open(dbms).await;
    shop.with_db(|conn| goods("cup").costing(90_000).on_hand(10).put(conn)).await;
    let shopper = shop.shopper();
    shopper.add("cup", &[], 5).await;
    let form = shopper.checkout_form().await.choose("payment", "rehearsal");
    let clicks = join_all((0..6).map(|_| form.clone().send("Place order"))).await;
    let again = form.send("Place order").await;
    let place = again.location().unwrap();
    assert!(place.contains("/payments/rehearsal/"), "{place}");
    assert!(clicks.iter().all(|page| page.location().as_ref() == Some(&place)));
    assert_eq!(tries(&shop).await, ["open"]);
    let page = shopper.visitor.get(&place).await;
    press(&page, "Pay Rp").await.expect_heading("Thank you");
    press(&page, "Decline").await.expect_heading("Thank you");
    assert_eq!(statuses(&shop).await, ["placed", "paid"]);
}

async fn a_gateway_that_gives_no_answer_leaves_the_order_to_be_paid(dbms: Dbms) {
    let mood = Mood::default();
    mood.is_silent();
    let shop = TestShop::open_hosted(dbms, &mood).await;
    let (_, page) = ordered(&shop).await;
    page.expect_heading("The payment page did not open").see("until");
    let still = page.form(PAY).press("Pay Rp").await;
    still.expect_heading("The payment page did not open");
    mood.works();
    let page = still.form(PAY).press("Pay Rp").await;
    page.expect_heading("Test payment: no money moves");
    assert_eq!((tries(&shop).await, mood.started()), (vec!["open".to_owned()], 3));
    press(&page, "Pay Rp").await.expect_heading("Thank you");
}

async fn a_gateway_that_refuses_leaves_the_order_to_be_paid(dbms: Dbms) {
    let mood = Mood::default();
    mood.refuses();
    let shop = TestShop::open_hosted(dbms, &mood).await;
    let (_, page) = ordered(&shop).await;
    page.expect_heading("Your payment did not go through").see("Pay another way");
    mood.works();
    let page = page.form(PAY).press("Pay Rp").await;
    page.expect_heading("Test payment: no money moves");
    assert_eq!(tries(&shop).await, ["failed", "open"]);
}

async fn a_page_elsewhere_is_not_followed(dbms: Dbms) {
    let mood = Mood::default();
    mood.strays();
    let shop = TestShop::open_hosted(dbms, &mood).await;
    let (_, page) = ordered(&shop).await;
    page.expect_heading("Your payment did not go through");
    assert_eq!(tries(&shop).await, ["failed"]);
}

async fn whoever_turns_back_finds_the_order_where_the_cart_was(dbms: Dbms) {
    let shop = open(dbms).await;
    let (shopper, page) = ordered(&shop).await;
    let left = page.go("Leave without paying").await;
    left.expect_heading("Your order is waiting for payment");
    assert_eq!(statuses(&shop).await, ["pending", "unpaid"]);
    shopper.cart().await.see("Your cart is empty");
    let order = order_path(&shop).await;
    let page = shopper.open(&order).await.form(PAY).press("Pay Rp").await;
    page.expect_heading("Test payment: no money moves");
    assert_eq!(tries(&shop).await, ["open"], "the same page");
}

async fn an_answer_that_gets_lost_leaves_the_order_where_the_cart_was(dbms: Dbms) {
    let mood = Mood::default();
    mood.is_silent();
    let shop = TestShop::open_hosted(dbms, &mood).await;
    shop.with_db(|conn| goods("cup").on_hand(10).put(conn)).await;
    let shopper = shop.shopper();
    shopper.add("cup", &[], 1).await;
    let form = shopper.checkout_form().await.choose("payment", "rehearsal");
    // Two clicks: the browser keeps the cookies of both answers, and goes where the second leads.
    form.clone().send("Place order").await.expect_status(303);
    mood.works();
    form.press("Place order").await.expect_heading("Test payment: no money moves");
    shopper.cart().await.expect_heading("Your order is waiting for payment");
    shopper.cart().await.see("Your cart is empty");
}

async fn the_way_back_needs_no_cookie_and_no_notice(dbms: Dbms) {
    let shop = open(dbms).await;
    let (_, page) = ordered(&shop).await;
    let answer = page.form(ACTS).send("Pay Rp").await;
    let back = answer.location().unwrap();
    assert_eq!(statuses(&shop).await, ["pending", "unpaid"], "nothing is believed yet");
    let elsewhere = shop.visitor();
    elsewhere.open(&format!("{back}?status=failed")).await.expect_heading("Thank you");
    assert_eq!(statuses(&shop).await, ["placed", "paid"]);
    elsewhere.open(&back).await.expect_heading("Thank you");
    assert_eq!(tries(&shop).await, ["captured"]);
}

async fn a_forged_way_back_tells_nothing(dbms: Dbms) {
    let shop = open(dbms).await;
    ordered(&shop).await;
    let order = order_path(&shop).await;
    let forged = "0123456789abcdef0123456789abcdef";
    let visitor = shop.visitor();
    visitor.get(&format!("{order}/payments/{forged}")).await.expect_status(404);
    visitor.get(&format!("{order}/payments/x")).await.expect_status(404);
    let attempt =
        |conn: &mut _| Ok(payment::table.select(payment::attempt).first::<String>(conn)?);
    let attempt = shop.with_db(attempt).await;
    visitor.get(&format!("/orders/{forged}/payments/{attempt}")).await.expect_status(404);
    let real = visitor.open(&format!("{order}/payments/{attempt}?paid=yes&status=paid")).await;
    real.expect_heading("Your order is waiting for payment");
    assert_eq!(statuses(&shop).await, ["pending", "unpaid"]);
}

async fn a_notice_alone_pays_the_order_once(dbms: Dbms) {
    let shop = open(dbms).await;
    let (_, page) = ordered(&shop).await;
    for _ in 0..2 {
        // Her browser dies before it is back.
        page.form(ACTS).send("Pay Rp").await.expect_status(303);
    }
    Office::of(&shop).work().await;
    assert_eq!(statuses(&shop).await, ["placed", "paid"]);
    let kept = |conn: &mut _| {
        let paid = order_event::table.filter(order_event::kind.eq("paid")).count();
        Ok((payment_inbox::table.count().get_result::<i64>(conn)?, paid.get_result::<i64>(conn)?))
    };
    assert_eq!(shop.with_db(kept).await, (1, 1));
}

async fn a_declined_payment_is_made_again(dbms: Dbms) {
    let shop = open(dbms).await;
    let (shopper, page) = ordered(&shop).await;
    let declined = press(&page, "Decline").await;
    declined.expect_heading("Your payment did not go through").see("No money has reached us");
    let clicks = join_all((0..4).map(|_| declined.form(PAY).send("Pay Rp"))).await;
    let place = clicks[0].location().unwrap();
    assert!(clicks.iter().all(|page| page.location().as_ref() == Some(&place)));
    assert_eq!(tries(&shop).await, ["failed", "open"], "four clicks, one try");
    let page = shopper.visitor.get(&place).await;
    press(&page, "Pay Rp").await.expect_heading("Thank you");
    // The form of yesterday, pressed once more.
    declined.form(PAY).press("Pay Rp").await.expect_heading("Thank you");
    assert_eq!(tries(&shop).await, ["failed", "captured"]);
    assert_eq!(statuses(&shop).await, ["placed", "paid"]);
}

async fn tries_on_two_pages_are_never_open_together(dbms: Dbms) {
    let shop = open(dbms).await;
    let (shopper, page) = ordered(&shop).await;
    // What is still due changes: part of it comes by transfer.
    let pay = format!("{}/pay", order_path(&shop).await);
    let way = shopper.open(&pay).await.form(PAY).choose("payment", "bank_transfer");
    way.press("Pay Rp").await.expect_heading("Thank you").see("Transfer Rp");
    assert_eq!(tries(&shop).await, ["expired", "open"], "the page of the gateway is closed");
    press_closed(&shop, &page).await;
    let id = |conn: &mut _| Ok(orders::table.select(orders::id).first(conn)?);
    let order = shop.with_db(id).await;
    super::take(&shop, order, 100_000, "part").await.unwrap();
    let way = shopper.open(&pay).await.form(PAY).choose("payment", "rehearsal");
    let second = way.press("Pay Rp").await;
    let rest = |conn: &mut _| {
        let newest = payment::table.order(payment::id.desc()).select(payment::amount);
        let all = orders::table.select(orders::total_amount).first::<i64>(conn)?;
        Ok((newest.first::<i64>(conn)?, all - 100_000))
    };
    let (asked, due) = shop.with_db(rest).await;
    assert_eq!(asked, due, "no more than is still due");
    press(&second, "Pay Rp").await;
    assert_eq!(statuses(&shop).await, ["placed", "paid"]);
}

/// The page was closed by the shop: its buttons do nothing.
async fn press_closed(shop: &TestShop, page: &Page) {
    page.form(ACTS).send("Pay Rp").await.expect_status(303);
    shop.visitor().get(page.url.path()).await.see("This page has closed");
}

async fn another_way_to_pay_places_the_order(dbms: Dbms) {
    let shop = open(dbms).await;
    let (_, page) = ordered(&shop).await;
    let declined = press(&page, "Decline").await;
    let ways = declined.go("Pay another way").await;
    let form = ways.form(PAY);
    assert_eq!(form.choices("payment"), ["rehearsal", "bank_transfer", "cash_on_delivery"]);
    let order = form.choose("payment", "bank_transfer").press("Pay Rp").await;
    order.expect_heading("Thank you").see("Transfer Rp").see("Bank transfer");
    assert_eq!(statuses(&shop).await, ["placed", "unpaid"]);
    assert!(pay_until(&shop).await > now() + TimeDelta::days(2), "it waits as transfers do");
    let invoices = |conn: &mut _| Ok(invoice::table.count().get_result::<i64>(conn)?);
    assert_eq!(shop.with_db(invoices).await, 1);
    assert_eq!(mails(&shop).await, ["order_placed", "new_order"], "now that she has ordered");
    declined.form(PAY).forge("payment", "stripe").press("Pay Rp").await.see("Pay for order");
}

async fn money_that_takes_its_time_is_waited_for(dbms: Dbms) {
    let shop = open(dbms).await;
    let (shopper, page) = ordered(&shop).await;
    let order = press(&page, "Pay, but").await;
    order.expect_heading("Your payment is on its way").see_no("Pay another way");
    assert_eq!(tries(&shop).await, ["processing"]);
    let later = now() + TimeDelta::hours(5);
    assert_eq!(sweep(&shop.shop.db, &shop.gateways, later).await.unwrap().cancelled, 0);
    // Whoever would pay once more is shown that it is on its way.
    let pay = format!("{}/pay", order_path(&shop).await);
    let once_more = shopper.visitor.post(&pay, "").await;
    assert_eq!(once_more.location().unwrap(), order_path(&shop).await);
    let office = Office::of(&shop);
    office.later(TimeDelta::minutes(2));
    office.work().await;
    order.go("I have paid, look again").await.expect_heading("Thank you");
    assert_eq!(statuses(&shop).await, ["placed", "paid"]);
}

async fn an_order_that_is_not_paid_gives_its_goods_back(dbms: Dbms) {
    let shop = open(dbms).await;
    let (shopper, page) = ordered(&shop).await;
    for (minutes, cancelled) in [(39, 0), (41, 1), (42, 0)] {
        let later = now() + TimeDelta::minutes(minutes);
        assert_eq!(sweep(&shop.shop.db, &shop.gateways, later).await.unwrap().cancelled, cancelled);
    }
    assert_eq!(statuses(&shop).await, ["cancelled", "unpaid"]);
    assert_eq!((level(&shop).await, tries(&shop).await), ((10, 0), vec!["expired".to_owned()]));
    press_closed(&shop, &page).await;
    let order = order_path(&shop).await;
    shopper.open(&order).await.expect_heading("This order is cancelled").see_no("Pay another way");
    let pay = shopper.visitor.post(&format!("{order}/pay"), "payment=bank_transfer").await;
    assert_eq!(pay.location().unwrap(), order);
    assert_eq!(statuses(&shop).await, ["cancelled", "unpaid"]);
}

async fn a_gateway_that_hangs_keeps_its_order_and_no_other(dbms: Dbms) {
    let mood = Mood::default();
    let shop = TestShop::open_hosted(dbms, &mood).await;
    ordered(&shop).await;
    let other = shop.shopper();
    other.add("cup", &[], 2).await;
    other.checkout_form().await.choose("payment", "bank_transfer").press("Place order").await;
    mood.is_silent();
    let later = now() + TimeDelta::days(9);
    assert_eq!(sweep(&shop.shop.db, &shop.gateways, later).await.unwrap().cancelled, 1);
    assert_eq!(level(&shop).await, (10, 5), "it may have the money");
    mood.works();
    let after = later + TimeDelta::minutes(6);
    assert_eq!(sweep(&shop.shop.db, &shop.gateways, after).await.unwrap().cancelled, 1);
    assert_eq!(level(&shop).await, (10, 0));
}

async fn money_after_the_end_takes_the_order_up_again(dbms: Dbms) {
    let shop = open(dbms).await;
    let (_, page) = ordered(&shop).await;
    let id = |conn: &mut _| Ok(orders::table.select(orders::id).first(conn)?);
    let order = shop.with_db(id).await;
    let cancel = move |conn: &mut _| super::overdue(conn, order);
    super::run(&shop, cancel).await.unwrap();
    // The gateway does not know: its page is open, and she pays.
    press(&page, "Pay Rp").await.expect_heading("Thank you");
    assert_eq!(statuses(&shop).await, ["placed", "paid"]);
    assert_eq!(level(&shop).await, (10, 5));
}

async fn another_try_holds_the_goods_for_longer_within_bounds(dbms: Dbms) {
    let shop = open(dbms).await;
    let (shopper, page) = ordered(&shop).await;
    let first = pay_until(&shop).await;
    let order = order_path(&shop).await;
    let pay = format!("{order}/pay");
    let mut page = press(&page, "Decline").await;
    for _ in 0..5 {
        page = press(&page.form(PAY).press("Pay Rp").await, "Decline").await;
    }
    assert!(pay_until(&shop).await > first);
    assert_eq!(tries(&shop).await.len(), 6);
    let refused = page.form(PAY).press("Pay Rp").await;
    refused.see("Pay for order").see_no("Test payment");
    assert_eq!(tries(&shop).await.len(), 6, "so many are enough");
    // Long after the order another try would keep the goods from others.
    let age = |conn: &mut _| {
        diesel::delete(payment::table.filter(payment::status.eq("failed"))).execute(conn)?;
        diesel::update(orders::table)
            .set((
                orders::placed_at.eq(now() - TimeDelta::minutes(125)),
                orders::pay_until.eq(now() + TimeDelta::minutes(30)),
            ))
            .execute(conn)?;
        Ok(())
    };
    shop.with_db(age).await;
    shopper.open(&pay).await.see_no("Test payment").see("Bank transfer");
}

async fn a_refund_goes_back_through_the_gateway(dbms: Dbms) {
    let mood = Mood::default();
    let shop = TestShop::open_hosted(dbms, &mood).await;
    let (_, page) = ordered(&shop).await;
    press(&page, "Pay Rp").await;
    let id = |conn: &mut _| Ok(orders::table.select(orders::id).first(conn)?);
    let order = shop.with_db(id).await;
    let give = move |conn: &mut _| {
        let giving = etalase::payments::Giving::Amount(90_000);
        etalase::payments::refund(conn, order, &giving, "chipped", &super::rani())
    };
    super::run(&shop, give).await.unwrap();
    let state =
        || shop.with_db(|conn| Ok(refund::table.select(refund::status).first::<String>(conn)?));
    mood.is_silent();
    let office = Office::of(&shop);
    office.work().await;
    assert_eq!(state().await, "pending");
    mood.works();
    office.later(TimeDelta::minutes(10));
    office.work().await;
    assert_eq!(state().await, "done");
    assert_eq!(statuses(&shop).await, ["placed", "part_refunded"]);
}

async fn a_test_order_says_so_and_has_no_invoice(dbms: Dbms) {
    for at in [InvoiceAt::Placed, InvoiceAt::Paid] {
        let shop = open(dbms).await;
        change_settings(&shop, move |settings| settings.invoicing.at = at).await;
        let (_, page) = ordered(&shop).await;
        press(&page, "Pay Rp").await.see("Test order: no money moves");
        let invoices = |conn: &mut _| Ok(invoice::table.count().get_result::<i64>(conn)?);
        assert_eq!(shop.with_db(invoices).await, 0, "no number of the books is used up");
    }
}

async fn an_order_of_a_gateway_that_is_gone_is_paid_another_way(dbms: Dbms) {
    let mood = Mood::default();
    let shop = TestShop::open_hosted(dbms, &mood).await;
    ordered(&shop).await;
    let gone = |conn: &mut _| {
        diesel::update(orders::table).set(orders::payment_method.eq("stripe")).execute(conn)?;
        diesel::update(payment::table).set(payment::gateway.eq("stripe")).execute(conn)?;
        Ok(())
    };
    shop.with_db(gone).await;
    let page = shop.visitor().open(&order_path(&shop).await).await;
    let ways = page.form(PAY).press("Pay Rp").await;
    ways.see("Pay for order");
    let order = ways.form(PAY).choose("payment", "bank_transfer").press("Pay Rp").await;
    order.expect_heading("Thank you").see("Transfer Rp");
}
