//! The owner of a new shop is asked one question after the other, and opens it.

use etalase::audit::{self, Action, Wanted};
use etalase::language::Language;
use etalase::staff;
use etalase::web::visit::now;

use crate::both;
use crate::kit::{Dbms, Page, TestShop, Visitor};

both!(
    an_owner_goes_from_the_link_to_an_open_shop,
    every_step_can_be_skipped,
    a_mistake_keeps_what_was_typed,
    an_account_is_whole_or_none,
    two_who_answer_at_once_lose_nothing,
    whoever_opens_the_shop_is_told_what_is_missing,
    what_was_sent_twice_is_there_once,
    every_answer_is_written_down,
);

/// Somebody with a new shop, at her first question.
async fn owner(shop: &TestShop) -> (Visitor, Page) {
    let invite = |conn: &mut _| staff::first_owner_link(conn, Language::En, now());
    let token = shop.with_db(invite).await.expect("nobody works here");
    let visitor = shop.visitor();
    let path = format!("/admin/join/{}", token.expose());
    let form = visitor.open(&path).await.form("main form");
    let form = form.fill("name", "Sari Hartono").fill("email", "sari@shop.example");
    let first =
        form.fill("new_password", "batu kali lembayung senja").press("Create my account").await;
    (visitor, first)
}

fn steps_done(page: &Page) -> Vec<String> {
    page.texts("ol.rows li:has(.good) a")
}

async fn an_owner_goes_from_the_link_to_an_open_shop(dbms: Dbms) {
    let shop = TestShop::open_new(dbms).await;
    let (sari, page) = owner(&shop).await;
    page.expect_heading("Name");
    assert!(steps_done(&page).is_empty());
    let form = page.form("/admin/start/name").fill("name", "Kopi Rani");
    let page = form.fill("email", "halo@kopi.example").press("Save and go on").await;
    page.expect_heading("Country");
    let form = page.form("/admin/start/place").choose("country", "ID");
    let page = form.choose("time_zone", "Asia/Makassar").press("Save and go on").await;
    page.expect_heading("Currency and taxes");
    let form = page.form("/admin/start/money").choose("currency", "IDR").choose("prices", "with");
    let page = form.press("Save and go on").await;
    page.expect_heading("Languages");
    let form = page.form("/admin/start/languages").choose("language", "en");
    let page = form.choose("speaks-id", "1").press("Save and go on").await;
    let page = page.expect_heading("Look").go("Go on setting up").await;
    page.expect_heading("Delivery");
    let form = page.form("/admin/start/delivery").choose("reach", "country");
    let page = form.fill("method", "Courier").fill("price", "18000").press("Save and go on").await;
    page.expect_heading("Payment");
    let form = page.form("/admin/start/payment").fill("bank", "Bank Contoh");
    let form = form.fill("number", "000 123").fill("holder", "Rani");
    let page = form.press("Save and go on").await;
    page.expect_heading("First product");
    let form = page.form("/admin/start/product").fill("name", "House blend");
    let page = form.fill("price", "85000").fill("units", "7").press("Save and go on").await;
    page.expect_status(200).expect_heading("Set up your shop");
    page.go("Add pictures, texts and variants").await.expect_heading("House blend");
    assert_eq!(steps_done(&page).len(), 7);
    shop.visitor().get("/").await.expect_status(503);
    page.form("/admin/start/open").press("Open the shop").await.see("Your shop is open.");
    let rani = shop.shopper();
    rani.open("/").await.expect_status(200).see("House blend").see("Kopi Rani");
    rani.add("house-blend", &[], 2).await;
    rani.order().await.see("Rp 188.000").see("000 123");
    let page = sari.open("/admin/start").await;
    page.form("/admin/start/close").press("Close the shop").await.see("Your shop is closed.");
    shop.visitor().get("/").await.expect_status(503);
}

async fn every_step_can_be_skipped(dbms: Dbms) {
    let shop = TestShop::open_new(dbms).await;
    let (_, mut page) = owner(&shop).await;
    for heading in
        ["Name", "Country", "Currency and taxes", "Languages", "Look", "Delivery", "Payment"]
    {
        page.expect_heading(heading);
        let on = if heading == "Look" { "Go on setting up" } else { "Skip for now" };
        page = page.go(on).await;
    }
    let last = page.expect_heading("First product").go("Skip for now").await;
    last.expect_heading("Set up your shop");
    assert!(steps_done(&last).is_empty());
    last.see("Nobody can pay.").see("It delivers nowhere.");
}

