//! Discounts in the back office: what a page makes is what a file of rules would have made.

use diesel::prelude::*;

use crate::both;
use crate::kit::rules::change_settings;
use crate::kit::shopper::{ENGLISH, order_number};
use crate::kit::{Page, TestShop, Visitor, goods};
use crate::promotions::{apply, coded, offer, percent, rule, rupiah_off, text, with_cups};
use crate::rules::{change, exported, plan};
use etalase::db::schema::{audit_entry, promotion, promotion_code};
use etalase::language::Language;
use etalase::promotions::{Rule, load_rules};
use etalase::rules::Section;

both!(
    a_discount_is_tried_out_made_and_used,
    every_kind_is_made_on_its_page_as_in_a_file,
    mistakes_are_all_named_and_nothing_typed_is_lost,
    of_two_who_edit_one_discount_the_second_sees_what_changed,
    a_discount_runs_by_the_clock_of_the_shop,
    what_a_file_says_of_a_discount_its_page_keeps,
    a_discount_is_stopped_started_copied_and_removed,
    codes_are_made_many_at_once_and_downloaded,
    the_list_says_how_often_each_was_used_and_what_it_gave,
    whoever_wonders_is_told_why_a_discount_gave_nothing,
    an_order_is_told_by_its_own_bill,
);

/// A shop without discounts in which a cup costs Rp 100.000, and somebody who may make some.
async fn open(shop: &TestShop) -> Visitor {
    offer(shop, &[]).await;
    shop.with_db(|conn| goods("cup").on_hand(1_000).put(conn).map(|_| ())).await;
    shop.colleague("sari", "owner").await
}

async fn rules(shop: &TestShop) -> Vec<Rule> {
    shop.with_db(load_rules).await
}

/// The export of the discounts changes nothing when it is applied.
async fn expect_a_file_that_changes_nothing(shop: &TestShop) {
    let planned = shop.with_db(|conn| {
        let file = exported(conn, Section::Promotions);
        Ok(plan(conn, &file))
    });
    let planned = planned.await;
    assert_eq!(planned, [""; 0]);
}

const NEW: &str = "/admin/discounts/new";

async fn a_discount_is_tried_out_made_and_used(shop: TestShop) {
    let sari = open(&shop).await;
    let empty = sari.get("/admin/discounts").await;
    empty.see("Give your customers a reason to buy today");
    let page = empty.go("New discount").await.go("Percent off the order").await;
    let form = page.form(NEW).fill("name-en", "Spring").fill("percent", "12.5");
    let form = form.choose("opens", "codes").fill("codes", "spring").fill("lines", "CUP 2");
    let tried = form.press("Reckon with this").await;
    tried.expect_status(200).see("This is tried out and not saved.").see("It takes Rp 25.000 off.");
    assert_eq!(rules(&shop).await, []);
    let saved = tried.form(NEW).press("Save").await;
    saved.expect_status(200).expect_heading("Spring").see("Saved.").see("12.5% off the order");
    expect_a_file_that_changes_nothing(&shop).await;
    let guest = shop.shopper();
    guest.add("cup", &[], 2).await.expect_status(200);
    apply(&guest, "SPRING").await.see("Spring −Rp 25.000");
    let told: String = audit_entry::table
        .order(audit_entry::sequence.desc())
        .select(audit_entry::after)
        .first(&mut shop.fresh.conn())
        .unwrap();
    assert!(told.contains("+ promotion spring"), "{told}");
}

/// Fills in a new discount of a kind, saves it, and gives the lines of its file.
async fn made(sari: &Visitor, shop: &TestShop, kind: &str, fields: &[(&str, &str)]) -> String {
    let page = sari.get(&format!("{NEW}?kind={kind}")).await;
    let form = page.form(NEW).fill("name-en", kind);
    let form = fields.iter().fold(form, |form, (name, value)| form.fill(name, value));
    form.press("Save").await.expect_status(200).see("Saved.");
    let all = shop.with_db(|conn| Ok(exported(conn, Section::Promotions))).await;
    let (_, own) = all.split_once(&format!("[promotions.{kind}]\n")).expect("it is there");
    own.split("\n\n").next().unwrap().trim_end().to_owned()
}

