//! Without a mouse.

use fantoccini::key::Key;

use crate::browser::{Browser, DESKTOP, browse};

/// More stops than this nobody makes.
const MOST_STOPS: usize = 60;

#[test]
fn a_product_is_found_and_added_with_the_keyboard_alone() {
    browse(DESKTOP, async |browser| {
        browser.go("/").await;
        browser.key(Key::Tab.into()).await;
        assert_eq!(focused(browser).await.0, "Skip to content");
        tab_to(browser, "q").await;
        for letter in "mug".chars() {
            browser.key(letter).await;
        }
        browser.key(Key::Enter.into()).await;
        browser.see("Results for").await;
        tab_to(browser, "Bumi Stoneware Mug").await;
        browser.key(Key::Enter.into()).await;
        browser.see("Tax included").await;
        tab_to(browser, "colour").await;
        browser.key(Key::Right.into()).await;
        tab_to(browser, "Add to cart").await;
        browser.key(Key::Enter.into()).await;
        browser.see("Bumi Stoneware Mug is in your cart").await;
        browser.see("Oat, 250 ml").await;
    });
}

/// Presses Tab until something with these words or this name has the focus.
async fn tab_to(browser: &Browser, wanted: &str) {
    let mut stops = Vec::new();
    for _ in 0..MOST_STOPS {
        browser.key(Key::Tab.into()).await;
        let (words, name) = focused(browser).await;
        if words == wanted || name == wanted {
            return;
        }
        stops.push(words);
    }
    panic!("Tab does not lead to {wanted:?}, but to {stops:?}");
}

/// Words and name of what has the focus, which can be seen to have it.
async fn focused(browser: &Browser) -> (String, String) {
    let element = browser.client.active_element().await.unwrap();
    let words = element.text().await.unwrap_or_default();
    let name = element.attr("name").await.unwrap().unwrap_or_default();
    (words, name)
}
