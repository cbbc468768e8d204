//! Customers: from a mailbox to an account, in and out of it, and what she finds there.

mod email;
mod finding;

use diesel::prelude::*;
use futures_util::future::join_all;

use crate::both;
use crate::kit::member::{
    PASSWORD, RANI, ask_to_register, is_signed_in, mailed_link, registered, sign_in,
};
use crate::kit::office::mails;
use crate::kit::shopper::{ENGLISH, order_number};
use crate::kit::{Dbms, Office, Page, TestShop, Visitor, goods};
use etalase::db::schema::{orders, session};
use etalase::fulfilment::{self, Parcel, Wanted};
use etalase::ids::OrderId;
use etalase::orders::By;
use etalase::values::Quantity;
use etalase::web::visit::now;

both!(
    a_visitor_gets_an_account_by_mail,
    no_page_tells_whether_an_address_is_known,
    only_the_mail_tells_that_an_address_is_known,
    a_password_is_chosen_with_care,
    a_copied_cookie_is_worth_nothing_after_signing_out,
    signing_out_clears_the_browser_though_the_session_has_ended,
    a_cookie_from_before_is_not_signed_in,
    a_reset_link_works_once,
    a_reset_signs_everybody_else_out,
    a_changed_password_signs_the_others_out,
    a_session_is_ended_by_its_owner_alone,
    signing_out_is_on_every_page,
    nobody_sees_an_account_without_signing_in,
    signing_in_leads_to_own_pages_only,
    guesses_run_dry,
    a_cart_follows_its_owner,
    a_guests_cart_joins_the_accounts,
    an_order_of_a_customer_is_hers,
    a_guests_order_is_hers_once_her_mailbox_is_proven,
    only_her_own_mailbox_brings_her_orders,
    a_guests_order_is_hers_when_she_signs_in_next,
    an_order_of_hers_leads_to_all_that_belongs_to_it,
    a_reset_goes_to_the_address_that_was_proven,
    a_signed_in_request_asks_one_question_more,
);

async fn a_visitor_gets_an_account_by_mail(shop: TestShop) {
    let visitor = shop.visitor();
    ask_to_register(&visitor, RANI).await.expect_heading("Look into your mailbox");
    let link = mailed_link(&shop).await;
    let page = visitor.open(&link).await;
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert_eq!(page.header("cache-control"), "no-store");
    let form = page.form("main form").fill("new_password", PASSWORD);
    form.clone().press("Create my account").await.expect_heading("Your account").see("Rani Wijaya");
    form.send("Create my account").await.expect_status(410);
    let account = visitor.open("/account").await;
    account.form("/account/sign-out").press("Sign out").await.expect_heading("Sign in");
    assert!(!is_signed_in(&visitor).await);
    sign_in(&visitor, "Rani.Wijaya@Example.com", PASSWORD).await.expect_heading("Your account");
}

/// Everything of an answer that could differ.
fn told(page: &Page) -> (u16, String, Vec<(String, String)>) {
    let headers = page
        .headers
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "date" | "x-request-id" | "set-cookie"));
    let mut headers: Vec<_> =
        headers.map(|(name, value)| (name.to_string(), format!("{value:?}"))).collect();
    headers.sort();
    (page.status, page.source().to_owned(), headers)
}

async fn no_page_tells_whether_an_address_is_known(shop: TestShop) {
    registered(&shop, RANI).await;
    // As long as hers, since it stands in the field again.
    let unknown = RANI.replace("rani", "budi");
    let bodies = |email: &str| {
        [
            ("/account/sign-in", format!("email={email}&password=no+such+password&next=")),
            ("/account/register", format!("name=Rani&email={email}")),
            ("/account/forgot", format!("email={email}")),
        ]
    };
    for ((path, known), (_, unknown_body)) in bodies(RANI).iter().zip(&bodies(&unknown)) {
        let first = shop.visitor().post(path, known.clone()).await;
        let second = shop.visitor().post(path, unknown_body.clone()).await;
        let (status, body, headers) = told(&second);
        assert_eq!(told(&first), (status, body.replace(&unknown, RANI), headers), "{path}");
    }
}

async fn only_the_mail_tells_that_an_address_is_known(shop: TestShop) {
    registered(&shop, RANI).await;
    let before = mails(&shop).await.len();
    let visitor = shop.visitor();
    ask_to_register(&visitor, RANI).await;
    for email in [RANI, "nobody@example.com"] {
        let form = visitor.open("/account/forgot").await.form("/account/forgot");
        form.fill("email", email).press("Send me the link").await;
    }
    Office::of(&shop).work().await;
    let mails = mails(&shop).await;
    let subjects: Vec<&str> = mails[before..].iter().map(|mail| mail.subject.as_str()).collect();
    assert_eq!(
        subjects,
        ["You already have an account at Selasar", "A new password for Selasar"],
        "and nothing to nobody"
    );
    assert!(mails[before..].iter().all(|mail| mail.recipient == RANI));
}