async fn every_kind_is_made_on_its_page_as_in_a_file(shop: TestShop) {
    let sari = open(&shop).await;
    let amount = [("amount", "25.000")];
    for (kind, fields, written) in [
        ("goods-percent", &[("percent", "12,5%")][..], "lane = \"line\"\npercent = \"12.5%\""),
        ("amount-per-unit", &amount, "lane = \"line\"\namount_per_unit = 25000"),
        ("fixed-price", &amount, "lane = \"line\"\nfixed_price = 25000"),
        (
            "buy-get",
            &[("buy", "2"), ("get", "1"), ("percent", "100")],
            "lane = \"line\"\nbuy = 2\nget = 1\npercent = \"100%\"",
        ),
        ("order-percent", &[("percent", "10")], "lane = \"order\"\npercent = \"10%\""),
        ("order-amount", &amount, "lane = \"order\"\namount = 25000"),
        ("free-delivery", &[], "lane = \"shipping\"\npercent = \"100%\""),
        ("delivery-percent", &[("percent", "50")], "lane = \"shipping\"\npercent = \"50%\""),
        ("delivery-amount", &amount, "lane = \"shipping\"\namount = 25000"),
    ] {
        assert_eq!(made(&sari, &shop, kind, fields).await, format!("name = \"{kind}\"\n{written}"));
    }
    let whole = [
        ("percent", "10"),
        ("name-id", "Semua"),
        ("max_discount", "50.000"),
        ("products", "cup"),
        ("skus", "CUP"),
        ("min_subtotal", "200.000"),
        ("min_quantity", "2"),
        ("priority", "-1"),
        ("usage_limit", "500"),
        ("per_customer_limit", "1"),
    ];
    let page = sari.get(&format!("{NEW}?kind=order-percent")).await;
    let form = page.form(NEW).fill("name-en", "Whole").choose("subtotal_basis", "remaining");
    let form = form.choose("category-mugs", "1").choose("exclusive", "1");
    let form = whole.iter().fold(form, |form, (name, value)| form.fill(name, value));
    form.press("Save").await.see("Saved.");
    let all = shop.with_db(|conn| Ok(exported(conn, Section::Promotions))).await;
    let (_, own) = all.split_once("[promotions.whole]\n").unwrap();
    let lines = [
        "name = { en = \"Whole\", id = \"Semua\" }",
        "lane = \"order\"",
        "percent = \"10%\"",
        "max_discount = 50000",
        "categories = [\"mugs\"]",
        "products = [\"cup\"]",
        "skus = [\"CUP\"]",
        "min_subtotal = 200000",
        "subtotal_basis = \"remaining\"",
        "min_quantity = 2",
        "priority = -1",
        "exclusive = true",
        "usage_limit = 500",
        "per_customer_limit = 1",
    ];
    assert_eq!(own.trim_end().lines().collect::<Vec<_>>(), lines);
    expect_a_file_that_changes_nothing(&shop).await;
}

async fn mistakes_are_all_named_and_nothing_typed_is_lost(shop: TestShop) {
    let sari = open(&shop).await;
    offer(&shop, &[coded("other", "TAKEN", percent(5))]).await;
    let form = sari.get(&format!("{NEW}?kind=order-percent")).await.form(NEW);
    let form = form
        .fill("name-en", "Spring")
        .fill("percent", "120")
        .fill("min_subtotal", "much")
        .fill("min_quantity", "two")
        .fill("usage_limit", "-1")
        .choose("opens", "codes")
        .fill("codes", "GOOD\nBA;D");
    let wrong = form.press("Save").await;
    wrong.expect_status(422).see("Nothing was saved yet");
    assert_eq!(
        wrong.texts(".error"),
        [
            "Enter a percentage from 0 to 100, with at most four decimals.",
            "“BA;D” cannot be used. A code has at most 40 letters, digits, - _ and . and opens one discount alone.",
            "Enter a whole number of orders, or leave it empty.",
            "Enter an amount, such as 25.000 in rupiah.",
            "Enter a whole number of units.",
        ]
    );
    let form = wrong.form(NEW);
    assert_eq!((form.value("percent"), form.value("codes")), ("120".into(), "GOOD\nBA;D".into()));
    let form = form
        .fill("name-en", "")
        .fill("percent", "12")
        .fill("min_subtotal", "")
        .fill("min_quantity", "")
        .fill("usage_limit", "")
        .fill("codes", "TAKEN")
        .fill("skus", "CUP\nNONE")
        .fill("starts_at", "2026-12-02T00:00")
        .fill("ends_at", "2026-12-01T00:00");
    let wrong = form.press("Save").await;
    wrong.expect_status(422).see("“TAKEN” cannot be used").see("The shop has no SKU “NONE”");
    wrong.see("Enter a name of at most 100 characters").see("after the beginning");
    assert_eq!(wrong.texts(".error").len(), 4);
    assert_eq!(rules(&shop).await.len(), 1);
    let unread = sari.get(&format!("{NEW}?kind=order-percent")).await.form(NEW);
    unread.fill("name-en", "A").press("Reckon with this").await.expect_status(422);
}

