//! A merchant's first day, on her phone and without scripts: she sets up her shop, sells, packs and refunds.

use fantoccini::Locator;
use fantoccini::key::Key;

use crate::browser::{Browser, PHONE_WITHOUT_SCRIPTS, browse_new};
use crate::kit::shopper::{ENGLISH, order_number};
use crate::kit::{Office, TestShop};
use etalase::language::Language;
use etalase::staff::first_owner_link;
use etalase::web::visit::now;

#[test]
fn sari_opens_her_shop_sells_packs_refunds_and_reads_the_day() {
    browse_new(PHONE_WITHOUT_SCRIPTS, async |browser, shop| {
        join(browser, shop).await;
        set_up(browser).await;
        add_a_mug(browser).await;
        show_it(browser, shop).await;
        let number = sell(shop).await;
        pack(browser, &number).await;
        refund_one(browser).await;
        browser.go("/admin/reports").await;
        browser.see("Rp 238.000").await;
        fits(browser).await;
        browser.go("/admin").await;
        browser.see("Mug Senja").await;
        browser.see("Rp 110.000").await;
        fits(browser).await;
    });
}

async fn fits(browser: &Browser) {
    assert_eq!(browser.overflow().await, 0, "on {}", browser.path().await);
}

async fn join(browser: &Browser, shop: &TestShop) {
    let token = shop.with_db(|conn| first_owner_link(conn, Language::En, now())).await;
    browser.go(&format!("/admin/join/{}", token.unwrap().expose())).await;
    browser.fill("name", "Sari Hartono").await;
    browser.fill("email", "sari@shop.example").await;
    browser.fill("new_password", "batu kali lembayung senja").await;
    browser.press("Create my account").await;
}

/// The questions of the first five minutes, all but the look and the first product.
async fn set_up(browser: &Browser) {
    browser.headed("Name").await;
    browser.fill("name", "Kebun Keramik").await;
    browser.fill("email", "halo@kebun.example").await;
    for heading in ["Country", "Currency and taxes", "Languages", "Look"] {
        browser.press("Save and go on").await;
        browser.headed(heading).await;
        fits(browser).await;
    }
    browser.press("Go on setting up").await;
    browser.fill("method", "Courier").await;
    browser.fill("price", "18.000").await;
    browser.press("Save and go on").await;
    browser.fill("bank", "Bank Contoh").await;
    browser.fill("number", "000 123").await;
    browser.fill("holder", "Sari Hartono").await;
    browser.press("Save and go on").await;
    browser.headed("First product").await;
    fits(browser).await;
}

/// In four colours and two sizes, with three photographs.
async fn add_a_mug(browser: &Browser) {
    browser.go("/admin/products/new").await;
    browser.fill("name", "Mug Senja").await;
    browser.fill("price", "110.000").await;
    browser.press("Make a draft").await;
    browser.see("Prices, stock and options").await;
    let product = browser.path().await;
    browser.press("Prices, stock and options").await;
    browser.press("Options").await;
    browser.fill("add_name", "Colour").await;
    browser.fill("add_values", "oat, sage, ink, clay").await;
    browser.fill("also_name", "Size").await;
    browser.fill("also_values", "250 ml, 350 ml").await;
    fits(browser).await;
    browser.press("Save and make variants").await;
    browser.see("Saved.").await;
    browser.go(&format!("{product}/variants")).await;
    let stocks = "//main//input[starts-with(@name, 'stock-')]";
    let stocks = browser.client.find_all(Locator::XPath(stocks)).await.unwrap();
    assert_eq!(stocks.len(), 8);
    for stock in stocks {
        stock.clear().await.unwrap();
        stock.send_keys("5").await.unwrap();
    }
    fits(browser).await;
    browser.press("Save").await;
    browser.see("Saved.").await;
    browser.go(&format!("{product}/pictures")).await;
    let pictures =
        ["mug-sage", "mug-ink", "mug-clay"].map(|name| format!("demo/images/{name}.webp"));
    browser.hand_in("pictures", &pictures.each_ref().map(String::as_str)).await;
    browser.press("Add them").await;
    browser.see("Main picture").await;
    fits(browser).await;
    browser.go(&product).await;
}

async fn show_it(browser: &Browser, shop: &TestShop) {
    browser.select("status", "Live").await;
    browser.press("Save").await;
    browser.see("Saved.").await;
    Office::of(shop).work().await;
    browser.go("/admin/start").await;
    browser.press("Open the shop").await;
    browser.see("Your shop is open.").await;
    browser.go("/products/mug-senja").await;
    browser.see("350 ml").await;
    assert_eq!(browser.client.find_all(Locator::Css(".gallery-track img")).await.unwrap().len(), 3);
}

/// Two to a shopper somewhere else; the order's number.
async fn sell(shop: &TestShop) -> String {
    let shopper = shop.shopper();
    shopper.add("mug-senja", &[("colour", "sage"), ("size", "350-ml")], 2).await;
    order_number(&shopper.order().await, &ENGLISH)
}

async fn pack(browser: &Browser, number: &str) {
    browser.go("/admin").await;
    browser.press("1 order waits for its transfer").await;
    fits(browser).await;
    browser.press(number).await;
    browser.fill("reference", "Bank Contoh 7").await;
    browser.key(Key::Enter.into()).await;
    browser.see("Confirmed a payment").await;
    browser.fill("carrier", "JNE").await;
    browser.fill("tracking_number", "JNE123456").await;
    fits(browser).await;
    browser.press("Mark as sent").await;
    browser.see("JNE JNE123456").await;
}

async fn refund_one(browser: &Browser) {
    browser.press("Refund").await;
    browser.fill("line-0", "1").await;
    browser.fill("reason", "One was cracked").await;
    browser.press("Show what this does").await;
    browser.see("Rp 110.000 is yours to send").await;
    fits(browser).await;
    browser.press("Refund Rp").await;
    browser.see("Refund, to be sent by hand").await;
    browser.fill("sent", "Bank Contoh 8").await;
    browser.press("It is sent").await;
    browser.see("Refunded").await;
    fits(browser).await;
}
