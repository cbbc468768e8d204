//! Keys of session cookies change, and nobody is signed out for it.

use std::path::Path;

use crate::both;
use crate::kit::{Dbms, FreshDatabase, TestShop, Visitor};
use etalase::config::rotate_cookie_keys;

both!(
    a_cookie_of_an_older_key_is_read_and_made_anew,
    a_cookie_of_a_forgotten_key_is_no_cookie,
    garbage_is_no_cookie_whatever_the_keys,
);

async fn a_cookie_of_an_older_key_is_read_and_made_anew(dbms: Dbms) {
    let before = TestShop::open(dbms).await;
    let old = cookie_with_a_vase(&before).await;
    let after = open_after(&before, 2, dbms).await;
    let guest = holder(&after, &old);
    let page = guest.get("/cart").await;
    page.expect_status(200).see("Hening Vase");
    assert!(page.header("set-cookie").starts_with("etalase="), "{}", page.header("set-cookie"));
    let new = guest.cookies();
    assert_ne!(new, old);
    let page = guest.get("/cart").await;
    page.see("Hening Vase");
    assert_eq!(page.header("set-cookie"), "", "once is enough");
    // The new one needs none of the old keys.
    holder(&before, &new).get("/cart").await.see("Your cart is empty");
    // What else the browser sends is not lost on the way.
    let stranger = after.visitor();
    let request = stranger.request(reqwest::Method::GET, "/cart");
    let request = request.header("cookie", format!("a=%3B; {old}; b=\"c\""));
    stranger.send(request).await.see("Hening Vase");
}

async fn a_cookie_of_a_forgotten_key_is_no_cookie(dbms: Dbms) {
    let before = TestShop::open(dbms).await;
    let old = cookie_with_a_vase(&before).await;
    let after = open_after(&before, 4, dbms).await;
    holder(&after, &old).get("/cart").await.expect_status(200).see("Your cart is empty");
}

async fn garbage_is_no_cookie_whatever_the_keys(dbms: Dbms) {
    let before = TestShop::open(dbms).await;
    let old = cookie_with_a_vase(&before).await;
    let after = open_after(&before, 1, dbms).await;
    let (_, value) = old.split_once('=').unwrap();
    for at in (0..value.len()).step_by(7) {
        let other = if value.as_bytes()[at] == b'A' { "B" } else { "A" };
        let forged = format!("{}{other}{}", &value[..at], &value[at + 1..]);
        let page = holder(&after, &format!("etalase={forged}")).get("/cart").await;
        page.expect_status(200).see("Your cart is empty");
    }
    for forged in ["", "%", "%00", "=", "\u{fffd}", "AAAA", &value[..30]] {
        let request = after.visitor().request(reqwest::Method::GET, "/cart");
        let request = request.header("cookie", format!("; ;=;etalase={forged};etalase;"));
        after.visitor().send(request).await.expect_status(200).see("Your cart is empty");
    }
}

/// `name=value` of a visitor's cookie.
async fn cookie_with_a_vase(shop: &TestShop) -> String {
    let guest = shop.shopper();
    guest.add("hening-vase", &[("colour", "oat")], 1).await.see("Hening Vase");
    guest.visitor.cookies()
}

fn holder(shop: &TestShop, cookie: &str) -> Visitor {
    let visitor = shop.visitor();
    let (name, value) = cookie.split_once('=').unwrap();
    visitor.keep_cookie(name, value);
    visitor
}

/// A shop with the same keys, after so many rotations.
async fn open_after(before: &TestShop, rotations: usize, dbms: Dbms) -> TestShop {
    let fresh = FreshDatabase::filled(dbms);
    copy("session.key", before.fresh.folder.path(), fresh.folder.path());
    for _ in 0..rotations {
        rotate_cookie_keys(fresh.folder.path()).unwrap();
    }
    TestShop::open_with(fresh, |_| {}).await
}

fn copy(name: &str, from: &Path, to: &Path) {
    std::fs::copy(from.join(name), to.join(name)).unwrap();
}