async fn of_two_who_edit_one_discount_the_second_sees_what_changed(shop: TestShop) {
    let sari = open(&shop).await;
    offer(&shop, &[rule("spring", percent(10))]).await;
    let budi = shop.colleague("budi", "owner").await;
    let page = |page: Page| page.form("form[method=post]:has([name=seen])");
    let path = href(&sari).await;
    let (hers, his) = (page(sari.get(&path).await), page(budi.get(&path).await));
    let both = hers.fill("percent", "20").fill("usage_limit", "7").press("Save").await;
    both.expect_status(200);
    let late = his.fill("percent", "30").fill("min_quantity", "2").press("Save").await;
    late.expect_status(409).see("Somebody else has saved this discount").see("“20”");
    let form = page(late);
    let values = ["percent", "usage_limit", "min_quantity"].map(|name| form.value(name));
    assert_eq!(values, ["30", "7", "2"]);
    form.press("Save").await.expect_status(200).see("30% off the order");
    let [rule] = &rules(&shop).await[..] else { panic!("one") };
    assert_eq!((rule.usage_limit, rule.min_quantity.get()), (Some(7), 2));
}

/// The address of the only discount.
async fn href(sari: &Visitor) -> String {
    let list = sari.get("/admin/discounts").await;
    let [href] = &list.attributes("tbody a", "href")[..] else { panic!("one discount") };
    href.clone()
}

async fn a_discount_runs_by_the_clock_of_the_shop(shop: TestShop) {
    let sari = open(&shop).await;
    let fields =
        [("percent", "10"), ("starts_at", "2099-12-01T00:00"), ("ends_at", "2099-12-02T00:00")];
    let written = made(&sari, &shop, "order-percent", &fields).await;
    assert!(written.contains("starts_at = 2099-12-01T00:00:00+07:00"), "{written}");
    let scheduled = sari.get("/admin/discounts?state=scheduled").await;
    scheduled.see("order-percent").see("from 1 Dec 2099");
    sari.get("/admin/discounts?state=running").await.see("No discounts here");
}

/// Seconds that no field shows, the currency, and what the form does not ask: a name in a language that
/// the shop has switched off.
async fn what_a_file_says_of_a_discount_its_page_keeps(shop: TestShop) {
    let sari = open(&shop).await;
    let text = "[promotions.euro]\nname = { en = \"Euro\", id = \"Eropa\" }\ncurrency = \"EUR\"\nlane = \"order\"\namount = \"4.50\"\nactive = false\nends_at = 2099-12-01T23:59:59";
    shop.with_db(move |conn| Ok(change(conn, text))).await;
    shop.with_db(|conn| change_settings(conn, |shop| shop.languages = vec![Language::En])).await;
    let before = rules(&shop).await;
    let page = sari.get(&href(&sari).await).await;
    page.see("€4.50 off the order");
    page.form("form:has([name=seen])").press("Save").await.see("Saved.");
    assert_eq!(rules(&shop).await, before);
}

async fn a_discount_is_stopped_started_copied_and_removed(shop: TestShop) {
    let sari = open(&shop).await;
    offer(&shop, &[coded("spring", "SPRING", percent(10))]).await;
    let page = sari.get(&href(&sari).await).await;
    let stopped = page.form("form[action$='/stop']").press("Stop").await;
    stopped.see("Stopped");
    let guest = with_more_cups(&shop).await;
    apply(&guest, "SPRING").await.expect_status(422);
    let running = stopped.form("form[action$='/start']").press("Start").await;
    running.see("Running");
    let copy = running.form("form[action$='/copies']").press("Duplicate").await;
    copy.see("Stopped").expect_heading("The spring offer");
    let slugs: Vec<String> = rules(&shop).await.iter().map(|rule| rule.slug.to_string()).collect();
    assert_eq!(slugs, ["spring", "the-spring-offer"]);
    copy.form("form[action$='/remove']").press("Remove").await.expect_heading("Discounts");
    apply(&guest, "SPRING").await.expect_status(200);
    guest.order().await;
    running.form("form[action$='/remove']").press("Remove").await.see("Stopped");
    let codes: i64 = promotion_code::table.count().get_result(&mut shop.fresh.conn()).unwrap();
    assert_eq!((rules(&shop).await.len(), codes), (1, 0));
}

async fn with_more_cups(shop: &TestShop) -> crate::kit::Shopper {
    let guest = shop.shopper();
    guest.add("cup", &[], 2).await.expect_status(200);
    guest
}

