//! The newsletter: who wants it says so twice, and leaves by one click.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use reqwest::Method;
use serde_json::Value;

use crate::both;
use crate::kit::member::{PASSWORD, RANI, ask_to_register, mailed_link, moves_to, registered};
use crate::kit::office::mails;
use crate::kit::process::{etalase_on, run, said};
use crate::kit::shopper::fill_in;
use crate::kit::{Office, TestShop, Visitor, goods};
use etalase::db::Conn;
use etalase::db::schema::{consent, subscriber};

both!(
    who_confirms_is_a_subscriber,
    nobody_is_subscribed_by_looking,
    one_click_ends_it_without_a_sign_in,
    no_answer_tells_whether_an_address_is_known,
    a_box_in_the_checkout_asks_and_is_never_ticked,
    the_log_of_consents_is_never_changed,
    confirmed_addresses_are_exported,
    it_is_asked_for_a_few_times_only,
    a_new_customer_says_so_with_her_password,
    a_customer_sees_what_she_agreed_to,
    it_follows_a_customer_to_another_address,
    who_is_forgotten_gets_none_any_more,
);

const ANI: &str = "ani@example.com";

async fn ask(visitor: &Visitor, email: &str) {
    let page = visitor.open("/").await.form("footer form").fill("email", email);
    page.press("Subscribe").await.expect_heading("Look into your mailbox");
}

async fn mailed(shop: &TestShop, page: &str) -> String {
    Office::of(shop).work().await;
    let mails = mails(shop).await;
    let rest = mails.iter().rev().find_map(|mail| Some(mail.text.split_once(page)?.1.to_owned()));
    let rest = rest.expect("a mail has a link");
    format!("{page}{}", rest.split_whitespace().next().unwrap())
}

async fn joined(shop: &TestShop, visitor: &Visitor, email: &str) {
    ask(visitor, email).await;
    let link = mailed(shop, "/newsletter/confirm/").await;
    let form = visitor.open(&link).await.form("main form");
    form.press("Yes, write to me").await.expect_heading("Welcome");
}

/// Act and source of all that was agreed to or taken back.
fn log(shop: &TestShop) -> Vec<(String, String)> {
    let acts = consent::table.order(consent::id).select((consent::act, consent::source));
    acts.load(&mut shop.fresh.conn()).unwrap()
}

fn subscribers(shop: &TestShop) -> Vec<String> {
    subscriber::table.select(subscriber::email).load(&mut shop.fresh.conn()).unwrap()
}

fn act(what: &str, source: &str) -> (String, String) {
    (what.into(), source.into())
}

async fn who_confirms_is_a_subscriber(shop: TestShop) {
    let visitor = shop.visitor();
    joined(&shop, &visitor, ANI).await;
    assert_eq!(subscribers(&shop), [ANI]);
    assert_eq!(log(&shop), [act("given", "page")]);
    let (text, locale, version): (String, String, String) = consent::table
        .select((consent::text, consent::locale, consent::version))
        .first(&mut shop.fresh.conn())
        .unwrap();
    assert!(text.contains("at any time") && locale == "en" && version.len() == 12, "{text}");
}

async fn nobody_is_subscribed_by_looking(shop: TestShop) {
    let visitor = shop.visitor();
    ask(&visitor, ANI).await;
    let link = mailed(&shop, "/newsletter/confirm/").await;
    let page = visitor.open(&link).await;
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert_eq!(subscribers(&shop), [""; 0]);
    let form = page.form("main form");
    form.clone().press("Yes, write to me").await.expect_status(200);
    form.send("Yes, write to me").await.expect_status(410);
    assert_eq!(log(&shop).len(), 1);
}

async fn one_click_ends_it_without_a_sign_in(shop: TestShop) {
    joined(&shop, &shop.visitor(), ANI).await;
    let link = mailed(&shop, "/newsletter/").await;
    let file = std::fs::read_dir(shop.settings.data_dir.join("mail")).unwrap();
    let texts = file.map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap());
    let welcome = texts.into_iter().find(|text| text.contains("List-Unsubscribe: <")).unwrap();
    assert!(welcome.contains(&format!("{link}>")), "{welcome}");
    assert!(welcome.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"));

    let program = shop.visitor();
    program.open(&link).await.expect_heading("No more newsletters?");
    assert_eq!(subscribers(&shop), [ANI], "looking ends nothing");
    for _ in 0..2 {
        // What a mail server sends: no cookie, no origin, a body of its own.
        let click = program.request(Method::POST, &link).body("List-Unsubscribe=One-Click");
        let page =
            program.send(click.header("content-type", "application/x-www-form-urlencoded")).await;
        page.expect_status(200).expect_heading("No more newsletters");
    }
    assert_eq!(subscribers(&shop), [""; 0]);
    assert_eq!(log(&shop), [act("given", "page"), act("withdrawn", "mail")]);
}

async fn no_answer_tells_whether_an_address_is_known(shop: TestShop) {
    joined(&shop, &shop.visitor(), ANI).await;
    let known = mailed(&shop, "/newsletter/").await;
    let mut answers = Vec::new();
    for email in [ANI, "udi@example.com"] {
        let page = shop.visitor().post("/newsletter", format!("email={email}")).await;
        answers.push((page.status, page.location(), page.source().to_owned()));
    }
    assert_eq!(answers[0], answers[1]);
    let mut pages = Vec::new();
    for path in [known, format!("/newsletter/{}", "0".repeat(32))] {
        let page = shop.visitor().get(&path).await;
        pages.push(page.source().replace(&path, ""));
    }
    assert_eq!(pages[0], pages[1]);
}

