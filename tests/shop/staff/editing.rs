//! Orders that staff change before anything of them is sent: bill, money, stock and papers follow.

use diesel::prelude::*;
use etalase::db::schema::{
    audit_entry, invoice, order_address, order_discount, order_edit, order_line, orders, payment,
    promotion, redemption, refund, stock, variant,
};
use etalase::pricing::{Amount, Rate};
use etalase::promotions::Rule;
use etalase::settings::ShopSettings;
use etalase::staff::{Permission, Permissions};

use crate::both;
use crate::kit::form::Form;
use crate::kit::goods::reprice;
use crate::kit::rules::{change_methods, change_settings};
use crate::kit::{Dbms, Mood, Office, Page, TestShop, Visitor, goods, office};
use crate::payments::hosted;
use crate::promotions::{coded, offer, percent};

both!(
    an_order_is_changed_after_a_look_at_what_that_does,
    what_stays_keeps_its_price_and_what_comes_costs_what_it_costs_today,
    a_paid_order_that_grows_asks_for_the_rest_and_has_another_invoice,
    a_paid_order_that_shrinks_gives_the_difference_back,
    money_goes_back_by_who_may_refund_alone,
    of_two_who_change_an_order_the_second_is_told,
    what_cannot_be_says_why_and_changes_nothing,
    a_discount_whose_minimum_is_missed_goes_and_can_be_used_again,
    a_promotion_without_a_limit_is_earned_by_a_change,
    an_order_goes_to_another_address,
    what_is_paid_on_a_page_waits_and_its_rest_is_paid_there,
    an_order_that_was_changed_is_cancelled_whole,
);

const LOOK: &str = "Show what this does";
const DO: &str = "Change the order so";

/// Two cups for 50,000 each, to be paid by transfer, and plates for 30,000 on the shelf.
async fn ordered(shop: &TestShop) -> String {
    shop.with_db(|conn| {
        change_methods(conn, "regular", |method| {
            method.shipping.rate = Rate::Flat { amount: Amount::new(10_000).unwrap() };
        })?;
        goods("cup").costing(50_000).on_hand(10).put(conn)?;
        goods("plate").costing(30_000).on_hand(5).put(conn)
    })
    .await;
    let shopper = shop.shopper();
    shopper.add("cup", &[], 2).await;
    shopper.order().await;
    number(shop)
}

fn number(shop: &TestShop) -> String {
    orders::table.select(orders::number).first(&mut shop.fresh.conn()).unwrap()
}

async fn form(visitor: &Visitor, number: &str) -> Form {
    let path = format!("/admin/orders/{number}/edit");
    visitor.get(&path).await.expect_status(200).form(&path)
}

/// Looks at the change, then makes it.
async fn change(form: Form) -> Page {
    make(&form.press(LOOK).await).await
}

async fn make(preview: &Page) -> Page {
    preview.expect_status(200);
    let to = preview.attributes("main form", "action").remove(0);
    preview.form(&to).press(DO).await
}

fn total(shop: &TestShop) -> i64 {
    orders::table.select(orders::total_amount).first(&mut shop.fresh.conn()).unwrap()
}

fn statuses(shop: &TestShop) -> (String, String) {
    let of = (orders::status, orders::payment_status);
    orders::table.select(of).first(&mut shop.fresh.conn()).unwrap()
}

fn reserved(shop: &TestShop, sku: &str) -> i64 {
    let of = stock::table.inner_join(variant::table).filter(variant::sku.eq(sku));
    of.select(stock::reserved).first(&mut shop.fresh.conn()).unwrap()
}

/// SKU, units and the price of one.
fn lines(shop: &TestShop) -> Vec<(String, i64, i64)> {
    order_line::table
        .order(order_line::position)
        .select((order_line::sku, order_line::quantity, order_line::unit_amount))
        .load(&mut shop.fresh.conn())
        .unwrap()
}

/// Kind and total of each paper, the first one first.
fn papers(shop: &TestShop) -> Vec<(String, i64)> {
    invoice::table
        .order(invoice::id)
        .select((invoice::kind, invoice::total_amount))
        .load(&mut shop.fresh.conn())
        .unwrap()
}

async fn pay(visitor: &Visitor, number: &str, amount: i64, reference: &str) {
    let body = format!("amount={amount}&reference={reference}");
    let paid = visitor.post(&format!("/admin/orders/{number}/payments"), body).await;
    paid.expect_status(303);
}