async fn a_mistake_keeps_what_was_typed(dbms: Dbms) {
    let shop = TestShop::open_new(dbms).await;
    let (sari, page) = owner(&shop).await;
    let form = page.form("/admin/start/name").fill("name", "Kopi").fill("email", "nowhere");
    let page = form.press("Save and go on").await;
    page.expect_status(422).see("Enter an e-mail address");
    assert_eq!(page.form("/admin/start/name").value("email"), "nowhere");
    let form = sari.open("/admin/start/delivery").await.form("/admin/start/delivery");
    let form = form.fill("method", "Courier").fill("price", "cheap");
    let page = form.fill("min_days", "5").fill("max_days", "2").press("Save and go on").await;
    page.expect_status(422).see("Enter a price").see("not be less than the days above");
    let form = page.form("/admin/start/delivery");
    assert_eq!((form.value("method"), form.value("price")), ("Courier".into(), "cheap".into()));
    let form = sari.open("/admin/start/product").await.form("/admin/start/product");
    let page = form.fill("name", "Cup").fill("price", "9").fill("units", "-1");
    let page = page.press("Save and go on").await;
    page.expect_status(422).see("Enter a whole number");
    shop.with_db(|conn| {
        assert_eq!(etalase::settings::load(conn)?.name, "Etalase");
        assert!(!etalase::demo::has_other_goods(conn, now())?);
        Ok(())
    })
    .await;
    sari.get("/admin/start/nonsense").await.expect_status(404);
}

async fn an_account_is_whole_or_none(dbms: Dbms) {
    let shop = TestShop::open_new(dbms).await;
    let (sari, _) = owner(&shop).await;
    let ask = || async { sari.open("/admin/start/payment").await.form("/admin/start/payment") };
    let page = ask().await.fill("bank", "Bank Contoh").press("Save and go on").await;
    page.expect_status(422).see("Enter bank, number and holder, or none of them.");
    let form = page.form("/admin/start/payment").fill("number", "1").fill("holder", "Rani");
    form.choose("cash", "1").press("Save and go on").await.expect_status(200);
    let settings = shop.shop.frame().settings.clone();
    assert_eq!(settings.bank_accounts.len(), 1);
    assert_eq!(settings.cash_on_delivery_in, [settings.country]);
    let form = ask().await.fill("bank", "").fill("number", "").fill("holder", "").untick("cash");
    form.press("Save and go on").await.expect_status(200);
    let settings = shop.shop.frame().settings.clone();
    assert!(settings.bank_accounts.is_empty() && settings.cash_on_delivery_in.is_empty());
}

async fn two_who_answer_at_once_lose_nothing(dbms: Dbms) {
    let shop = TestShop::open_new(dbms).await;
    let (sari, page) = owner(&shop).await;
    let second = sari.open("/admin/start/name").await.form("/admin/start/name");
    let first = page.form("/admin/start/name").fill("name", "Kopi Rani");
    first.press("Save and go on").await.expect_heading("Country");
    let page = second.fill("email", "halo@kopi.example").press("Save and go on").await;
    page.expect_status(409).see("Somebody else has saved these settings");
    let form = page.form("/admin/start/name");
    assert_eq!(form.value("name"), "Kopi Rani");
    form.press("Save and go on").await.expect_heading("Country");
    let settings = shop.shop.frame().settings.clone();
    assert_eq!(
        (settings.name.as_str(), settings.email.as_str()),
        ("Kopi Rani", "halo@kopi.example")
    );
}

async fn whoever_opens_the_shop_is_told_what_is_missing(dbms: Dbms) {
    let shop = TestShop::open_new(dbms).await;
    let (sari, _) = owner(&shop).await;
    let page = sari.open("/admin/start").await;
    for words in ["no name of its own", "delivers nowhere", "Nobody can pay", "nothing of yours"] {
        page.see(words);
    }
    let told_less = page.form("/admin/start/open").forge("told", "name delivery");
    let page = told_less.send("Open it all the same").await;
    page.expect_status(409).see("meanwhile something else is missing");
    shop.visitor().get("/").await.expect_status(503);
    let page = page.form("/admin/start/open").press("Open it all the same").await;
    page.see("Your shop is open.");
    shop.visitor().get("/").await.expect_status(200);
}

async fn what_was_sent_twice_is_there_once(dbms: Dbms) {
    let shop = TestShop::open_new(dbms).await;
    let (sari, _) = owner(&shop).await;
    let body = "reach=anywhere&method=Post&price=5&min_days=1&max_days=2";
    for _ in 0..2 {
        sari.post("/admin/start/delivery", body).await.expect_status(303);
    }
    let frame = shop.shop.frame();
    assert_eq!((frame.rules.methods.len(), frame.rules.zones.delivery.len()), (1, 1));
    let page = sari.open("/admin/start/delivery").await;
    page.see("Your shop delivers already.")
        .go("Set zones, ways and prices of delivery")
        .await
        .see("Post");
}

async fn every_answer_is_written_down(dbms: Dbms) {
    let shop = TestShop::open_new(dbms).await;
    let (_, page) = owner(&shop).await;
    page.form("/admin/start/name").fill("name", "Kopi Rani").press("Save and go on").await;
    let wanted = Wanted { action: Some(Action::SettingsChanged), ..Wanted::default() };
    let written = shop.with_db(move |conn| audit::list(conn, &wanted, 9)).await;
    assert_eq!(written.len(), 1);
    assert_eq!(
        (written[0].before.as_str(), written[0].after.as_str()),
        ("{\"name\":\"Etalase\"}", "{\"name\":\"Kopi Rani\"}")
    );
}
