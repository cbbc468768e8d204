//! What somebody keeps for later: her own, there when she comes back, and seen by others only by her link.

use chrono::TimeDelta;
use diesel::prelude::*;

use crate::both;
use crate::kit::goods::{leave, reprice, take_out, variant_ids};
use crate::kit::member::{PASSWORD, RANI, registered, sign_in};
use crate::kit::{Dbms, Office, Page, Shopper, TestShop, Visitor, goods};
use etalase::db::schema::{wish, wishlist};

both!(
    a_guest_keeps_something_for_later,
    a_choice_that_does_not_exist_is_not_kept,
    what_is_kept_goes_into_the_cart,
    a_wish_comes_out_of_the_cart,
    a_wish_that_is_removed_comes_back,
    a_guest_who_keeps_nothing_has_no_cookie,
    what_has_changed_since_is_told,
    a_list_holds_a_hundred_things,
    a_guests_list_becomes_the_accounts,
    a_guests_wishes_join_the_accounts,
    a_joined_list_keeps_the_latest,
    a_list_follows_its_owner_and_nobody_else,
    a_shared_list_does_not_say_whose_it_is,
    a_stopped_link_shows_nothing,
    a_cookie_that_was_touched_opens_no_list,
    keeping_too_much_too_fast_is_refused,
    a_long_list_needs_as_many_statements_as_a_short_one,
    lists_of_guests_who_stay_away_are_forgotten,
);

async fn keep(shopper: &Shopper, slug: &str) -> Page {
    let page = shopper.open(&format!("/products/{slug}")).await;
    page.form("form#buy").press("Keep for later").await
}

/// The links to what is on a list.
fn wished(page: &Page) -> Vec<String> {
    page.texts("li.line h2")
}

async fn with_goods(shop: &TestShop, slugs: &[&'static str]) {
    let slugs = slugs.to_vec();
    shop.with_db(move |conn| slugs.iter().try_for_each(|slug| goods(slug).put(conn).map(|_| ())))
        .await;
}

async fn a_guest_keeps_something_for_later(shop: TestShop) {
    let guest = shop.shopper();
    let form = guest.open("/products/bumi-stoneware-mug").await.form("form#buy");
    let chosen = form.choose("colour", "clay").choose("size", "350ml");
    let page = chosen.clone().press("Keep for later").await;
    page.expect_heading("Wishlist").see("Bumi Stoneware Mug is on your wishlist");
    page.see("Clay, 350 ml").see("Rp 135.000").see("In stock");
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.attributes("meta[name=robots]", "content"), ["noindex,follow"]);
    chosen.press("Keep for later").await;
    assert_eq!(wished(&guest.open("/wishlist").await).len(), 1, "once is enough");
    let page = shop.indonesian_shopper().open("/wishlist").await;
    page.see("Wishlist Anda masih kosong");
}

async fn a_choice_that_does_not_exist_is_not_kept(shop: TestShop) {
    let visitor = shop.visitor();
    let page = visitor.post("/wishlist/wishes", "product=bumi-stoneware-mug&variant=NONE").await;
    page.expect_status(422).see("Not added yet").see("nothing with these options together");
    for (path, body) in [
        ("/wishlist/wishes", "product=no-such-thing"),
        ("/wishlist/wishes", ""),
        ("/wishlist/wishes/999999", "keep=again"),
        ("/wishlist/wishes/x", "keep=again"),
        ("/wishlist/link", ""),
    ] {
        visitor.post(path, body).await.expect_status(404);
    }
    assert_eq!(visitor.cookies(), "", "and nothing is remembered");
}

async fn what_is_kept_goes_into_the_cart(shop: TestShop) {
    with_goods(&shop, &["cup"]).await;
    let guest = shop.shopper();
    let list = keep(&guest, "cup").await;
    list.form("li.line form").press("Add to cart").await.expect_heading("Cart").see("The cup");
    assert_eq!(wished(&guest.open("/wishlist").await), ["The cup"], "it is hers to remove");
}