async fn an_order_is_changed_after_a_look_at_what_that_does(shop: TestShop) {
    let number = ordered(&shop).await;
    let before = total(&shop);
    let sari = shop.colleague("sari", "owner").await;
    let form = form(&sari, &number).await.fill_first("line-", "3").fill("sku-1", "PLATE");
    let page = form.fill("add-1", "2").fill("reason", "As we said on the phone").press(LOOK).await;
    page.expect_status(200).see("1 more of CUP is held").see("2 more of PLATE are held");
    page.see("Nothing was paid yet").see("taken back by a credit note").see("told by mail");
    assert_eq!((total(&shop), reserved(&shop, "CUP")), (before, 2), "a look changes nothing");
    make(&page).await.expect_status(200).see("Order changed").see("As we said on the phone");
    assert_eq!(total(&shop), before + 50_000 + 60_000);
    assert_eq!(lines(&shop), [("CUP".into(), 3, 50_000), ("PLATE".into(), 2, 30_000)]);
    assert_eq!((reserved(&shop, "CUP"), reserved(&shop, "PLATE")), (3, 2));
    let asked: i64 = payment::table.select(payment::amount).first(&mut shop.fresh.conn()).unwrap();
    assert_eq!(asked, total(&shop));
    let was: i64 =
        order_edit::table.select(order_edit::total_amount).first(&mut shop.fresh.conn()).unwrap();
    assert_eq!(was, before);
    let told: String = audit_entry::table
        .filter(audit_entry::action.eq("order-changed"))
        .select(audit_entry::after)
        .first(&mut shop.fresh.conn())
        .unwrap();
    assert!(told.contains("PLATE") && told.contains("reason_sha256"), "{told}");
    Office::of(&shop).work().await;
    let mails = office::mails(&shop).await;
    let mail = mails.iter().find(|mail| mail.template == "order_changed").unwrap();
    assert!(mail.text.contains("2 × The plate") && mail.text.contains("on the phone"));
    assert!(mail.text.contains("is still to be paid"), "{}", mail.text);
}

async fn what_stays_keeps_its_price_and_what_comes_costs_what_it_costs_today(shop: TestShop) {
    let number = ordered(&shop).await;
    shop.with_db(|conn| {
        reprice(conn, "cup", 99_000)?;
        reprice(conn, "plate", 33_000)
    })
    .await;
    let sari = shop.colleague("sari", "owner").await;
    let form = form(&sari, &number).await.fill_first("line-", "1").fill("sku-1", "PLATE");
    // What is in it already is added to its line.
    change(form.fill("sku-2", "CUP").fill("add-2", "3")).await.expect_status(200);
    assert_eq!(lines(&shop), [("CUP".into(), 4, 50_000), ("PLATE".into(), 1, 33_000)]);
    let form = self::form(&sari, &number).await.fill_first("line-", "0");
    let page = form.press(LOOK).await;
    page.see("4 of CUP go back on sale");
    make(&page).await.expect_status(200);
    assert_eq!(lines(&shop), [("PLATE".into(), 1, 33_000)]);
    assert_eq!((reserved(&shop, "CUP"), reserved(&shop, "PLATE")), (0, 1));
}

async fn a_paid_order_that_grows_asks_for_the_rest_and_has_another_invoice(shop: TestShop) {
    let number = ordered(&shop).await;
    let before = total(&shop);
    let sari = shop.colleague("sari", "owner").await;
    pay(&sari, &number, before, "BCA+1").await;
    assert_eq!(papers(&shop), [("invoice".into(), before)]);
    let page = form(&sari, &number).await.fill("sku-1", "PLATE").press(LOOK).await;
    page.see("30.000 is still to be paid").see("taken back by a credit note");
    make(&page).await.expect_status(200);
    let after = total(&shop);
    assert_eq!(after, before + 30_000);
    let expected = [("invoice", before), ("credit_note", before), ("invoice", after)];
    assert_eq!(papers(&shop), expected.map(|(kind, total)| (kind.into(), total)));
    assert_eq!(statuses(&shop), ("placed".into(), "part_paid".into()));
    let token: String = orders::table.select(orders::token).first(&mut shop.fresh.conn()).unwrap();
    shop.visitor().get(&format!("/orders/{token}")).await.see("30.000");
    pay(&sari, &number, 30_000, "BCA+2").await;
    assert_eq!(statuses(&shop).1, "paid");
    assert_eq!(papers(&shop).len(), 3, "nothing is invoiced twice");
}

