//! Orders that staff put together: kept unfinished, sent as a link, ordered once.

use chrono::TimeDelta;
use diesel::prelude::*;
use etalase::db::schema::{
    audit_entry, draft, order_discount, order_event, orders, payment, stock, variant,
};
use etalase::web::visit::now;
use futures_util::future::{join, join_all};

use crate::both;
use crate::kit::form::Form;
use crate::kit::goods::reprice;
use crate::kit::rules::change_methods;
use crate::kit::shopper::fill_in;
use crate::kit::{Office, Page, TestShop, Visitor, goods, office};
use etalase::pricing::{Amount, Rate};

both!(
    an_order_is_put_together_and_its_customer_orders_it_by_the_link,
    a_discount_on_the_whole_stands_on_the_bill_and_stays_with_the_order,
    of_many_who_order_a_draft_one_order_comes,
    what_is_unfinished_is_kept_and_cannot_be_ordered,
    staff_place_a_draft_paid_or_not,
    of_two_who_change_a_draft_the_second_is_told,
    only_what_was_looked_at_is_ordered,
    a_draft_expires_and_is_forgotten,
    what_cannot_be_kept_says_why,
    a_draft_that_is_removed_leads_nowhere,
);

const NEW: &str = "/admin/orders/drafts/new";
const LOOK: &str = "Show the bill";
const SAVE: &str = "Save";
const ORDER: &str = "Place order";

/// Cups for 50,000 each and plates for 30,000; delivery costs 10,000.
async fn open(shop: &TestShop) -> Visitor {
    shop.with_db(|conn| {
        change_methods(conn, "regular", |method| {
            method.shipping.rate = Rate::Flat { amount: Amount::new(10_000).unwrap() };
        })?;
        goods("cup").costing(50_000).on_hand(10).put(conn)?;
        goods("plate").costing(30_000).on_hand(5).put(conn)
    })
    .await;
    shop.colleague("sari", "owner").await
}

/// The form with so many cups and everything that an order needs.
async fn filled(sari: &Visitor, cups: i64) -> Form {
    let form = sari.get(NEW).await.expect_status(200).form(NEW).fill("q", "cup");
    let found = form.press("Search").await;
    let form = fill_in(found.form(NEW)).fill_first("line-", &cups.to_string());
    // The ways are those of the address.
    let form = form.press(LOOK).await.form(NEW);
    form.choose("delivery", "regular")
}

/// The page of the draft, kept.
async fn kept(sari: &Visitor, cups: i64) -> Page {
    let page = filled(sari, cups).await.press(SAVE).await;
    page.expect_status(200).see("Saved");
    page
}

fn action(page: &Page, deed: &str) -> String {
    format!("{}{deed}", page.url.path())
}

/// The path of its link.
fn link(shop: &TestShop) -> String {
    let cart: String = draft::table.select(draft::cart_id).first(&mut shop.fresh.conn()).unwrap();
    format!("/drafts/{cart}")
}

fn drafts(shop: &TestShop) -> i64 {
    draft::table.count().get_result(&mut shop.fresh.conn()).unwrap()
}

fn totals(shop: &TestShop) -> Vec<i64> {
    orders::table.select(orders::total_amount).load(&mut shop.fresh.conn()).unwrap()
}

fn reserved(shop: &TestShop) -> i64 {
    let of = stock::table.inner_join(variant::table).filter(variant::sku.eq("CUP"));
    of.select(stock::reserved).first(&mut shop.fresh.conn()).unwrap()
}

async fn an_order_is_put_together_and_its_customer_orders_it_by_the_link(shop: TestShop) {
    let sari = open(&shop).await;
    let looked = filled(&sari, 2).await.press(LOOK).await;
    looked.expect_status(200).see("110.000").see_no("Before it can be ordered");
    assert_eq!(drafts(&shop), 0, "looking keeps nothing");
    let page = kept(&sari, 2).await;
    page.see("110.000").see("Not sent");
    assert_eq!(reserved(&shop), 0, "nothing is held");
    let sent = page.form(&action(&page, "/send")).press("Send the link").await;
    sent.expect_status(200).see("on its way").see("Sent");
    Office::of(&shop).work().await;
    let link = link(&shop);
    let mails = office::mails(&shop).await;
    let mail = mails.iter().find(|mail| mail.template == "draft_sent").unwrap();
    assert_eq!(mail.recipient, "rani.wijaya@example.com");
    assert!(
        mail.text.contains(&link) && mail.text.contains("110.000") && mail.text.contains("2 ×")
    );
    let shopper = shop.visitor();
    let offer = shopper.get(&link).await;
    offer.expect_status(200).see("110.000").see("Jl. Cihampelas 112").see("Nothing is set aside");
    let thanks = offer.form(&link).choose("payment", "bank_transfer").press(ORDER).await;
    thanks.expect_status(200).expect_heading("Thank you");
    assert_eq!((totals(&shop), reserved(&shop), drafts(&shop)), (vec![110_000], 2, 0));
    let who: String = order_event::table
        .filter(order_event::kind.eq("drafted"))
        .select(order_event::actor)
        .first(&mut shop.fresh.conn())
        .unwrap();
    assert_eq!(who, "staff:sari");
    // The link leads to the order from now on, however it is asked.
    assert_eq!(shopper.open(&link).await.url, thanks.url);
    let again = offer.form(&link).choose("payment", "bank_transfer").press(ORDER).await;
    assert_eq!((again.url, totals(&shop).len()), (thanks.url, 1));
    let deeds: Vec<String> = audit_entry::table
        .filter(audit_entry::entity_kind.eq("draft"))
        .order(audit_entry::sequence)
        .select(audit_entry::action)
        .load(&mut shop.fresh.conn())
        .unwrap();
    assert_eq!(deeds, ["draft-made", "draft-sent"]);
}

