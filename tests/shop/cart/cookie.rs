//! What the browser keeps for a shopper: small, sealed, and gone with the cart.

use reqwest::Method;

use crate::both;
use crate::kit::{Dbms, TestShop, goods};

both!(
    fifty_things_fit_and_the_next_is_refused_politely,
    the_cookie_is_out_of_reach_of_scripts_and_other_sites,
    the_cookie_of_a_shop_on_https_stays_on_https,
    an_emptied_cart_leaves_no_cookie,
    a_cookie_of_another_shop_is_no_cart,
    a_page_about_a_cart_is_kept_nowhere,
);

/// What browsers keep at most, name and value together (RFC 6265, 6.1).
const LARGEST_COOKIE: usize = 4_096;

async fn fifty_things_fit_and_the_next_is_refused_politely(shop: TestShop) {
    shop.with_db(|conn| {
        for n in 0..51 {
            goods(&format!("thing-{n}")).costing(900_000_000_000).on_hand(9_999).put(conn)?;
        }
        Ok(())
    })
    .await;
    let visitor = shop.visitor();
    for n in 0..50 {
        let page = visitor.post("/cart/lines", format!("product=thing-{n}&quantity=9999")).await;
        page.expect_status(303);
        let size = visitor.cookies().len();
        assert!(size < LARGEST_COOKIE, "{size} bytes with {n} things");
    }
    let page = visitor.post("/cart/lines", "product=thing-50&quantity=1").await;
    page.expect_status(422).see("A cart holds 50 different things");
    let cart = visitor.open("/cart").await;
    assert_eq!(cart.expect_status(200).all(".line").len(), 50);
    // More of what is there already is another matter, but there is no more.
    let page = visitor.post("/cart/lines", "product=thing-49&quantity=1").await;
    page.expect_status(422).see_no("A cart holds 50");
}

async fn the_cookie_is_out_of_reach_of_scripts_and_other_sites(shop: TestShop) {
    let cookie = cookie_set_by(&shop).await;
    assert!(cookie.starts_with("etalase="), "{cookie}");
    for flag in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(has(&cookie, flag), "{flag} is not in {cookie}");
    }
    assert!(!has(&cookie, "Secure"), "a browser drops it on http: {cookie}");
    assert!(!cookie.contains("135000"), "it can be read: {cookie}");
}

async fn the_cookie_of_a_shop_on_https_stays_on_https(dbms: Dbms) {
    let shop = TestShop::open_https(dbms).await;
    let cookie = cookie_set_by(&shop).await;
    assert!(cookie.starts_with("__Host-etalase="), "{cookie}");
    for flag in ["HttpOnly", "SameSite=Lax", "Path=/", "Secure"] {
        assert!(has(&cookie, flag), "{flag} is not in {cookie}");
    }
    assert!(!cookie.to_lowercase().contains("domain="), "{cookie}");
}

async fn an_emptied_cart_leaves_no_cookie(shop: TestShop) {
    let guest = shop.shopper();
    let cart = guest.add("hening-vase", &[("colour", "oat")], 1).await;
    assert_ne!(guest.visitor.cookies(), "");
    cart.form(".line form").press("Remove").await.see("Your cart is empty");
    assert_eq!(guest.visitor.cookies(), "");
}

async fn a_cookie_of_another_shop_is_no_cart(shop: TestShop) {
    let guest = shop.shopper();
    guest.add("hening-vase", &[("colour", "oat")], 1).await;
    let ours = guest.visitor.cookies();
    let (name, value) = ours.split_once('=').unwrap_or_default();
    let other_shop = TestShop::open(Dbms::Sqlite).await;
    let changed = format!("{}{}", if value.starts_with('A') { "B" } else { "A" }, &value[1..]);
    for (shop, value) in [(&other_shop, value), (&shop, &changed), (&shop, &value[..20])] {
        let visitor = shop.visitor();
        visitor.keep_cookie(name, value);
        visitor.get("/cart").await.expect_status(200).see("Your cart is empty");
        visitor.get("/checkout").await.expect_status(303);
    }
    let copy = shop.visitor();
    copy.keep_cookie(name, value);
    copy.get("/cart").await.see("Hening Vase");
}

async fn a_page_about_a_cart_is_kept_nowhere(shop: TestShop) {
    let guest = shop.shopper();
    guest.add("hening-vase", &[("colour", "oat")], 1).await;
    for path in ["/cart", "/checkout"] {
        let page = guest.visitor.get(path).await;
        assert_eq!(page.expect_status(200).header("cache-control"), "no-store", "{path}");
        assert_eq!(page.attributes("meta[name=robots]", "content"), ["noindex,follow"]);
    }
    // Every other page shows how much is in the cart, so nobody else may see her copy of it.
    let home = guest.visitor.get("/").await;
    assert_eq!(home.texts("header .count"), ["1"]);
    assert!(home.header("cache-control").contains("private"), "{}", home.header("cache-control"));
}

/// The cookie that comes with the first thing in the cart.
async fn cookie_set_by(shop: &TestShop) -> String {
    let visitor = shop.visitor();
    let request = visitor
        .request(Method::POST, "/cart/lines")
        .header("content-type", "application/x-www-form-urlencoded")
        .body("product=bumi-stoneware-mug&colour=clay&size=350ml&quantity=1");
    let page = visitor.send(request).await;
    page.expect_status(303).header("set-cookie").to_owned()
}

fn has(cookie: &str, flag: &str) -> bool {
    cookie.split("; ").any(|part| part.eq_ignore_ascii_case(flag))
}