async fn a_wish_comes_out_of_the_cart(shop: TestShop) {
    with_goods(&shop, &["cup"]).await;
    let guest = shop.shopper();
    let cart = guest.add("cup", &[], 3).await;
    let page = cart.form(".line form").press("Move to wishlist").await;
    page.expect_heading("Cart").see("The cup is on your wishlist now").see("Your cart is empty");
    assert_eq!(wished(&guest.open("/wishlist").await), ["The cup"]);
    let back = page.form(".notice form").press("Undo").await;
    assert_eq!(back.form(".line form").value("quantity"), "3");
}

async fn a_wish_that_is_removed_comes_back(shop: TestShop) {
    with_goods(&shop, &["cup", "bowl"]).await;
    let guest = shop.shopper();
    keep(&guest, "bowl").await;
    let list = keep(&guest, "cup").await;
    assert_eq!(wished(&list), ["The cup", "The bowl"], "the latest first");
    let list = list.form("li.line form").press("Remove").await;
    assert_eq!(wished(list.see("The cup removed")), ["The bowl"]);
    assert_eq!(wished(&list.form(".notice form").press("Undo").await).len(), 2);
}

async fn a_guest_who_keeps_nothing_has_no_cookie(shop: TestShop) {
    with_goods(&shop, &["cup"]).await;
    let guest = shop.shopper();
    guest.open("/wishlist").await.see("Nothing on your wishlist yet");
    assert_eq!(guest.visitor.cookies(), "");
    let list = keep(&guest, "cup").await;
    assert_ne!(guest.visitor.cookies(), "");
    list.form("li.line form").press("Remove").await.see("Nothing on your wishlist yet");
    assert_eq!(guest.visitor.cookies(), "");
    let lists = shop.with_db(|conn| Ok(wishlist::table.count().get_result::<i64>(conn)?)).await;
    assert_eq!(lists, 0);
}

async fn what_has_changed_since_is_told(shop: TestShop) {
    with_goods(&shop, &["cup", "bowl", "jug"]).await;
    let guest = shop.shopper();
    for slug in ["cup", "bowl", "jug"] {
        keep(&guest, slug).await;
    }
    shop.with_db(|conn| {
        reprice(conn, "cup", 90_000)?;
        leave(conn, "bowl", 0)?;
        take_out(conn, "JUG")
    })
    .await;
    let list = guest.open("/wishlist").await;
    list.see("This now costs only Rp 90.000. It was Rp 100.000 when you added it.");
    list.see("Sold out").see("No longer sold");
    assert_eq!(list.all("li.line input[name=variant]").len(), 1, "one of them can be bought");
    assert_eq!(list.all("li.line button[formaction]").len(), 3, "each can be removed");
}

async fn a_list_holds_a_hundred_things(shop: TestShop) {
    shop.with_db(|conn| {
        (0..101).try_for_each(|n| goods(&format!("cup-{n}")).put(conn).map(|_| ()))
    })
    .await;
    let visitor = shop.visitor();
    for n in 0..100 {
        visitor.post("/wishlist/wishes", format!("product=cup-{n}")).await.expect_status(303);
    }
    let page = visitor.post("/wishlist/wishes", "product=cup-100").await;
    page.expect_status(422).see("A wishlist holds 100 things.");
    assert_eq!(wished(&page).len(), 100);
    // What is on it already is no news.
    visitor.post("/wishlist/wishes", "product=cup-7").await.expect_status(303);
}

async fn share(list: &Page) -> (Page, String) {
    let page = list.form("/wishlist/link").press("Make a link").await;
    let link = page.form("/wishlist/link").names().join("");
    assert_eq!(link, "", "the link is no field that is sent");
    let link = page.one("#link").attr("value").unwrap().to_owned();
    (page, link)
}

