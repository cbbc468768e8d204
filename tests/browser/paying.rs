//! Over a gateway's page and back, as two people go it without scripts.

use crate::browser::{Browser, PHONE_WITHOUT_SCRIPTS, browse_in};
use crate::journeys::fill_in;
use crate::kit::{Office, TestShop, office};
use etalase::config::Switch;

/// In a shop where payments are rehearsed.
fn browse(story: impl AsyncFnOnce(&Browser, &TestShop)) {
    browse_in(PHONE_WITHOUT_SCRIPTS, |settings| settings.test_payments = Switch::On, story);
}

#[test]
fn rani_is_declined_and_pays_again() {
    browse(async |browser, _| {
        order(browser).await;
        browser.press("Decline the payment").await;
        browser.headed("Your payment did not go through").await;
        assert_eq!(browser.overflow().await, 0);
        browser.press("Pay Rp").await;
        browser.headed("Test payment: no money moves").await;
        browser.press("Pay Rp").await;
        browser.headed("Thank you").await;
        browser.see("Test payment: paid").await;
        assert_eq!(browser.overflow().await, 0);
        let order = browser.path().await;
        browser.client.back().await.unwrap();
        browser.press("Back to the shop").await;
        assert_eq!(browser.path().await, order);
        browser.go("/cart").await;
        browser.see("Your cart is empty").await;
    });
}

#[test]
fn rani_pays_closes_the_window_and_finds_her_order_by_its_mail() {
    browse(async |browser, shop| {
        order(browser).await;
        // Her browser dies with the answer of the page.
        shop.visitor().post(&browser.path().await, "act=pay").await.expect_status(303);
        browser.client.delete_all_cookies().await.unwrap();
        browser.client.goto("about:blank").await.unwrap();
        Office::of(shop).work().await;
        let mails = office::mails(shop).await;
        let mail = mails.iter().find(|mail| mail.template == "order_placed").unwrap();
        let link = mail.text.split_whitespace().find(|word| word.contains("/orders/")).unwrap();
        browser.client.goto(link).await.unwrap();
        browser.headed("Thank you").await;
        browser.see("Test payment: paid").await;
    });
}

/// As far as the gateway's page.
async fn order(browser: &Browser) {
    browser.go("/products/kenanga-candle").await;
    browser.press("Add to cart").await;
    browser.press("Check out").await;
    fill_in(browser).await;
    browser.choose("payment", "rehearsal").await;
    browser.press("Place order").await;
    browser.headed("Test payment: no money moves").await;
    assert_eq!(browser.overflow().await, 0);
}
