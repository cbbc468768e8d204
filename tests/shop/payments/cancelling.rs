//! Orders that end before anything of them was sent: the goods go back on sale once, and the money goes back.

use chrono::TimeDelta;
use diesel::prelude::*;
use futures_util::future::join_all;

use super::{balances, change_settings, level, ordered, rani, run, statuses, take, total};
use crate::both;
use crate::kit::form::Form;
use crate::kit::goods::rupiah;
use crate::kit::{Dbms, Mood, Office, Page, Shopper, TestShop, goods};
use etalase::db::schema::{invoice, orders};
use etalase::fulfilment::{Parcel, ship};
use etalase::ids::OrderId;
use etalase::orders::Ending;
use etalase::payments::{RefundRow, Seen, call_off, confirm_sent, refunds_of};

both!(
    a_shopper_cancels_an_order_that_waits_for_her_money,
    a_paid_order_is_cancelled_and_its_money_promised_back,
    what_was_paid_on_a_page_goes_back_by_itself,
    what_was_paid_in_two_ways_goes_back_by_both,
    what_was_paid_too_much_goes_back_too,
    what_was_paid_in_part_goes_back,
    who_comes_too_late_is_told_why,
    what_is_wrong_with_the_reason_is_said,
    many_who_cancel_at_once_end_the_order_once,
    money_that_comes_after_she_cancelled_goes_back,
    money_that_is_promised_back_takes_no_order_up_again,
    an_order_that_is_taken_up_again_is_invoiced_anew,
    an_order_is_cancelled_in_indonesian,
);

async fn path(shop: &TestShop) -> String {
    let token: String =
        shop.with_db(|conn| Ok(orders::table.select(orders::token).first(conn)?)).await;
    format!("/orders/{token}")
}

async fn form(shopper: &Shopper, order: &str) -> Form {
    shopper.open(&format!("{order}/cancel")).await.form("form[action$='/cancel']")
}

async fn cancel(shop: &TestShop, reason: &str) -> Page {
    let form = form(&shop.shopper(), &path(shop).await).await;
    form.fill("reason", reason).press("Cancel the order").await
}

async fn refunds(shop: &TestShop, order: OrderId) -> Vec<(i64, String, String)> {
    let facts = |row: RefundRow| (row.amount, row.kind, row.status);
    let rows = shop.with_db(move |conn| refunds_of(conn, order)).await;
    rows.into_iter().map(facts).collect()
}

/// Kinds and totals, in the order in which they were issued.
async fn papers(shop: &TestShop) -> Vec<(String, i64)> {
    let papers = invoice::table.order(invoice::id).select((invoice::kind, invoice::total_amount));
    shop.with_db(move |conn| Ok(papers.load(conn)?)).await
}

/// As pages write it.
fn words(amount: i64) -> String {
    rupiah(amount).show("en").replace('\u{a0}', " ")
}

fn fact(amount: i64, kind: &str, status: &str) -> (i64, String, String) {
    (amount, kind.into(), status.into())
}

async fn a_shopper_cancels_an_order_that_waits_for_her_money(shop: TestShop) {
    ordered(&shop).await;
    let (guest, own, all) = (shop.shopper(), path(&shop).await, total(&shop).await);
    let page = guest.open(&own).await;
    let page = guest.visitor.open(&page.link("Cancel the order")).await;
    assert_eq!(page.header("cache-control"), "no-store");
    page.see("Please do not pay any more").see_no("Rp");
    let page = cancel(&shop, "I ordered twice").await;
    page.expect_heading("This order is cancelled").see("Credit note ").see_no("Cancel the order");
    assert_eq!(page.url.path(), own);
    assert_eq!(statuses(&shop).await, ["cancelled", "unpaid"]);
    assert_eq!(level(&shop).await, (10, 0));
    assert_eq!(papers(&shop).await, [("invoice".into(), all), ("credit_note".into(), all)]);
    let again = guest.open(&format!("{own}/cancel")).await;
    again.expect_heading("This order is cancelled");
    let again = shop.visitor().post(&format!("{own}/cancel"), "reason=").await;
    assert_eq!(again.header("location"), own);
    balances(&shop).await;
}

async fn a_paid_order_is_cancelled_and_its_money_promised_back(shop: TestShop) {
    let order = ordered(&shop).await;
    let (guest, own, all) = (shop.shopper(), path(&shop).await, total(&shop).await);
    take(&shop, order, all, "BCA 1").await.unwrap();
    let asked = guest.open(&format!("{own}/cancel")).await;
    asked.see(&format!("We send {} back to you by bank transfer", words(all)));
    cancel(&shop, "").await.see("To be refunded").see(&words(all));
    assert_eq!(statuses(&shop).await, ["cancelled", "paid"], "the money is still here");
    assert_eq!(level(&shop).await, (10, 0));
    assert_eq!(refunds(&shop, order).await, [fact(all, "goods", "by_hand")]);
    assert_eq!(papers(&shop).await, [("invoice".into(), all), ("credit_note".into(), all)]);
    guest.open(&format!("{own}/credit-notes/1")).await.see("Order cancelled");
    balances(&shop).await;
    let sent = move |conn: &mut _| {
        let id = refunds_of(conn, order)?[0].id;
        confirm_sent(conn, id, "BCA out", &rani())
    };
    run(&shop, sent).await.unwrap();
    guest.open(&own).await.see("Refunded on").see_no("To be refunded");
    assert_eq!(statuses(&shop).await, ["cancelled", "refunded"]);
    balances(&shop).await;
}