async fn a_guests_list_becomes_the_accounts(shop: TestShop) {
    with_goods(&shop, &["cup"]).await;
    registered(&shop, RANI).await;
    let guest = shop.shopper();
    let (_, link) = share(&keep(&guest, "cup").await).await;
    sign_in(&guest.visitor, RANI, PASSWORD).await.expect_heading("Your account");
    assert_eq!(wished(&guest.open("/wishlist").await), ["The cup"]);
    shop.visitor().open(&link).await.expect_status(200).see("The cup");
    guest.open("/account").await.form("/account/sign-out").press("Sign out").await;
    assert_eq!(wished(&guest.open("/wishlist").await), [""; 0], "it stays with the account");
}

async fn a_guests_wishes_join_the_accounts(shop: TestShop) {
    with_goods(&shop, &["cup", "bowl", "jug"]).await;
    let rani = registered(&shop, RANI).await;
    keep(&rani, "cup").await;
    let (_, own_link) = share(&keep(&rani, "bowl").await).await;
    let guest = shop.shopper();
    keep(&guest, "bowl").await;
    let (_, guests_link) = share(&keep(&guest, "jug").await).await;
    sign_in(&guest.visitor, RANI, PASSWORD).await;
    for page in [guest.open("/wishlist").await, rani.open("/wishlist").await] {
        assert_eq!(wished(&page), ["The jug", "The bowl", "The cup"]);
    }
    shop.visitor().open(&own_link).await.expect_status(200).see("The jug");
    // It was never meant to show what the account keeps.
    shop.visitor().open(&guests_link).await.expect_status(404);
}

async fn a_joined_list_keeps_the_latest(shop: TestShop) {
    shop.with_db(|conn| {
        (0..102).try_for_each(|n| goods(&format!("cup-{n}")).put(conn).map(|_| ()))
    })
    .await;
    let rani = registered(&shop, RANI).await;
    for n in 0..100 {
        rani.visitor.post("/wishlist/wishes", format!("product=cup-{n}")).await;
    }
    let guest = shop.shopper();
    keep(&guest, "cup-100").await;
    keep(&guest, "cup-101").await;
    sign_in(&guest.visitor, RANI, PASSWORD).await;
    let list = wished(&guest.open("/wishlist").await);
    assert_eq!(
        (list.len(), list[0].as_str(), list[99].as_str()),
        (100, "The cup-101", "The cup-2")
    );
}

async fn a_list_follows_its_owner_and_nobody_else(shop: TestShop) {
    with_goods(&shop, &["cup"]).await;
    let rani = registered(&shop, RANI).await;
    keep(&rani, "cup").await;
    let phone = shop.shopper();
    sign_in(&phone.visitor, RANI, PASSWORD).await;
    assert_eq!(wished(&phone.open("/wishlist").await), ["The cup"]);
    let budi = registered(&shop, "budi@example.com").await;
    let id = shop.with_db(|conn| Ok(variant_ids(conn, "cup")?[0])).await;
    for stranger in [&budi, &shop.shopper()] {
        assert_eq!(wished(&stranger.open("/wishlist").await), [""; 0]);
        stranger.visitor.post(&format!("/wishlist/wishes/{id}"), "remove=1").await;
        stranger.visitor.post("/wishlist/link", "stop=1").await;
    }
    assert_eq!(wished(&rani.open("/wishlist").await), ["The cup"]);
}