async fn a_discount_on_the_whole_stands_on_the_bill_and_stays_with_the_order(shop: TestShop) {
    let sari = open(&shop).await;
    let form = filled(&sari, 2).await.choose("cut", "percent").fill("much", "7.5");
    form.press(LOOK).await.see("7.500").see("102.500");
    let form = filled(&sari, 2).await.choose("cut", "amount").fill("much", "20.000");
    let page = form.fill("cut_name", "For your patience").press(SAVE).await;
    page.see("For your patience").see("90.000");
    assert_eq!(page.form(page.url.path()).value("much"), "20.000");
    let offer = shop.visitor().get(&link(&shop)).await;
    offer.see("For your patience").see("90.000");
    offer.form(&link(&shop)).press(ORDER).await.expect_status(200).see("For your patience");
    let given: (String, i64) = order_discount::table
        .select((order_discount::name, order_discount::amount))
        .first(&mut shop.fresh.conn())
        .unwrap();
    assert_eq!(given, ("For your patience".into(), 20_000));
    let number: String =
        orders::table.select(orders::number).first(&mut shop.fresh.conn()).unwrap();
    let path = format!("/admin/orders/{number}/edit");
    let edit = sari.get(&path).await.form(&path).fill_first("line-", "3");
    let edit = edit.press("Show what this does").await;
    edit.form(&path).press("Change the order so").await.expect_status(200);
    assert_eq!(totals(&shop), [140_000]);
}

async fn of_many_who_order_a_draft_one_order_comes(shop: TestShop) {
    let sari = open(&shop).await;
    let page = kept(&sari, 2).await;
    let (link, version) = (link(&shop), page.form(&action(&page, "/place")).value("version"));
    let body = format!("payment=bank_transfer&total=110000&version={version}");
    let tries: Vec<_> = (0..8)
        .map(|_| {
            let (visitor, link, body) = (shop.visitor(), link.clone(), body.clone());
            async move { visitor.post(&link, body).await.header("location").to_owned() }
        })
        .collect();
    let by_staff = page.form(&action(&page, "/place")).send("Place the order");
    let (ways, by_staff) = join(join_all(tries), by_staff).await;
    assert!(ways.windows(2).all(|pair| pair[0] == pair[1]), "{ways:?}");
    assert!(ways[0].starts_with("/orders/"), "{ways:?}");
    assert!([303, 404, 422].contains(&by_staff.status), "{}", by_staff.status);
    assert_eq!((totals(&shop), reserved(&shop)), (vec![110_000], 2));
}

async fn what_is_unfinished_is_kept_and_cannot_be_ordered(shop: TestShop) {
    let sari = open(&shop).await;
    let page = sari.get(NEW).await.form(NEW).fill("name", "Rani").press(SAVE).await;
    page.expect_status(200).see("Saved").see("Add goods.").see("Before it can be ordered");
    assert_eq!(page.form(page.url.path()).value("name"), "Rani");
    page.see_no("Place it yourself");
    let offer = shop.visitor().get(&link(&shop)).await;
    offer.expect_status(200).see("Write to us");
    assert!(offer.all("main form").is_empty());
    for deed in ["send", "place"] {
        let path = action(&page, &format!("/{deed}"));
        let told = sari.post(&path, "version=1&total=0&payment=bank_transfer").await;
        told.expect_status(422).see("cannot be ordered yet");
    }
    let tried = shop.visitor().post(&link(&shop), "version=1&payment=bank_transfer&total=0").await;
    tried.expect_status(422);
    assert_eq!((totals(&shop).len(), drafts(&shop)), (0, 1));
    // More than there are is missing as well.
    let page = filled(&sari, 11).await.press(LOOK).await;
    page.expect_status(200).see("So many cannot be had");
    sari.get("/admin/orders/drafts").await.see("Rani").see("Not sent");
}

async fn staff_place_a_draft_paid_or_not(shop: TestShop) {
    let sari = open(&shop).await;
    let page = kept(&sari, 1).await;
    let form = page.form(&action(&page, "/place")).fill("reference", "BCA 77");
    form.press("Place the order").await.expect_status(200).see("Paid").see("Put together by staff");
    let page = kept(&sari, 1).await;
    page.form(&action(&page, "/place")).press("Place the order").await.see("Unpaid");
    assert_eq!((totals(&shop).len(), drafts(&shop), reserved(&shop)), (2, 0, 2));
    let captured: Vec<i64> = payment::table
        .order(payment::id)
        .select(payment::captured_amount)
        .load(&mut shop.fresh.conn())
        .unwrap();
    assert_eq!(captured, [60_000, 0]);
}