async fn what_was_paid_on_a_page_goes_back_by_itself(dbms: Dbms) {
    let shop = TestShop::open_hosted(dbms, &Mood::default()).await;
    shop.with_db(|conn| goods("cup").costing(90_000).on_hand(10).put(conn)).await;
    let shopper = shop.shopper();
    shopper.add("cup", &[], 5).await;
    let form = shopper.checkout_form().await.choose("payment", "rehearsal");
    let page = form.press("Place order").await;
    let paid = page.form("form[action*='/payments/rehearsal/']").press("Pay Rp").await;
    paid.expect_heading("Thank you");
    let own = path(&shop).await;
    shopper.open(&format!("{own}/cancel")).await.see("goes back to you by the way you paid");
    cancel(&shop, "").await.see("To be refunded");
    let office = Office::of(&shop);
    office.work().await;
    // What fails once, on a machine that is busy, is tried again.
    office.later(TimeDelta::hours(1));
    office.work().await;
    shopper.open(&own).await.see("Refunded on");
    assert_eq!(statuses(&shop).await, ["cancelled", "refunded"]);
    assert_eq!(level(&shop).await, (10, 0));
    assert_eq!(papers(&shop).await, [], "no real money, no paper");
    balances(&shop).await;
}

async fn what_was_paid_in_two_ways_goes_back_by_both(shop: TestShop) {
    let order = ordered(&shop).await;
    let all = total(&shop).await;
    take(&shop, order, 50_000, "BCA 1").await.unwrap();
    let token = super::attempt(&shop, order, all - 50_000).await;
    super::tell(&shop, super::seen(&token, Seen::Captured, all - 50_000)).await;
    assert_eq!(statuses(&shop).await, ["placed", "paid"]);
    cancel(&shop, "").await.expect_heading("This order is cancelled");
    let back = [fact(50_000, "goodwill", "by_hand"), fact(all - 50_000, "goodwill", "pending")];
    assert_eq!(refunds(&shop, order).await, back);
    assert_eq!(papers(&shop).await, [("invoice".into(), all), ("credit_note".into(), all)]);
    balances(&shop).await;
}

async fn what_was_paid_too_much_goes_back_too(shop: TestShop) {
    let order = ordered(&shop).await;
    let all = total(&shop).await;
    take(&shop, order, all + 700, "BCA 1").await.unwrap();
    cancel(&shop, "").await.expect_heading("This order is cancelled");
    let back = [fact(700, "surplus", "by_hand"), fact(all, "goods", "by_hand")];
    assert_eq!(refunds(&shop, order).await, back);
    assert_eq!(statuses(&shop).await, ["cancelled", "paid"]);
    balances(&shop).await;
}

async fn what_was_paid_in_part_goes_back(shop: TestShop) {
    let order = ordered(&shop).await;
    let all = total(&shop).await;
    take(&shop, order, 5_000, "BCA 1").await.unwrap();
    cancel(&shop, "").await.see("Rp 5.000");
    assert_eq!(refunds(&shop, order).await, [fact(5_000, "goodwill", "by_hand")]);
    assert_eq!(papers(&shop).await, [("invoice".into(), all), ("credit_note".into(), all)]);
    balances(&shop).await;
}

async fn who_comes_too_late_is_told_why(shop: TestShop) {
    let order = ordered(&shop).await;
    let (guest, own, all) = (shop.shopper(), path(&shop).await, total(&shop).await);
    change_settings(&shop, |settings| settings.cancel_within_hours = 0).await;
    guest.open(&own).await.see("Cancel the order");
    take(&shop, order, all, "BCA 1").await.unwrap();
    guest.open(&own).await.see_no("Cancel the order");
    let post = async || shop.visitor().post(&format!("{own}/cancel"), "reason=").await;
    guest.open(&format!("{own}/cancel")).await.expect_status(200).see("is being packed");
    post().await.expect_status(422).see("is being packed");
    run(&shop, move |conn| ship(conn, order, &Parcel::default(), &rani())).await.unwrap();
    post().await.expect_status(422).see("has been sent already");
    assert_eq!(statuses(&shop).await, ["completed", "paid"]);
    shop.visitor().get("/orders/nobodys/cancel").await.expect_status(404);
}