async fn codes_are_made_many_at_once_and_downloaded(shop: TestShop) {
    let sari = open(&shop).await;
    offer(&shop, &[coded("spring", "SPRING", percent(10))]).await;
    let path = href(&sari).await;
    let page = sari.get(&path).await.go("Codes").await;
    let form = page.form("form[action$='/codes']");
    for (count, prefix) in [("1000", ""), ("0", ""), ("5", "no code")] {
        let wrong = form.clone().fill("count", count).fill("prefix", prefix).press("Make").await;
        wrong.expect_status(422);
    }
    form.fill("count", "999").fill("prefix", "may-").press("Make codes").await.see("Saved.");
    let file = sari.get(&format!("{path}/codes.txt")).await;
    let codes: std::collections::BTreeSet<&str> = file.source().lines().collect();
    assert_eq!(codes.len(), 1_000);
    let made = *codes.iter().find(|code| code.starts_with("MAY-")).unwrap();
    assert_eq!(made.len(), 12);
    apply(&with_more_cups(&shop).await, made)
        .await
        .expect_status(200)
        .see("The spring offer −Rp 20.000");
    expect_a_file_that_changes_nothing(&shop).await;
}

async fn the_list_says_how_often_each_was_used_and_what_it_gave(shop: TestShop) {
    let sari = open(&shop).await;
    let limited = Rule { usage_limit: Some(2), ..coded("spring", "SPRING", percent(10)) };
    offer(&shop, &[limited, rule("off", rupiah_off(5_000))]).await;
    for _ in 0..2 {
        let guest = with_more_cups(&shop).await;
        apply(&guest, "SPRING").await.expect_status(200);
        guest.order().await;
    }
    let list = sari.get("/admin/discounts").await;
    let row = |name: &str| {
        let rows = list.texts("tbody tr");
        rows.into_iter().find(|row| row.contains(name)).expect("it is listed")
    };
    // The other one takes its turn first: of Rp 195.000 each time 10%.
    assert!(row("spring").contains("Used up SPRING 2 of 2 Rp 39.000"), "{}", row("spring"));
    assert!(row("off").contains("Running Automatic 2 Rp 10.000"), "{}", row("off"));
    let state = |state| sari.get(state);
    state("/admin/discounts?state=used-up").await.see("The spring offer").see_no("The off offer");
    state("/admin/discounts?state=running").await.see("The off offer").see_no("The spring offer");
}

async fn whoever_wonders_is_told_why_a_discount_gave_nothing(shop: TestShop) {
    let sari = open(&shop).await;
    let small = Rule { min_subtotal: 250_000.try_into().unwrap(), ..rule("large", percent(10)) };
    let mut bowls = coded("bowls", "BOWLS", percent(10));
    bowls.target.products = vec![text("bowl")];
    shop.with_db(|conn| goods("bowl").put(conn).map(|_| ())).await;
    let stopped = Rule { is_active: false, ..coded("old", "OLD", percent(10)) };
    let spent = Rule { usage_limit: Some(0), ..rule("spent", percent(10)) };
    offer(&shop, &[small, bowls, stopped, spent]).await;
    let form = sari.get("/admin/discounts").await.go("Why did it not apply?").await;
    let form = form.form("/admin/discounts/why").fill("lines", "CUP 2\nNONE");
    let page = form.clone().fill("code", "bowls old what").press("Look").await;
    let answers = page.texts(".rows li");
    for answer in [
        "The large offer The goods that it is for come to Rp 50.000 too little. Not applied",
        "The bowls offer None of its goods are in the cart. Not applied",
        "The old offer It is stopped. Not applied",
        "WHAT No discount has this code. Not applied",
        "The spent offer It has been used as often as it may be. Not applied",
    ] {
        assert!(answers.contains(&answer.to_owned()), "{answer} in {answers:?}");
    }
    page.see("NONE is not on sale");
    let more = form.fill("lines", "CUP 3").press("Look").await;
    more.see("It takes Rp 30.000 off.");
    for query in ["?code=OLD", "?order=1", "?lines=CUP+0"] {
        sari.get(&format!("/admin/discounts/why{query}")).await.expect_status(422);
    }
}

async fn an_order_is_told_by_its_own_bill(shop: TestShop) {
    let guest = with_cups(&shop, 2).await;
    offer(&shop, &[rule("off", rupiah_off(5_000))]).await;
    let number = order_number(&guest.order().await, &ENGLISH);
    // What has changed since is of no matter, but for the code that is tried on it.
    offer(&shop, &[coded("spring", "SPRING", percent(10))]).await;
    let sari = shop.colleague("sari", "owner").await;
    let path = format!("/admin/discounts/why?order={number}");
    sari.get(&path).await.see("The off offer It takes Rp 5.000 off. Applied");
    let tried = sari.get(&format!("{path}&code=spring")).await;
    tried.see("The spring offer It takes Rp 19.500 off.");
    let left: i64 = promotion::table.count().get_result(&mut shop.fresh.conn()).unwrap();
    assert_eq!(left, 2);
}