async fn a_paid_order_that_shrinks_gives_the_difference_back(shop: TestShop) {
    let number = ordered(&shop).await;
    let before = total(&shop);
    let sari = shop.colleague("sari", "owner").await;
    pay(&sari, &number, before, "BCA+1").await;
    let page = form(&sari, &number).await.fill_first("line-", "1").press(LOOK).await;
    page.see("50.000 goes back");
    make(&page).await.expect_status(200).see("Refund, to be sent by hand");
    assert_eq!(total(&shop), before - 50_000);
    let back: (i64, String) =
        refund::table.select((refund::amount, refund::kind)).first(&mut shop.fresh.conn()).unwrap();
    assert_eq!(back, (50_000, "surplus".into()));
    assert_eq!(statuses(&shop), ("placed".into(), "paid".into()));
    let expected = [("invoice", before), ("credit_note", before), ("invoice", before - 50_000)];
    assert_eq!(papers(&shop), expected.map(|(kind, total)| (kind.into(), total)));
    // It may grow again, and be sent.
    change(form(&sari, &number).await.fill_first("line-", "2")).await.expect_status(200);
    assert_eq!(statuses(&shop).1, "part_paid");
    pay(&sari, &number, 50_000, "BCA+2").await;
    sari.post(&format!("/admin/orders/{number}/shipments"), "").await.expect_status(303);
    assert_eq!(statuses(&shop).0, "completed");
    let path = format!("/admin/orders/{number}/edit");
    sari.get(&path).await.expect_status(422).see("cannot be changed any more");
}

async fn money_goes_back_by_who_may_refund_alone(shop: TestShop) {
    let number = ordered(&shop).await;
    let before = total(&shop);
    let sari = shop.colleague("sari", "owner").await;
    pay(&sari, &number, before, "BCA+1").await;
    let may = Permissions::from_iter([Permission::ViewOrders, Permission::ChangeOrders]);
    let role = shop.role("desk", may).await;
    let budi = shop.colleague("budi", &role).await;
    let path = format!("/admin/orders/{number}/edit");
    let page = form(&budi, &number).await.fill_first("line-", "1").press(LOOK).await;
    page.expect_status(200).see("ask a colleague who may refund");
    assert!(!page.form(&path).labels().contains(&DO));
    let seen = page.attributes("input[name=seen]", "value").remove(0);
    let line = page.attributes("input[id^=line-]", "name").remove(0);
    let forged = format!("{line}=1&do=change&seen={seen}");
    budi.post(&path, forged.clone()).await.expect_status(200);
    budi.post(&format!("{path}/refund"), forged).await.expect_status(403);
    assert_eq!(total(&shop), before);
    let page = form(&budi, &number).await.fill_first("line-", "3").press(LOOK).await;
    make(&page).await.expect_status(200);
    assert_eq!(total(&shop), before + 50_000);
}

async fn of_two_who_change_an_order_the_second_is_told(shop: TestShop) {
    let number = ordered(&shop).await;
    let before = total(&shop);
    let sari = shop.colleague("sari", "owner").await;
    let budi = shop.colleague("budi", "owner").await;
    let hers = form(&sari, &number).await.fill_first("line-", "3").press(LOOK).await;
    change(form(&budi, &number).await.fill("sku-1", "PLATE")).await.expect_status(200);
    let path = format!("/admin/orders/{number}/edit");
    let told = hers.form(&path).press(DO).await;
    told.expect_status(422).see("not what you looked at any more").see("1 more of CUP is held");
    assert_eq!(told.attributes("input[id^=line-]", "value"), ["3", "1"]);
    assert_eq!(total(&shop), before + 30_000);
    // What was looked at anew is made, and once.
    let page = told.form(&path).press(DO).await;
    page.expect_status(200).see("Order changed");
    assert_eq!(total(&shop), before + 80_000);
    told.form(&path).press(DO).await.expect_status(422);
    // Another form than the one that was looked at is looked at first.
    let looked = form(&sari, &number).await.fill_first("line-", "1").press(LOOK).await;
    looked.form(&path).fill_first("line-", "2").press(DO).await.expect_status(422);
    assert_eq!(total(&shop), before + 80_000);
}

