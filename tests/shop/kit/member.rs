//! Customers: shoppers with an account.

use super::office::{Office, mails};
use super::page::Page;
use super::shop::TestShop;
use super::shopper::Shopper;
use super::visitor::Visitor;

pub const RANI: &str = "rani.wijaya@example.com";
pub const PASSWORD: &str = "batu kali lembayung";

/// Does what is due, and takes the link out of the last mail that has one.
pub async fn mailed_link(shop: &TestShop) -> String {
    Office::of(shop).work().await;
    let mails = mails(shop).await;
    let last = mails.iter().rev().find_map(|mail| mail.text.split_once("/account/links/"));
    let (_, rest) = last.expect("a mail has a link");
    format!("/account/links/{}", rest.split_whitespace().next().unwrap())
}

pub async fn ask_to_register(visitor: &Visitor, email: &str) -> Page {
    let form = visitor.open("/account/register").await.form("/account/register");
    form.fill("name", "Rani Wijaya").fill("email", email).press("Send me the link").await
}

/// Somebody with an account, signed in.
pub async fn registered(shop: &TestShop, email: &str) -> Shopper {
    let shopper = shop.shopper();
    ask_to_register(&shopper.visitor, email).await;
    let link = mailed_link(shop).await;
    let form = shopper.open(&link).await.form("main form");
    let account = form.fill("new_password", PASSWORD).press("Create my account").await;
    account.expect_status(200).expect_heading("Your account").see(email);
    shopper
}

pub async fn sign_in(visitor: &Visitor, email: &str, password: &str) -> Page {
    let form = visitor.open("/account/sign-in").await.form("/account/sign-in");
    form.fill("email", email).fill("password", password).press("Sign in").await
}

pub async fn is_signed_in(visitor: &Visitor) -> bool {
    visitor.get("/account").await.status == 200
}

/// Changes her address, which both mailboxes agree to.
pub async fn moves_to(shop: &TestShop, shopper: &Shopper, email: &str) {
    let form = shopper.open("/account/email").await.form("/account/email");
    form.fill("email", email).fill("password", PASSWORD).press("Send me both links").await;
    Office::of(shop).work().await;
    let links = mails(shop).await.into_iter().filter_map(|mail| {
        let (_, rest) = mail.text.split_once("/account/email/")?;
        Some(format!("/account/email/{}", rest.split_whitespace().next()?))
    });
    for link in links.collect::<Vec<_>>() {
        let form = shopper.open(&link).await.form("main form");
        form.press("Yes, I agree").await.expect_status(200);
    }
    shopper.open("/account").await.see(email);
}
