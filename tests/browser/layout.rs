//! What a narrow screen shows, and what the browser says about it.

use crate::browser::{Browser, SMALLEST_PHONE, browse};

#[test]
fn nothing_scrolls_sideways_on_the_smallest_phone() {
    browse(SMALLEST_PHONE, async |browser| {
        for path in [
            "/",
            "/categories/table",
            "/products/bumi-stoneware-mug",
            "/products/aceh-gayo",
            "/search?q=mug",
            "/search?q=xyzzyx",
            "/pages/returns",
            "/no-such-page",
            "/cart",
        ] {
            fits(browser, path).await;
            fits(browser, &format!("/id{path}")).await;
        }
        fill_cart(browser).await;
        for path in ["/cart", "/id/cart", "/checkout", "/id/checkout"] {
            fits(browser, path).await;
        }
        browser.press("Buat pesanan").await;
        browser.see("Ada yang perlu diperbaiki").await;
        assert_eq!(browser.overflow().await, 0, "the checkout with mistakes");
        let complaints = browser.complaints().await;
        // The answers that this story asked for are no mistakes.
        let unexpected = complaints.iter().filter(|said| !said.contains("the server responded"));
        assert_eq!(unexpected.collect::<Vec<_>>(), [""; 0]);
    });
}

async fn fits(browser: &Browser, path: &str) {
    browser.go(path).await;
    assert_eq!(browser.overflow().await, 0, "{path} is wider than the screen");
}

async fn fill_cart(browser: &Browser) {
    for path in ["/products/bumi-stoneware-mug", "/products/aceh-gayo"] {
        browser.go(path).await;
        browser.press("Add to cart").await;
        browser.see("is in your cart").await;
    }
}