async fn a_password_is_chosen_with_care(shop: TestShop) {
    let visitor = shop.visitor();
    ask_to_register(&visitor, RANI).await;
    let link = mailed_link(&shop).await;
    let form = visitor.open(&link).await.form("main form");
    for (weak, message) in [
        ("batu ka", "at least 8"),
        ("password123", "among the first"),
        ("raniwijaya", "among the first"),
        (&"batu kali ".repeat(13), "at most 128"),
    ] {
        let page = form.clone().fill("new_password", weak).press("Create my account").await;
        page.expect_status(422).see(message);
        assert!(!page.source().contains(weak), "{weak:?} is shown");
    }
    let spaced = " batu kali lembayung ";
    form.fill("new_password", spaced).press("Create my account").await.expect_status(200);
    let other = shop.visitor();
    sign_in(&other, RANI, spaced.trim()).await.expect_status(422);
    sign_in(&other, RANI, spaced).await.expect_heading("Your account");
}

async fn a_copied_cookie_is_worth_nothing_after_signing_out(shop: TestShop) {
    let rani = registered(&shop, RANI).await.visitor;
    let thief = shop.visitor();
    for (name, value) in rani.cookies().split("; ").filter_map(|pair| pair.split_once('=')) {
        thief.keep_cookie(name, value);
    }
    assert!(is_signed_in(&thief).await);
    let page = rani.open("/account").await.form("/account/sign-out").send("Sign out").await;
    assert_eq!(page.header("clear-site-data"), "\"cache\", \"storage\"");
    assert!(!is_signed_in(&thief).await);
    assert!(!is_signed_in(&rani).await);
}

async fn signing_out_clears_the_browser_though_the_session_has_ended(shop: TestShop) {
    let rani = registered(&shop, RANI).await.visitor;
    let form = rani.open("/account").await.form("/account/sign-out");
    shop.with_db(|conn| Ok(diesel::delete(session::table).execute(conn)?)).await;
    let page = form.send("Sign out").await;
    assert_eq!(page.location().as_deref(), Some("/account/sign-in"));
    assert_eq!(page.header("clear-site-data"), "\"cache\", \"storage\"");
}

async fn a_cookie_from_before_is_not_signed_in(shop: TestShop) {
    shop.with_db(|conn| goods("cup").put(conn)).await;
    registered(&shop, RANI).await;
    let shopper = shop.shopper();
    shopper.add("cup", &[], 1).await.expect_status(200);
    let planted = shopper.visitor.cookies();
    sign_in(&shopper.visitor, RANI, PASSWORD).await.expect_status(200);
    let other = shop.visitor();
    for (name, value) in planted.split("; ").filter_map(|pair| pair.split_once('=')) {
        other.keep_cookie(name, value);
    }
    assert!(!is_signed_in(&other).await);
    assert!(is_signed_in(&shopper.visitor).await);
}

async fn reset_link(shop: &TestShop) -> String {
    let form = shop.visitor().open("/account/forgot").await.form("/account/forgot");
    form.fill("email", RANI).press("Send me the link").await;
    mailed_link(shop).await
}

async fn a_reset_link_works_once(shop: TestShop) {
    registered(&shop, RANI).await;
    let link = reset_link(&shop).await;
    let tries = (0..5).map(|n| {
        let (visitor, link) = (shop.visitor(), link.clone());
        async move { visitor.post(&link, format!("new_password=kali+batu+senja+{n}")).await.status }
    });
    let mut answers = join_all(tries).await;
    answers.sort_unstable();
    assert_eq!(answers, [303, 410, 410, 410, 410]);
    let mut right = 0;
    for n in 0..5 {
        let page = sign_in(&shop.visitor(), RANI, &format!("kali batu senja {n}")).await;
        right += usize::from(page.status == 200);
    }
    assert_eq!(right, 1);
}