async fn a_shared_list_does_not_say_whose_it_is(shop: TestShop) {
    with_goods(&shop, &["cup"]).await;
    let rani = registered(&shop, RANI).await;
    let (_, link) = share(&keep(&rani, "cup").await).await;
    assert_eq!(rani.open("/wishlist").await.one("#link").attr("value"), Some(link.as_str()));
    shop.with_db(|conn| reprice(conn, "cup", 120_000)).await;
    let friend = shop.shopper();
    let shared = friend.visitor.open(&link).await;
    shared.expect_heading("A wishlist at Selasar").see("The cup").see("Rp 120.000");
    for secret in ["Rani", "rani", "100.000", "Remove"] {
        assert!(!shared.source().contains(secret), "{secret} is told");
    }
    assert_eq!(shared.attributes("meta[name=robots]", "content"), ["noindex,follow"]);
    assert_eq!(shared.header("cache-control"), "no-store");
    shared.form("li.line form").press("Add to cart").await.expect_heading("Cart").see("The cup");
    assert_eq!(wished(&friend.open("/wishlist").await), [""; 0], "it is not hers");
}

async fn a_stopped_link_shows_nothing(shop: TestShop) {
    with_goods(&shop, &["cup"]).await;
    let guest = shop.shopper();
    let (page, link) = share(&keep(&guest, "cup").await).await;
    let page = page.form("/wishlist/link").press("Stop sharing").await;
    shop.visitor().open(&link).await.expect_status(404);
    let (_, again) = share(&page).await;
    assert_ne!(link, again, "the old one stays dead");
    shop.visitor().open(&again).await.expect_status(200);
    for path in ["/wishlists/x", &format!("/wishlists/{}", "0".repeat(32))] {
        shop.visitor().open(path).await.expect_status(404);
    }
}

async fn a_cookie_that_was_touched_opens_no_list(shop: TestShop) {
    with_goods(&shop, &["cup"]).await;
    let guest = shop.shopper();
    keep(&guest, "cup").await;
    let cookies = guest.visitor.cookies();
    let (name, value) = cookies.split_once('=').unwrap();
    let changed = format!("{}{}", if value.starts_with('A') { "B" } else { "A" }, &value[1..]);
    for value in [&changed, &value[..20]] {
        let visitor = shop.visitor();
        visitor.keep_cookie(name, value);
        visitor.open("/wishlist").await.expect_status(200).see("Nothing on your wishlist yet");
    }
}

async fn keeping_too_much_too_fast_is_refused(dbms: Dbms) {
    let shop = TestShop::open_with_limits(dbms, "wish_from=2/1h").await;
    let visitor = shop.visitor().from("203.0.113.9");
    for slug in ["hening-vase", "bumi-stoneware-mug"] {
        keep_first(&visitor, slug).await.expect_status(303);
    }
    keep_first(&visitor, "hening-vase").await.expect_status(429);
}

/// Whatever the page would choose by itself.
async fn keep_first(visitor: &Visitor, slug: &str) -> Page {
    let page = visitor.open(&format!("/products/{slug}")).await;
    page.form("form#buy").send("Keep for later").await
}

async fn a_long_list_needs_as_many_statements_as_a_short_one(shop: TestShop) {
    shop.with_db(|conn| (0..30).try_for_each(|n| goods(&format!("cup-{n}")).put(conn).map(|_| ())))
        .await;
    let guest = shop.visitor();
    guest.post("/wishlist/wishes", "product=cup-0").await;
    let short = shop.statements(|| guest.get("/wishlist")).await;
    for n in 1..30 {
        guest.post("/wishlist/wishes", format!("product=cup-{n}")).await.expect_status(303);
    }
    assert_eq!(shop.statements(|| guest.get("/wishlist")).await, short);
}

async fn lists_of_guests_who_stay_away_are_forgotten(shop: TestShop) {
    with_goods(&shop, &["cup"]).await;
    let rani = registered(&shop, RANI).await;
    keep(&rani, "cup").await;
    let guest = shop.shopper();
    keep(&guest, "cup").await;
    let office = Office::of(&shop);
    office.begin().await;
    for (days, left) in [(89, 2), (2, 1), (1_000, 1)] {
        office.later(TimeDelta::days(days));
        office.work().await;
        let lists = shop.with_db(|conn| Ok(wish::table.count().get_result::<i64>(conn)?)).await;
        assert_eq!(lists, left, "{days} days later");
    }
}