async fn what_is_wrong_with_the_reason_is_said(shop: TestShop) {
    ordered(&shop).await;
    let own = path(&shop).await;
    let long = format!("reason={}", "a".repeat(201));
    let page = shop.visitor().post(&format!("{own}/cancel"), long).await;
    page.expect_status(422).see("at most 200 characters").see("Keep the order");
    assert_eq!(page.form("form[action$='/cancel']").value("reason").len(), 201);
    let page = shop.visitor().post(&format!("{own}/cancel"), "reason=a%E2%80%AEb").await;
    page.expect_status(422).see("letters, digits and punctuation");
    assert_eq!(statuses(&shop).await, ["placed", "unpaid"]);
}

async fn many_who_cancel_at_once_end_the_order_once(shop: TestShop) {
    let order = ordered(&shop).await;
    take(&shop, order, total(&shop).await, "BCA 1").await.unwrap();
    let own = path(&shop).await;
    let address = format!("{own}/cancel");
    let shoppers = join_all((0..4).map(|_| async {
        shop.visitor().post(&address, "reason=").await.expect_status(303);
    }));
    let staff = join_all((0..4).map(|_| {
        let ending = Ending::Wanted(String::new());
        run(&shop, move |conn| call_off(conn, order, &ending, &rani()))
    }));
    let (_, by_staff) = futures_util::future::join(shoppers, staff).await;
    assert!(by_staff.iter().filter(|ended| ended.is_ok()).count() <= 1);
    assert_eq!(refunds(&shop, order).await.len(), 1);
    assert_eq!(level(&shop).await, (10, 0));
    balances(&shop).await;
}

async fn money_that_comes_after_she_cancelled_goes_back(shop: TestShop) {
    let order = ordered(&shop).await;
    let all = total(&shop).await;
    cancel(&shop, "").await.expect_heading("This order is cancelled");
    take(&shop, order, all, "BCA 1").await.unwrap();
    assert_eq!(statuses(&shop).await, ["cancelled", "unpaid"]);
    assert_eq!(level(&shop).await, (10, 0));
    assert_eq!(refunds(&shop, order).await, [fact(all, "surplus", "by_hand")]);
    balances(&shop).await;
}

async fn money_that_is_promised_back_takes_no_order_up_again(shop: TestShop) {
    let order = ordered(&shop).await;
    let all = total(&shop).await;
    take(&shop, order, 50_000, "BCA 1").await.unwrap();
    run(&shop, move |conn| super::overdue(conn, order)).await.unwrap();
    assert_eq!(refunds(&shop, order).await, [fact(50_000, "goodwill", "by_hand")]);
    take(&shop, order, all - 50_000, "BCA 2").await.unwrap();
    assert_eq!(statuses(&shop).await, ["cancelled", "part_paid"]);
    assert_eq!(level(&shop).await, (10, 0));
    let back = refunds(&shop, order).await;
    assert_eq!(back[1..], [fact(all - 50_000, "surplus", "by_hand")]);
    // All of it, once more: the order is paid as if nothing had come before.
    take(&shop, order, all, "BCA 3").await.unwrap();
    assert_eq!(statuses(&shop).await[0], "placed");
    assert_eq!(level(&shop).await, (10, 5));
    balances(&shop).await;
}

async fn an_order_that_is_taken_up_again_is_invoiced_anew(shop: TestShop) {
    let order = ordered(&shop).await;
    let (guest, own, all) = (shop.shopper(), path(&shop).await, total(&shop).await);
    run(&shop, move |conn| super::overdue(conn, order)).await.unwrap();
    take(&shop, order, all, "BCA 1").await.unwrap();
    assert_eq!(statuses(&shop).await, ["placed", "paid"]);
    let kinds: Vec<String> = papers(&shop).await.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["invoice", "credit_note", "invoice"]);
    for address in ["invoice", "invoices/2", "invoices/2.pdf", "credit-notes/1"] {
        guest.visitor.get(&format!("{own}/{address}")).await.expect_status(200);
    }
    for address in ["invoices/0", "invoices/3", "credit-notes/2"] {
        guest.visitor.get(&format!("{own}/{address}")).await.expect_status(404);
    }
    balances(&shop).await;
    // What is refunded now corrects the invoice that is in force.
    cancel(&shop, "").await.expect_heading("This order is cancelled");
    assert_eq!(refunds(&shop, order).await, [fact(all, "goods", "by_hand")]);
    assert_eq!(papers(&shop).await.len(), 4);
    balances(&shop).await;
}

async fn an_order_is_cancelled_in_indonesian(shop: TestShop) {
    let order = ordered(&shop).await;
    take(&shop, order, total(&shop).await, "BCA 1").await.unwrap();
    let (guest, own) = (shop.indonesian_shopper(), path(&shop).await);
    let page = guest.open(&own).await;
    let page = guest.visitor.open(&page.link("Batalkan pesanan")).await;
    page.see("Barang tidak akan dikirim").see("lewat transfer bank");
    let page = form(&guest, &own).await.press("Batalkan pesanan").await;
    page.expect_heading("Pesanan ini dibatalkan").see("Akan dikembalikan");
}