async fn a_reset_signs_everybody_else_out(shop: TestShop) {
    let rani = registered(&shop, RANI).await.visitor;
    let link = reset_link(&shop).await;
    let other = shop.visitor();
    let form = other.open(&link).await.form("main form");
    let page = form.fill("new_password", "kali batu senja").press("Save the password").await;
    page.expect_heading("Your account");
    assert!(!is_signed_in(&rani).await);
    Office::of(&shop).work().await;
    let last = mails(&shop).await.pop().unwrap();
    assert_eq!(last.subject, "Your password at Selasar was changed");
    sign_in(&rani, RANI, PASSWORD).await.expect_status(422);
}

async fn a_changed_password_signs_the_others_out(shop: TestShop) {
    let rani = registered(&shop, RANI).await.visitor;
    let phone = shop.visitor();
    sign_in(&phone, RANI, PASSWORD).await.expect_status(200);
    let form = rani.open("/.well-known/change-password").await.form("/account/password");
    let wrong = form.clone().fill("password", "not hers").fill("new_password", "kali batu senja");
    wrong.press("Save the password").await.expect_status(422).see("This is not your password");
    assert!(is_signed_in(&phone).await);
    let right = form.fill("password", PASSWORD).fill("new_password", "kali batu senja");
    right.press("Save the password").await.expect_status(200).see("Your password is changed");
    assert!(is_signed_in(&rani).await);
    assert!(!is_signed_in(&phone).await);
    sign_in(&phone, RANI, "kali batu senja").await.expect_heading("Your account");
}

async fn a_session_is_ended_by_its_owner_alone(shop: TestShop) {
    let rani = registered(&shop, RANI).await.visitor;
    let budi = registered(&shop, "budi@example.com").await.visitor;
    let phone = shop.visitor();
    sign_in(&phone, RANI, PASSWORD).await.expect_status(200);
    let ids: Vec<i64> = shop
        .with_db(|conn| Ok(session::table.order(session::id).select(session::id).load(conn)?))
        .await;
    for id in &ids[..1] {
        let page = budi.post(&format!("/account/sessions/{id}/end"), "").await;
        page.expect_status(404);
    }
    assert!(is_signed_in(&rani).await && is_signed_in(&phone).await);
    let account = rani.open("/account").await;
    account.see("This device");
    let form = account.form(&format!("/account/sessions/{}/end", ids[2]));
    form.press("Sign out there").await.expect_status(200);
    assert!(is_signed_in(&rani).await && !is_signed_in(&phone).await);
}

async fn signing_out_is_on_every_page(shop: TestShop) {
    let rani = registered(&shop, RANI).await.visitor;
    for path in ["/account", "/account/password", "/", "/id/cart"] {
        rani.get(path).await.form("/account/sign-out");
        shop.visitor().get(path).await.see_no("Sign out");
    }
    let page = rani.get("/").await.form("/account/sign-out").press("Sign out").await;
    page.expect_heading("Sign in");
    assert!(!is_signed_in(&rani).await);
}

async fn nobody_sees_an_account_without_signing_in(shop: TestShop) {
    let visitor = shop.visitor();
    registered(&shop, RANI).await;
    for (path, next) in [("/account", ""), ("/account/password", "?next=%2Faccount%2Fpassword")] {
        let page = visitor.get(path).await;
        assert_eq!(page.location(), Some(format!("/account/sign-in{next}")));
        assert_eq!(page.header("cache-control"), "no-store");
    }
    for path in ["/account/password", "/account/sign-out", "/account/sessions/1/end"] {
        let page = visitor.post(path, "").await;
        assert_eq!(page.location().as_deref(), Some("/account/sign-in"), "{path}");
    }
    assert_eq!(visitor.cookies(), "", "nothing is remembered of her");
    let page = visitor.open("/account/password").await.form("/account/sign-in");
    let page = page.fill("email", RANI).fill("password", PASSWORD).press("Sign in").await;
    page.expect_heading("Change the password");
}

async fn signing_in_leads_to_own_pages_only(shop: TestShop) {
    registered(&shop, RANI).await;
    let visitor = shop.visitor();
    let form = visitor.open("/account/sign-in?next=//evil.example/account").await;
    assert_eq!(form.form("/account/sign-in").value("next"), "/account");
    for hostile in ["//evil.example", "https://evil.example", "/\\evil.example", "/account/..//e"] {
        let form = shop.visitor().open("/account/sign-in").await.form("/account/sign-in");
        let form = form.fill("email", RANI).fill("password", PASSWORD).forge("next", hostile);
        assert_eq!(form.send("Sign in").await.location().as_deref(), Some("/account"), "{hostile}");
    }
}