async fn a_box_in_the_checkout_asks_and_is_never_ticked(shop: TestShop) {
    shop.with_db(|conn| goods("cup").on_hand(5).put(conn)).await;
    let shopper = shop.shopper();
    shopper.add("cup", &[], 1).await;
    let form = fill_in(shopper.check_out().await.form("/checkout"));
    assert!(!form.values().iter().any(|(name, _)| name == "newsletter"), "nothing is ticked");
    let form = form.choose("newsletter", "yes");
    let page = form.clone().fill("phone", "").press("Place order").await;
    page.expect_status(422);
    let again = page.form("/checkout");
    assert_eq!(again.value("newsletter"), "yes", "what was ticked stays ticked");
    again.fill("phone", "0812 3456 7890").press("Place order").await.expect_heading("Thank you");
    let link = mailed(&shop, "/newsletter/confirm/").await;
    assert_eq!(subscribers(&shop), [""; 0]);
    shopper.open(&link).await.form("main form").press("Yes, write to me").await;
    assert_eq!(log(&shop), [act("given", "checkout")]);
}

async fn the_log_of_consents_is_never_changed(shop: TestShop) {
    joined(&shop, &shop.visitor(), ANI).await;
    for sql in ["UPDATE consent SET text = 'all'", "DELETE FROM consent"] {
        let done = match &mut shop.fresh.conn() {
            Conn::Sqlite(conn) => conn.batch_execute(sql),
            Conn::Postgres(conn) => conn.batch_execute(sql),
        };
        assert!(done.unwrap_err().to_string().contains("never changed"), "{sql}");
    }
}

async fn confirmed_addresses_are_exported(shop: TestShop) {
    joined(&shop, &shop.visitor(), "=ani@example.com").await;
    ask(&shop.visitor(), "udi@example.com").await;
    let output = run(etalase_on(&shop.fresh, &["newsletter", "export"]));
    let said = said(&output);
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), 2, "{said}");
    assert!(lines[1].starts_with("'=ani@example.com,en,"), "{said}");
    assert!(lines[1].contains("/newsletter/"), "{said}");
}

async fn it_is_asked_for_a_few_times_only(shop: TestShop) {
    let visitor = shop.visitor();
    let mut last = 0;
    for _ in 0..5 {
        last = visitor.post("/newsletter", format!("email={ANI}")).await.status;
    }
    assert_eq!(last, 429);
}

async fn a_new_customer_says_so_with_her_password(shop: TestShop) {
    for (email, wanted) in [(ANI, true), (RANI, false)] {
        let shopper = shop.shopper();
        ask_to_register(&shopper.visitor, email).await;
        let page = shopper.open(&mailed_link(&shop).await).await;
        let form = page.form("main form");
        assert!(!form.values().iter().any(|(name, _)| name == "newsletter"), "nothing is ticked");
        let form = if wanted { form.choose("newsletter", "yes") } else { form };
        let again = form.fill("new_password", "short").press("Create my account").await;
        let form = again.expect_status(422).form("main form").fill("new_password", PASSWORD);
        form.press("Create my account").await.expect_heading("Your account");
    }
    assert_eq!(subscribers(&shop), [ANI]);
    assert_eq!(log(&shop), [act("given", "account")]);
}

async fn a_customer_sees_what_she_agreed_to(shop: TestShop) {
    let rani = registered(&shop, RANI).await;
    let page = rani.open("/account").await;
    page.see_no("This is what you agreed to");
    let page = page.form("form[action='/account/newsletter']").press("Yes, write to me").await;
    page.see("This is what you agreed to").see("by a link in every mail").see("in your account");
    let data = rani.open("/account/data").await.form("/account/data").fill("password", PASSWORD);
    let told: Value = serde_json::from_slice(&data.press("Download").await.body).unwrap();
    assert_eq!(told["tables"]["consent"][0]["act"], "given");
    assert_eq!(told["tables"]["subscriber"][0]["email"], RANI);
    let form = rani.open("/account").await.form("form[action='/account/newsletter']");
    form.press("Stop the newsletter").await.see_no("This is what you agreed to");
    assert_eq!(log(&shop), [act("given", "account"), act("withdrawn", "account")]);
}

async fn it_follows_a_customer_to_another_address(shop: TestShop) {
    let rani = registered(&shop, RANI).await;
    joined(&shop, &rani.visitor, RANI).await;
    moves_to(&shop, &rani, ANI).await;
    assert_eq!(subscribers(&shop), [ANI]);
    rani.open("/account").await.see("This is what you agreed to");
}

async fn who_is_forgotten_gets_none_any_more(shop: TestShop) {
    joined(&shop, &shop.visitor(), ANI).await;
    let said =
        said(&run(etalase_on(&shop.fresh, &["customer", "erase", ANI, "--yes", "--as", "rani"])));
    assert_eq!(subscribers(&shop), [""; 0], "{said}");
    assert_eq!(log(&shop), [act("given", "page")], "which names nobody any more");
}
