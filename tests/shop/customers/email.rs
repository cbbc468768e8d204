//! Another address for an account, and another name: both mailboxes agree, or nothing changes.

use futures_util::future::join_all;

use crate::both;
use crate::kit::member::{PASSWORD, RANI, is_signed_in, registered, sign_in};
use crate::kit::office::mails;
use crate::kit::shopper::{ENGLISH, Shopper, fill_in, order_number};
use crate::kit::{Office, Page, TestShop, goods};

both!(
    an_address_changes_when_both_mailboxes_agree,
    one_mailbox_alone_changes_nothing,
    two_mailboxes_may_agree_at_once,
    only_the_last_change_can_be_agreed_to,
    a_change_of_address_needs_the_password,
    an_address_that_is_taken_is_told_by_its_mail_alone,
    what_was_mailed_to_the_old_address_opens_nothing,
    orders_of_the_new_address_are_hers,
    a_name_is_changed,
);

const NEW: &str = "rani@wijaya.example";

async fn ask(rani: &Shopper, email: &str) -> Page {
    let form = rani.open("/account/email").await.form("/account/email");
    form.fill("email", email).fill("password", PASSWORD).press("Send me both links").await
}

/// Does what is due, and takes the link out of the last mail to this mailbox.
async fn link_to(shop: &TestShop, mailbox: &str) -> String {
    Office::of(shop).work().await;
    let mails = mails(shop).await;
    let mut hers = mails.iter().rev().filter(|mail| mail.recipient == mailbox);
    let (_, rest) = hers.find_map(|mail| mail.text.split_once("/account/email/")).unwrap();
    format!("/account/email/{}", rest.split_whitespace().next().unwrap())
}

async fn agree(shop: &TestShop, link: &str) -> Page {
    shop.visitor().open(link).await.form("main form").press("Yes, I agree").await
}

async fn an_address_changes_when_both_mailboxes_agree(shop: TestShop) {
    let rani = registered(&shop, RANI).await;
    let phone = shop.visitor();
    sign_in(&phone, RANI, PASSWORD).await.expect_status(200);
    ask(&rani, NEW).await.expect_heading("Look into your mailbox").see("one to the new one");
    let old = link_to(&shop, RANI).await;
    let page = rani.open(&old).await;
    page.expect_heading("Leave this address?").see(NEW);
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    agree(&shop, &old).await.expect_heading("One more mail");
    assert!(is_signed_in(&phone).await);
    let form = rani.open(&link_to(&shop, NEW).await).await.form("main form");
    form.clone().press("Yes, I agree").await.expect_heading("Your address is changed");
    form.send("Yes, I agree").await.expect_status(410);
    assert!(is_signed_in(&rani.visitor).await, "where she agreed she goes on");
    assert!(!is_signed_in(&phone).await);
    rani.open("/account").await.see(NEW).see_no(RANI);
    Office::of(&shop).work().await;
    let last = mails(&shop).await.pop().unwrap();
    assert_eq!(last.recipient, RANI, "the old address is told");
    assert!(last.subject.contains("has moved to another address") && last.text.contains(NEW));
    sign_in(&phone, RANI, PASSWORD).await.expect_status(422);
    sign_in(&phone, NEW, PASSWORD).await.expect_heading("Your account");
}

async fn one_mailbox_alone_changes_nothing(shop: TestShop) {
    let rani = registered(&shop, RANI).await;
    ask(&rani, NEW).await;
    let link = link_to(&shop, NEW).await;
    agree(&shop, &link).await.expect_heading("One more mail");
    shop.visitor().get(&link).await.expect_status(410);
    rani.open("/account").await.see(RANI).see_no(NEW);
    sign_in(&shop.visitor(), NEW, PASSWORD).await.expect_status(422);
}

async fn two_mailboxes_may_agree_at_once(shop: TestShop) {
    let rani = registered(&shop, RANI).await;
    ask(&rani, NEW).await;
    let links = [link_to(&shop, RANI).await, link_to(&shop, NEW).await];
    let visitors = [shop.visitor(), shop.visitor()];
    join_all(links.iter().zip(&visitors).map(|(link, visitor)| visitor.post(link, ""))).await;
    sign_in(&shop.visitor(), NEW, PASSWORD).await.expect_heading("Your account");
}