async fn guesses_run_dry(shop: TestShop) {
    registered(&shop, RANI).await;
    let visitor = shop.visitor();
    let mut last = 0;
    for _ in 0..8 {
        last = sign_in_status(&visitor, "no such password").await;
    }
    assert_eq!(last, 429);
    assert_eq!(sign_in_status(&visitor, PASSWORD).await, 429, "the right one, too, for a while");
}

async fn sign_in_status(visitor: &Visitor, password: &str) -> u16 {
    let body = format!("email={RANI}&password={}", password.replace(' ', "+"));
    visitor.post("/account/sign-in", body).await.status
}

async fn a_cart_follows_its_owner(shop: TestShop) {
    shop.with_db(|conn| goods("cup").put(conn)).await;
    let rani = registered(&shop, RANI).await;
    rani.add("cup", &[], 2).await.expect_status(200);
    let phone = shop.shopper();
    sign_in(&phone.visitor, RANI, PASSWORD).await.expect_heading("Your account");
    phone.cart().await.see("The cup");
    phone.order().await;
    rani.cart().await.see("Your cart is empty");
    rani.visitor.open("/account").await.form("/account/sign-out").press("Sign out").await;
    rani.cart().await.see("Your cart is empty");
}

async fn a_guests_cart_joins_the_accounts(shop: TestShop) {
    shop.with_db(|conn| goods("cup").put(conn)).await;
    let rani = registered(&shop, RANI).await;
    rani.add("cup", &[], 2).await.expect_status(200);
    let guest = shop.shopper();
    guest.add("bumi-stoneware-mug", &[("colour", "clay"), ("size", "350ml")], 1).await;
    guest.add("cup", &[], 1).await;
    let cart = sign_in(&guest.visitor, RANI, PASSWORD).await;
    cart.expect_heading("Cart").see("is in this cart, too").see("Bumi Stoneware Mug");
    for page in [rani.cart().await, guest.cart().await] {
        assert_eq!(page.all("li.line").len(), 2);
        page.see("The cup").see("Bumi Stoneware Mug");
    }
    guest.visitor.open("/account").await.form("/account/sign-out").press("Sign out").await;
    guest.cart().await.see("Your cart is empty");
    let back = sign_in(&guest.visitor, RANI, PASSWORD).await;
    back.expect_heading("Your account");
    assert_eq!(guest.cart().await.all("li.line").len(), 2, "it was kept");
}

async fn an_order_of_a_customer_is_hers(shop: TestShop) {
    shop.with_db(|conn| goods("cup").put(conn)).await;
    let rani = registered(&shop, RANI).await;
    rani.add("cup", &[], 1).await;
    let form = rani.check_out().await.form("/checkout");
    assert_eq!((form.value("email"), form.value("name")), (RANI.into(), "Rani Wijaya".into()));
    let number = order_number(&rani.order().await, &ENGLISH);
    rani.open("/account").await.see(&number).see("waiting for your payment");
    let budi = registered(&shop, "budi@example.com").await;
    budi.open("/account").await.see_no(&number).see("You have not ordered anything yet.");
}

async fn a_guests_order_is_hers_once_her_mailbox_is_proven(shop: TestShop) {
    shop.with_db(|conn| goods("cup").put(conn)).await;
    let guest = shop.shopper();
    guest.add("cup", &[], 1).await;
    let thanks = guest.order().await;
    let number = order_number(&thanks, &ENGLISH);
    thanks.form("/account/register").press("Create an account").await;
    let owners =
        || shop.with_db(|conn| Ok(orders::table.select(orders::customer_id).load(conn)?));
    let before: Vec<Option<i64>> = owners().await;
    assert_eq!(before, [None], "an address that was typed proves nothing");
    let link = mailed_link(&shop).await;
    let form = guest.open(&link).await.form("main form");
    let account = form.fill("new_password", PASSWORD).press("Create my account").await;
    account.see(&number);
    let budi = registered(&shop, "budi@example.com").await;
    budi.open("/account").await.see_no(&number);
}

/// Places an order as a guest who types this address; its number.
async fn ordered_as(shop: &TestShop, email: &str) -> String {
    let guest = shop.shopper();
    guest.add("cup", &[], 1).await;
    let form = guest.checkout_form().await.fill("email", email);
    order_number(&form.press("Place order").await, &ENGLISH)
}