async fn what_cannot_be_says_why_and_changes_nothing(shop: TestShop) {
    let number = ordered(&shop).await;
    let before = total(&shop);
    let sari = shop.colleague("sari", "owner").await;
    for (fields, advice) in [
        (vec![], "Nothing would change"),
        (vec![("line-", "0")], "Nothing would be left"),
        (vec![("line-", "x")], "Enter a whole number"),
        (vec![("line-", "-1")], "Enter a whole number"),
        (vec![("sku-1", "PLATE"), ("add-1", "0")], "Enter a whole number"),
        (vec![("sku-1", "NONE")], "There is no SKU NONE"),
        (vec![("sku-1", "PLATE"), ("add-1", "6")], "Only 5 more of PLATE"),
        (vec![("line-", "9999"), ("sku-1", "CUP")], "at most 9,999"),
        (vec![("reason", &"x".repeat(201))], "at most"),
        (vec![("postcode", "1")], "postcode"),
    ] {
        let form = form(&sari, &number).await;
        let form = fields.iter().fold(form, |form, (name, typed)| form.fill_first(name, typed));
        let page = form.press(LOOK).await;
        page.expect_status(422).see(advice);
        for (name, typed) in fields {
            let kept = page.attributes(&format!("input[id^={name}]"), "value");
            assert_eq!(kept[0], typed, "it is kept");
        }
    }
    assert_eq!(total(&shop), before);
    sari.get("/admin/orders/100-000-000/edit").await.expect_status(404);
    // What costs something today has no place in a bill with tax reckoned otherwise.
    let turn =
        |settings: &mut ShopSettings| settings.prices_include_tax = !settings.prices_include_tax;
    shop.with_db(move |conn| change_settings(conn, turn)).await;
    let form = form(&sari, &number).await.fill("sku-1", "PLATE");
    form.press(LOOK).await.expect_status(422).see("tax reckoned otherwise");
    shop.with_db(move |conn| change_settings(conn, turn)).await;
    let body = format!("after=0&amount={0}&agreed={0}&reason=peace", 1_000);
    pay(&sari, &number, before, "BCA+1").await;
    sari.post(&format!("/admin/orders/{number}/refund"), body).await.expect_status(303);
    let path = format!("/admin/orders/{number}/edit");
    sari.get(&path).await.expect_status(422).see("cannot be changed any more");
    sari.get(&format!("/admin/orders/{number}")).await.see_no("Change the order");
    sari.post(&path, "reason=none").await.expect_status(422).see("was refunded");
}

async fn a_discount_whose_minimum_is_missed_goes_and_can_be_used_again(shop: TestShop) {
    let ten = Rule {
        usage_limit: Some(1),
        per_customer_limit: Some(1),
        min_subtotal: 100_000.try_into().unwrap(),
        ..coded("ten", "TEN", percent(10))
    };
    offer(&shop, &[ten]).await;
    shop.with_db(|conn| goods("cup").costing(50_000).on_hand(10).put(conn)).await;
    let shopper = shop.shopper();
    shopper.add("cup", &[], 3).await;
    shopper.visitor.post("/cart/codes", "code=ten").await.expect_status(303);
    shopper.order().await;
    let number = number(&shop);
    let sari = shop.colleague("sari", "owner").await;
    change(form(&sari, &number).await.fill_first("line-", "2")).await.expect_status(200);
    let given = || -> Vec<(String, i64)> {
        let of = (order_discount::code, order_discount::amount);
        order_discount::table.select(of).load(&mut shop.fresh.conn()).unwrap()
    };
    let used = || -> i64 {
        promotion::table.select(promotion::used).first(&mut shop.fresh.conn()).unwrap()
    };
    let redeemed: i64 =
        redemption::table.select(redemption::amount).first(&mut shop.fresh.conn()).unwrap();
    assert_eq!(redeemed, 10_000);
    assert_eq!((given(), used()), (vec![("TEN".into(), 10_000)], 1));
    change(form(&sari, &number).await.fill_first("line-", "1")).await.expect_status(200);
    assert_eq!((given(), used()), (vec![], 0));
    // Somebody else may use it now, so a change does not open it again.
    change(form(&sari, &number).await.fill_first("line-", "3")).await.expect_status(200);
    assert_eq!((given(), used()), (vec![], 0));
}

async fn a_promotion_without_a_limit_is_earned_by_a_change(shop: TestShop) {
    let many = Rule {
        min_quantity: 3.try_into().unwrap(),
        opens: etalase::promotions::Opens::Automatic,
        ..coded("many", "MANY", percent(10))
    };
    offer(&shop, &[many]).await;
    let number = ordered(&shop).await;
    let before = total(&shop);
    let sari = shop.colleague("sari", "owner").await;
    change(form(&sari, &number).await.fill_first("line-", "4")).await.expect_status(200);
    assert_eq!(total(&shop), before + 100_000 - 20_000);
    let cancel = format!("/admin/orders/{number}/cancel");
    sari.post(&cancel, "").await.expect_status(303);
}