async fn of_two_who_change_a_draft_the_second_is_told(shop: TestShop) {
    let sari = open(&shop).await;
    let budi = shop.colleague("budi", "owner").await;
    let page = kept(&sari, 1).await;
    let path = page.url.path().to_owned();
    let his = budi.get(&path).await.form(&path).fill("name", "Rina").fill("note", "Quick");
    page.form(&path).fill("name", "Reni").press(SAVE).await.expect_status(200);
    let told = his.press(SAVE).await;
    told.expect_status(409).see("Somebody else has changed").see("Reni");
    let form = told.form(&path);
    assert_eq!((form.value("name"), form.value("note")), ("Rina".into(), "Quick".into()));
    form.press(SAVE).await.expect_status(200).see("Saved");
    let stale = page.form(&action(&page, "/remove")).press("Remove").await;
    stale.expect_status(422).see("Somebody else has changed");
    assert_eq!(drafts(&shop), 1);
}

async fn only_what_was_looked_at_is_ordered(shop: TestShop) {
    let sari = open(&shop).await;
    let page = kept(&sari, 1).await;
    let (link, path) = (link(&shop), page.url.path().to_owned());
    let shopper = shop.visitor();
    let offer = shopper.get(&link).await;
    shop.with_db(|conn| reprice(conn, "cup", 55_000)).await;
    let told = offer.form(&link).press(ORDER).await;
    told.expect_status(409).see("Something has changed").see("65.000");
    let placing = page.form(&action(&page, "/place")).press("Place the order").await;
    placing.expect_status(422).see("not what you saw");
    page.form(&path).fill_first("line-", "2").press(SAVE).await.expect_status(200);
    told.form(&link).press(ORDER).await.expect_status(409).see("120.000");
    assert_eq!((totals(&shop).len(), drafts(&shop), reserved(&shop)), (0, 1, 0));
    shopper.get(&link).await.form(&link).press(ORDER).await.expect_status(200);
    assert_eq!(totals(&shop), [120_000]);
}

async fn a_draft_expires_and_is_forgotten(shop: TestShop) {
    let sari = open(&shop).await;
    let page = kept(&sari, 1).await;
    let (link, shopper) = (link(&shop), shop.visitor());
    let offer = shopper.get(&link).await;
    let age = |days: i64| {
        let until = now() - TimeDelta::days(days);
        let set = diesel::update(draft::table).set(draft::expires_at.eq(until));
        set.execute(&mut shop.fresh.conn()).unwrap();
    };
    age(1);
    shopper.get(&link).await.expect_status(200).see("This offer has expired");
    offer.form(&link).press(ORDER).await.expect_status(409).see("This offer has expired");
    sari.get("/admin/orders/drafts").await.see("Expired");
    page.form(&action(&page, "/send")).press("Send the link").await.see("on its way");
    shopper.get(&link).await.see_no("expired");
    age(29);
    let office = Office::of(&shop);
    office.begin().await;
    office.work().await;
    assert_eq!(drafts(&shop), 1);
    age(31);
    office.later(TimeDelta::hours(2));
    office.work().await;
    assert_eq!(drafts(&shop), 0);
    shopper.get(&link).await.expect_status(404);
}

async fn what_cannot_be_kept_says_why(shop: TestShop) {
    let sari = open(&shop).await;
    for (name, typed, advice) in [
        ("line-", "x", "Enter a whole number"),
        ("line-", "10000", "Enter a whole number"),
        ("much", "0", "between 0 and 100"),
        ("much", "101", "between 0 and 100"),
        ("much", "", "between 0 and 100"),
        ("cut_name", &"x".repeat(101), "too long"),
    ] {
        let form = filled(&sari, 1).await.choose("cut", "percent").fill("much", "10");
        let page = form.fill_first(name, typed).press(SAVE).await;
        page.expect_status(422).see(advice).see("Nothing was saved yet");
        let kept = page.attributes(&format!("input[id^={name}]"), "value");
        assert_eq!(kept[0], *typed, "it is kept");
    }
    let form = filled(&sari, 1).await.choose("cut", "amount").fill("much", "lots");
    form.press(SAVE).await.expect_status(422).see("Enter an amount");
    assert_eq!(drafts(&shop), 0);
}

async fn a_draft_that_is_removed_leads_nowhere(shop: TestShop) {
    let sari = open(&shop).await;
    sari.get("/admin/orders/drafts").await.see("No drafts");
    let page = kept(&sari, 1).await;
    let link = link(&shop);
    page.form(&action(&page, "/remove")).press("Remove").await.see("was removed");
    shop.visitor().get(&link).await.expect_status(404);
    sari.get(page.url.path()).await.expect_status(404);
}