async fn only_her_own_mailbox_brings_her_orders(shop: TestShop) {
    shop.with_db(|conn| goods("cup").put(conn)).await;
    let mut hers = Vec::new();
    for email in [RANI, "Rani.Wijaya@Example.COM", "RANI.WIJAYA@EXAMPLE.COM"] {
        hers.push(ordered_as(&shop, email).await);
    }
    let mut others = Vec::new();
    for email in [
        "rani.wijaya+gifts@example.com",
        "raniwijaya@example.com",
        "rani.wijaya@example.com.test",
        "rani.wijaya@\u{455}xample.com",
        "ran\u{131}.wijaya@example.com",
    ] {
        others.push(ordered_as(&shop, email).await);
    }
    let account = registered(&shop, RANI).await.open("/account").await;
    for number in hers {
        account.see(&number);
    }
    for number in &others {
        account.see_no(number);
    }
    // The Kelvin sign is a small k to some, and another mailbox.
    let nik = ordered_as(&shop, "nik@example.com").await;
    let impostor = registered(&shop, "ni\u{212a}@example.com").await;
    impostor.open("/account").await.see_no(&nik);
}

async fn a_guests_order_is_hers_when_she_signs_in_next(shop: TestShop) {
    shop.with_db(|conn| goods("cup").put(conn)).await;
    let rani = registered(&shop, RANI).await;
    let later = ordered_as(&shop, "Rani.Wijaya@example.com").await;
    rani.open("/account").await.see_no(&later);
    sign_in(&shop.visitor(), RANI, PASSWORD).await.see(&later);
    // What she ordered with another's address stays hers.
    rani.add("cup", &[], 1).await;
    let form = rani.checkout_form().await.fill("email", "budi@example.com");
    let gift = order_number(&form.press("Place order").await, &ENGLISH);
    let budi = registered(&shop, "budi@example.com").await;
    budi.open("/account").await.see_no(&gift);
    rani.open("/account").await.see(&gift);
}

async fn an_order_of_hers_leads_to_all_that_belongs_to_it(shop: TestShop) {
    shop.with_db(|conn| goods("cup").put(conn)).await;
    let rani = registered(&shop, RANI).await;
    rani.add("cup", &[], 2).await;
    let number = order_number(&rani.order().await, &ENGLISH);
    let id: OrderId = shop.with_db(|conn| Ok(orders::table.select(orders::id).first(conn)?)).await;
    shop.with_db(move |conn| Ok(fulfilment::ship(conn, id, &parcel(), &By::shop(now())).unwrap()))
        .await;
    let order = rani.open("/account").await.go(&format!("Order {number}")).await;
    order.see("Track parcel JNE-1").form(&format!("{}/again", order.url.path()));
    order.go("Send something back").await.expect_status(200);
    let invoice = order.attributes(".papers a", "href");
    let pdf = rani.visitor.get(&invoice[1]).await;
    assert_eq!((pdf.status, pdf.header("content-type")), (200, "application/pdf"));
}

fn parcel() -> Parcel {
    let lines = vec![Wanted { position: 0, quantity: Quantity::new(2).unwrap() }];
    let (carrier, tracking_number) = ("JNE".to_owned(), "JNE-1".to_owned());
    let tracking_url = "https://jne.example/JNE-1".to_owned();
    Parcel { lines, carrier, tracking_number, tracking_url }
}

async fn a_reset_goes_to_the_address_that_was_proven(shop: TestShop) {
    registered(&shop, RANI).await;
    let form = shop.visitor().open("/account/forgot").await.form("/account/forgot");
    form.fill("email", "RANI.Wijaya@EXAMPLE.com").press("Send me the link").await;
    Office::of(&shop).work().await;
    assert_eq!(mails(&shop).await.pop().unwrap().recipient, RANI);
}

async fn a_signed_in_request_asks_one_question_more(shop: TestShop) {
    shop.with_db(|conn| goods("cup").put(conn)).await;
    let guest = shop.visitor();
    let rani = registered(&shop, RANI).await.visitor;
    let as_guest = shop.statements(|| guest.get("/products/cup")).await;
    let as_rani = shop.statements(|| rani.get("/products/cup")).await;
    // One question, with the transaction or the test of the connection that every trip has.
    assert!((1..=3).contains(&(as_rani - as_guest)), "{as_rani} instead of {as_guest}");
}

#[test]
fn cookies_of_a_signed_in_customer_are_safe() {
    actix_web::rt::System::new().block_on(async {
        let shop = TestShop::open_https(Dbms::Sqlite).await;
        let visitor = shop.visitor();
        ask_to_register(&visitor, RANI).await;
        let link = mailed_link(&shop).await;
        let page = visitor.post(&link, "new_password=batu+kali+lembayung").await;
        let cookie = page.expect_status(303).header("set-cookie");
        assert!(cookie.starts_with("__Host-etalase="), "{cookie}");
        for flag in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(flag), "{cookie}");
        }
    });
}