async fn an_order_goes_to_another_address(shop: TestShop) {
    let number = ordered(&shop).await;
    let before = total(&shop);
    let sari = shop.colleague("sari", "owner").await;
    pay(&sari, &number, before, "BCA+1").await;
    let form = form(&sari, &number).await.fill("line1", "Jl. Braga 9").fill("postcode", "40111");
    let page = form.press(LOOK).await;
    page.expect_status(200).see("No money moves").see("The invoice stays").see("No stock moves");
    make(&page).await.expect_status(200).see("Delivery address changed").see("Jl. Braga 9");
    let street: String = order_address::table
        .filter(order_address::kind.eq("delivery"))
        .select(order_address::line1)
        .first(&mut shop.fresh.conn())
        .unwrap();
    assert_eq!((street.as_str(), total(&shop), papers(&shop).len()), ("Jl. Braga 9", before, 1));
    Office::of(&shop).work().await;
    let mails = office::mails(&shop).await;
    assert!(mails.iter().any(|m| m.template == "order_changed" && m.text.contains("Braga")));
    // The way that was sold does not go there.
    let form = self::form(&sari, &number).await.choose("country", "SG");
    let page = form.press(LOOK).await;
    page.expect_status(422).see("those of another country");
    let path = format!("/admin/orders/{number}/edit");
    let form = page.form(&path).fill("line1", "1 Raffles Place").fill("postcode", "048616");
    let page = form.press(LOOK).await;
    page.expect_status(422).see("does not go there");
    let form = page.form(&path);
    let way = form.choices("way").into_iter().find(|way| !way.is_empty()).unwrap().to_owned();
    change(form.choose("way", &way)).await.expect_status(200).see("Singapore");
    assert_eq!(papers(&shop).len(), 3);
}

async fn what_is_paid_on_a_page_waits_and_its_rest_is_paid_there(dbms: Dbms) {
    let shop = TestShop::open_hosted(dbms, &Mood::default()).await;
    let (_, page) = hosted::ordered(&shop).await;
    let number = number(&shop);
    let sari = shop.colleague("sari", "owner").await;
    let path = format!("/admin/orders/{number}/edit");
    sari.get(&path).await.expect_status(422).see("cannot be changed any more");
    hosted::press(&page, "Pay Rp").await;
    let first = total(&shop);
    change(form(&sari, &number).await.fill_first("line-", "6")).await.expect_status(200);
    assert_eq!(statuses(&shop), ("placed".into(), "part_paid".into()));
    let order = hosted::order_path(&shop).await;
    let shopper = shop.visitor();
    let paying = shopper.get(&order).await.form(hosted::PAY).press("Pay Rp").await;
    // While she is on the page, nobody changes what she pays.
    let busy = form(&sari, &number).await.fill_first("line-", "1").press(LOOK).await;
    busy.expect_status(422).see("about to pay this order");
    hosted::press(&paying, "Pay Rp").await;
    let most = total(&shop);
    assert_eq!(statuses(&shop).1, "paid");
    change(form(&sari, &number).await.fill_first("line-", "4")).await.expect_status(200);
    Office::of(&shop).work().await;
    let back: Vec<(i64, String)> = refund::table
        .order(refund::id)
        .select((refund::amount, refund::status))
        .load(&mut shop.fresh.conn())
        .unwrap();
    // The newest payment goes back whole, and a part of the first.
    let left = total(&shop);
    assert_eq!(back, [most - first, first - left].map(|amount| (amount, "done".to_owned())));
    assert_eq!(statuses(&shop).1, "paid");
}

async fn an_order_that_was_changed_is_cancelled_whole(shop: TestShop) {
    shop.with_db(|conn| change_settings(conn, |settings| settings.cash_rounding = 500)).await;
    let number = ordered(&shop).await;
    let sari = shop.colleague("sari", "owner").await;
    pay(&sari, &number, total(&shop), "BCA+1").await;
    change(form(&sari, &number).await.fill("sku-1", "PLATE")).await.expect_status(200);
    pay(&sari, &number, 30_000, "BCA+2").await;
    let path = format!("/admin/orders/{number}");
    let form = sari.get(&path).await.form(&format!("{path}/call-off"));
    form.press("Cancel the order").await.expect_status(200).see("Cancelled");
    assert_eq!((reserved(&shop, "CUP"), reserved(&shop, "PLATE")), (0, 0));
    assert_eq!(papers(&shop).len(), 4);
}