async fn only_the_last_change_can_be_agreed_to(shop: TestShop) {
    let rani = registered(&shop, RANI).await;
    ask(&rani, "other@wijaya.example").await;
    let (old, other) = (link_to(&shop, RANI).await, link_to(&shop, "other@wijaya.example").await);
    ask(&rani, NEW).await;
    for link in [&old, &other] {
        shop.visitor().get(link).await.expect_status(410);
    }
    agree(&shop, &link_to(&shop, RANI).await).await;
    agree(&shop, &link_to(&shop, NEW).await).await.expect_heading("Your address is changed");
}

async fn a_change_of_address_needs_the_password(shop: TestShop) {
    let rani = registered(&shop, RANI).await;
    let before = mails(&shop).await.len();
    let form = rani.open("/account/email").await.form("/account/email");
    let wrong = form.clone().fill("email", NEW).fill("password", "not hers");
    let page = wrong.press("Send me both links").await;
    page.expect_status(422).see("This is not your password");
    assert_eq!(page.form("/account/email").value("email"), NEW);
    for (email, message) in [("Rani.Wijaya@Example.com", "already"), ("rani", "like name@")] {
        let same = form.clone().fill("email", email).fill("password", PASSWORD);
        same.press("Send me both links").await.expect_status(422).see(message);
    }
    Office::of(&shop).work().await;
    assert_eq!(mails(&shop).await.len(), before);
    shop.visitor().get("/account/email").await.expect_status(303);
}

async fn an_address_that_is_taken_is_told_by_its_mail_alone(shop: TestShop) {
    const BUDI: &str = "budi@wijaya.example";
    let budi = registered(&shop, BUDI).await;
    let rani = registered(&shop, RANI).await;
    let taken = ask(&rani, BUDI).await.source().to_owned();
    Office::of(&shop).work().await;
    let mails = mails(&shop).await;
    let told = mails.iter().rfind(|mail| mail.recipient == BUDI).unwrap();
    assert_eq!(told.subject, "This address has an account at Selasar already");
    assert!(!told.text.contains("/account/email/"));
    assert_eq!(ask(&rani, NEW).await.source(), taken, "the page says the same");
    budi.open("/account").await.see(BUDI);
    // Taken between asking and agreeing.
    let link = link_to(&shop, NEW).await;
    agree(&shop, &link_to(&shop, RANI).await).await;
    registered(&shop, NEW).await;
    shop.visitor().post(&link, "").await.expect_status(410);
    rani.open("/account").await.see(RANI);
}

async fn what_was_mailed_to_the_old_address_opens_nothing(shop: TestShop) {
    let rani = registered(&shop, RANI).await;
    let form = shop.visitor().open("/account/forgot").await.form("/account/forgot");
    form.fill("email", RANI).press("Send me the link").await;
    let reset = crate::kit::member::mailed_link(&shop).await;
    shop.visitor().get(&reset).await.expect_status(200);
    ask(&rani, NEW).await;
    for mailbox in [RANI, NEW] {
        agree(&shop, &link_to(&shop, mailbox).await).await.expect_status(200);
    }
    shop.visitor().get(&reset).await.expect_status(410);
    assert!(!is_signed_in(&rani.visitor).await, "she agreed from nowhere that is signed in");
}

async fn orders_of_the_new_address_are_hers(shop: TestShop) {
    shop.with_db(|conn| goods("cup").put(conn)).await;
    let guest = shop.shopper();
    guest.add("cup", &[], 1).await;
    let form = fill_in(guest.check_out().await.form("/checkout")).fill("email", NEW);
    let number = order_number(&form.press("Place order").await, &ENGLISH);
    let rani = registered(&shop, RANI).await;
    ask(&rani, NEW).await;
    agree(&shop, &link_to(&shop, RANI).await).await;
    rani.open("/account").await.see_no(&number);
    let form = rani.open(&link_to(&shop, NEW).await).await.form("main form");
    form.press("Yes, I agree").await;
    rani.open("/account").await.see(&number);
}

async fn a_name_is_changed(shop: TestShop) {
    let rani = registered(&shop, RANI).await;
    let form = rani.open("/account/name").await.form("/account/name");
    assert_eq!(form.value("name"), "Rani Wijaya");
    form.clone().fill("name", " ").press("Save the name").await.expect_status(422);
    let account = form.fill("name", "Rani Lestari").press("Save the name").await;
    account.see("Your name is changed.").see("Rani Lestari");
}
