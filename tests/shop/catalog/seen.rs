//! What a visitor has looked at last: shown to her, kept by her browser, known to nobody else.

use crate::both;
use crate::kit::goods::take_out;
use crate::kit::member::{RANI, registered};
use crate::kit::{Page, Shopper, TestShop, goods};
use etalase::settings;

both!(
    a_stranger_gets_no_cookie_for_looking,
    what_was_seen_last_is_shown,
    an_empty_cart_leads_back_to_what_was_seen,
    what_is_no_longer_to_be_seen_is_left_out,
    looking_never_writes_the_session,
    a_cookie_that_was_touched_shows_nothing,
    signing_out_leaves_nothing_behind,
    a_shop_can_do_without,
);

const SEEN: &str = "section[aria-labelledby=seen] h3";

/// Somebody who is remembered because she keeps something for later.
async fn known(shop: &TestShop) -> Shopper {
    shop.with_db(|conn| {
        ["cup", "bowl", "jug", "pot", "pan", "lid"]
            .iter()
            .try_for_each(|slug| goods(slug).put(conn).map(|_| ()))
    })
    .await;
    let shopper = shop.shopper();
    shopper.visitor.post("/wishlist/wishes", "product=cup").await.expect_status(303);
    shopper
}

async fn look_at(shopper: &Shopper, slugs: &[&str]) -> Page {
    let mut last = shopper.open("/").await;
    for slug in slugs {
        last = shopper.open(&format!("/products/{slug}")).await;
    }
    last
}

async fn a_stranger_gets_no_cookie_for_looking(shop: TestShop) {
    let visitor = shop.visitor();
    let before = visitor.open("/products/hening-vase").await;
    visitor.open("/products/bumi-stoneware-mug").await;
    let after = visitor.open("/products/hening-vase").await;
    assert_eq!(visitor.cookies(), "");
    assert_eq!(before.source(), after.source(), "her page is everybody's");
}

async fn what_was_seen_last_is_shown(shop: TestShop) {
    let rani = known(&shop).await;
    let page = look_at(&rani, &["cup", "bowl", "jug", "pot", "cup", "lid", "pan"]).await;
    assert_eq!(page.texts(SEEN), ["The lid", "The cup", "The pot", "The jug"]);
    let page = rani.open("/products/lid").await;
    assert_eq!(page.texts(SEEN), ["The pan", "The cup", "The pot", "The jug"], "but not itself");
    assert_eq!(rani.open("/").await.texts(SEEN), ["The lid", "The pan", "The cup", "The pot"]);
    let cookies = rani.visitor.cookies();
    assert!(cookies.len() < 1_000, "{} bytes", cookies.len());
}

async fn an_empty_cart_leads_back_to_what_was_seen(shop: TestShop) {
    let rani = known(&shop).await;
    look_at(&rani, &["bowl", "jug"]).await;
    let cart = rani.cart().await;
    assert_eq!(cart.see("Your cart is empty").texts(SEEN), ["The jug", "The bowl"]);
    let cart = rani.add("cup", &[], 1).await;
    assert_eq!(cart.texts(SEEN), [""; 0], "a full one has one way on");
}

async fn what_is_no_longer_to_be_seen_is_left_out(shop: TestShop) {
    let rani = known(&shop).await;
    look_at(&rani, &["bowl", "jug"]).await;
    shop.with_db(|conn| take_out(conn, "JUG")).await;
    assert_eq!(rani.open("/").await.texts(SEEN), ["The bowl"]);
}

/// A page that comes late must not put an old cart in the place of a new one.
async fn looking_never_writes_the_session(shop: TestShop) {
    let rani = known(&shop).await;
    for slug in ["bowl", "jug"] {
        let page = rani.open(&format!("/products/{slug}")).await;
        let cookies: Vec<&str> =
            page.headers.get_all("set-cookie").iter().map(|it| it.to_str().unwrap()).collect();
        let [cookie] = cookies[..] else { panic!("{cookies:?}") };
        assert!(cookie.starts_with("etalase-seen="), "{cookie}");
        for flag in ["HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(flag), "{flag} is not in {cookie}");
        }
        assert!(!cookie.contains("Max-Age") && !cookie.contains("Expires"), "{cookie}");
    }
}

async fn a_cookie_that_was_touched_shows_nothing(shop: TestShop) {
    let rani = known(&shop).await;
    look_at(&rani, &["bowl"]).await;
    for forged in ["1.2.3", "", "%00", &"A".repeat(200)] {
        rani.visitor.keep_cookie("etalase-seen", forged);
        let home = rani.open("/").await;
        assert_eq!(home.expect_status(200).texts(SEEN), [""; 0], "{forged}");
    }
}

async fn signing_out_leaves_nothing_behind(shop: TestShop) {
    let rani = registered(&shop, RANI).await;
    rani.open("/products/hening-vase").await;
    assert_eq!(rani.open("/").await.texts(SEEN), ["Hening Vase"]);
    rani.open("/account").await.form("/account/sign-out").press("Sign out").await;
    assert!(!rani.visitor.cookies().contains("seen"), "{}", rani.visitor.cookies());
    // Whoever sits down next, and is known, finds nothing of it.
    rani.visitor.post("/wishlist/wishes", "product=hening-vase&colour=oat").await;
    assert_eq!(rani.open("/").await.texts(SEEN), [""; 0]);
}

async fn a_shop_can_do_without(shop: TestShop) {
    let rani = known(&shop).await;
    look_at(&rani, &["bowl"]).await;
    shop.with_db(|conn| {
        let own = settings::load(conn)?;
        settings::save(conn, &settings::ShopSettings { recently_viewed: false, ..own })
    })
    .await;
    let page = rani.open("/products/jug").await;
    assert_eq!(page.texts(SEEN), [""; 0]);
    assert_eq!(page.header("set-cookie"), "");
}
