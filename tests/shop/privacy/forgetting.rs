//! Somebody leaves, and nothing is left of her.

use chrono::TimeDelta;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use std::path::Path;

use super::{
    EMAIL, PASSWORD, SIGNS, asked, asks_to_leave, command, confirms, crew, left_in, lived_through,
    mailed_link, order, registered, work,
};
use crate::both;
use crate::kit::office::mails;
use crate::kit::{TestShop, goods};
use etalase::db::Conn;
use etalase::db::schema::{audit_entry, customer, payment_proof};

both!(
    a_shopper_is_forgotten_to_the_last_byte,
    a_guest_is_forgotten_by_her_mailbox,
    nobody_learns_whether_an_address_is_known,
    an_order_that_is_not_done_waits,
    looking_at_a_link_forgets_nobody,
    only_the_owner_can_ask,
    the_command_line_forgets_when_it_is_told_to,
    guests_of_long_ago_are_forgotten,
);

async fn a_shopper_is_forgotten_to_the_last_byte(shop: TestShop) {
    shop.with_db(|conn| goods("cup").on_hand(9).put(conn)).await;
    let office = crew(&shop).await;
    let guest = order(&shop.shopper()).await;
    command(&shop, &["order", "cancel", &guest.number]);
    let shopper = registered(&shop, &office).await;
    let ordered = lived_through(&shop, &shopper).await;
    asked(&shop, &shopper.visitor).await;
    shopper.add("cup", &[], 1).await.expect_status(200);
    work(&office).await;
    for table in [
        "customer",
        "orders",
        "order_address",
        "mail",
        "message",
        "message_entry",
        "payment_receipt",
        "invoice",
    ] {
        assert!(left_in(&shop).contains(&table), "she stands in {table}");
    }
    assert_ne!(files_with_signs(shop.fresh.folder.path()), [""; 0]);

    asks_to_leave(&shopper.visitor, PASSWORD).await.expect_heading("Look into your mailbox");
    work(&office).await;
    let link = mailed_link(&shop, "/account/forget/").await;
    confirms(&shopper.visitor, &link).await.expect_heading("Your data are deleted");
    shopper.open("/account").await.expect_heading("Sign in");
    shopper.open(&ordered.path).await.expect_status(200);
    work(&office).await;
    let left = left_in(&shop);
    for table in [
        "customer",
        "link",
        "session",
        "customer_cart",
        "promotion_customer",
        "audit_entry",
        "message",
        "message_entry",
    ] {
        assert!(!left.contains(&table), "she still stands in {table}");
    }

    // Goods that left just now may come back; then they no longer may.
    office.later(TimeDelta::days(40));
    work(&office).await;
    assert_eq!(left_in(&shop), ["invoice"], "the law asks for it");
    assert_eq!(count_proofs(&shop), 0);
    for path in [&ordered.path, &guest.path] {
        shopper.open(path).await.expect_status(404);
    }

    issue_long_ago(&mut shop.fresh.conn());
    office.later(TimeDelta::days(2));
    work(&office).await;
    assert_eq!(left_in(&shop), [""; 0]);
    assert_eq!(files_with_signs(shop.fresh.folder.path()), [""; 0]);
}

fn count_proofs(shop: &TestShop) -> i64 {
    payment_proof::table.count().get_result(&mut shop.fresh.conn()).unwrap()
}

/// As if all invoices were of the year 2010.
fn issue_long_ago(conn: &mut Conn) {
    let age = "UPDATE invoice SET issued_at = '2010-03-01 10:00:00'";
    match conn {
        Conn::Sqlite(conn) => {
            let sql = "SELECT sql AS line FROM sqlite_schema WHERE name = 'invoice_is_never_changed'";
            let trigger: super::Line = diesel::sql_query(sql).get_result(conn).unwrap();
            let change = format!("DROP TRIGGER invoice_is_never_changed; {age}; {}", trigger.line);
            conn.batch_execute(&change).unwrap();
        }
        Conn::Postgres(conn) => conn
            .batch_execute(&format!(
                "ALTER TABLE invoice DISABLE TRIGGER USER; {age}; ALTER TABLE invoice ENABLE TRIGGER USER"
            ))
            .unwrap(),
    }
}

/// The database's file and its log, mails: whatever lies in the shop's folder.
fn files_with_signs(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_with_signs(&path));
            continue;
        }
        let bytes = std::fs::read(&path).unwrap().to_ascii_lowercase();
        let has = |sign: &str| bytes.windows(sign.len()).any(|it| it == sign.as_bytes());
        if let Some(sign) = SIGNS.into_iter().find(|sign| has(sign)) {
            found.push(format!("{}: {sign}", path.display()));
        }
    }
    found
}

async fn a_guest_is_forgotten_by_her_mailbox(shop: TestShop) {
    shop.with_db(|conn| goods("cup").on_hand(9).put(conn)).await;
    let guest = shop.shopper();
    let ordered = order(&guest).await;
    asked(&shop, &guest.visitor).await;
    command(&shop, &["order", "cancel", &ordered.number]);
    let office = crew(&shop).await;
    work(&office).await;
    let form = guest.open("/account/forget").await.form("/account/forget");
    let small = EMAIL.to_lowercase();
    form.fill("email", &small)
        .press("Send me the link")
        .await
        .expect_heading("Look into your mailbox");
    work(&office).await;
    let link = mailed_link(&shop, "/account/forget/").await;
    let page = guest.open(&link).await;
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert_eq!(page.header("cache-control"), "no-store");
    page.see("for ten years");
    confirms(&guest.visitor, &link).await.expect_heading("Your data are deleted");
    guest.open(&link).await.expect_status(410);
    work(&office).await;
    assert_eq!(left_in(&shop), ["invoice"]);
    let entry: (String, String) = audit_entry::table
        .filter(audit_entry::action.eq("person-forgotten"))
        .select((audit_entry::actor_kind, audit_entry::address))
        .first(&mut shop.fresh.conn())
        .unwrap();
    assert_eq!(entry, ("nobody".into(), String::new()));
}

async fn nobody_learns_whether_an_address_is_known(shop: TestShop) {
    shop.with_db(|conn| goods("cup").on_hand(9).put(conn)).await;
    order(&shop.shopper()).await;
    let office = crew(&shop).await;
    let unknown = EMAIL.replace('Z', "D");
    let mut answers = Vec::new();
    for email in [EMAIL, &unknown] {
        let answer = shop.visitor().post("/account/forget", format!("email={email}")).await;
        answers.push((answer.status, answer.location(), answer.source().to_owned()));
    }
    assert_eq!(answers[0], answers[1]);
    work(&office).await;
    let mails = mails(&shop).await;
    let asked = mails.iter().filter(|mail| mail.template == "account");
    let mut asked: Vec<&str> = asked.map(|mail| mail.recipient.as_str()).collect();
    asked.sort_unstable();
    assert_eq!(asked, [unknown.as_str(), EMAIL]);
}

async fn an_order_that_is_not_done_waits(shop: TestShop) {
    shop.with_db(|conn| goods("cup").on_hand(9).put(conn)).await;
    let office = crew(&shop).await;
    let shopper = registered(&shop, &office).await;
    let ordered = order(&shopper).await;
    let page = shopper.open("/account/erase").await;
    page.see("not done yet").see(&ordered.number);
    asks_to_leave(&shopper.visitor, PASSWORD).await;
    work(&office).await;
    confirms(&shopper.visitor, &mailed_link(&shop, "/account/forget/").await).await;
    // It goes its way: she is told of it, and its page opens.
    let before = mails(&shop).await.len();
    command(
        &shop,
        &["order", "mark-paid", &ordered.number, "--amount", "5000", "--reference", "B 1"],
    );
    work(&office).await;
    let mails = mails(&shop).await;
    assert_eq!(mails[before..].iter().filter(|mail| mail.recipient == EMAIL).count(), 1);
    shopper.open(&ordered.path).await.see("Kenarimas");
    let accounts: i64 = customer::table.count().get_result(&mut shop.fresh.conn()).unwrap();
    assert_eq!(accounts, 0);
}

async fn looking_at_a_link_forgets_nobody(shop: TestShop) {
    let office = crew(&shop).await;
    let shopper = registered(&shop, &office).await;
    asks_to_leave(&shopper.visitor, PASSWORD).await;
    work(&office).await;
    let link = mailed_link(&shop, "/account/forget/").await;
    shop.visitor().open(&link).await.expect_heading("Delete your data?");
    shopper.open("/account").await.expect_heading("Your account");
    let as_password = link.replace("/forget/", "/links/");
    shopper.open(&as_password).await.expect_status(410);
}

async fn only_the_owner_can_ask(shop: TestShop) {
    let office = crew(&shop).await;
    let shopper = registered(&shop, &office).await;
    let before = mails(&shop).await.len();
    let page = asks_to_leave(&shopper.visitor, "not her password").await;
    page.expect_status(422).see("This is not your password");
    assert_eq!(page.header("cache-control"), "no-store");
    let stranger = shop.visitor().get("/account/erase").await;
    assert_eq!(stranger.location().as_deref(), Some("/account/sign-in?next=%2Faccount%2Ferase"));
    work(&office).await;
    assert_eq!(mails(&shop).await.len(), before);
}

async fn the_command_line_forgets_when_it_is_told_to(shop: TestShop) {
    shop.with_db(|conn| goods("cup").on_hand(9).put(conn)).await;
    let office = crew(&shop).await;
    let shopper = registered(&shop, &office).await;
    let ordered = order(&shopper).await;
    let said = command(&shop, &["customer", "erase", EMAIL]);
    assert!(said.contains("nothing is changed") && said.contains(&ordered.number), "{said}");
    shopper.open("/account").await.expect_heading("Your account");
    command(&shop, &["customer", "erase", "1", "--yes", "--as", "rani"]);
    shopper.open("/account").await.expect_heading("Sign in");
    let told: (String, String, String) = audit_entry::table
        .filter(audit_entry::action.eq("person-forgotten"))
        .select((audit_entry::actor_name, audit_entry::entity, audit_entry::after))
        .first(&mut shop.fresh.conn())
        .unwrap();
    let after = format!("{{\"orders\":0,\"waiting\":[\"{}\"]}}", ordered.number);
    assert_eq!(told, ("rani".into(), "1".into(), after));
}

async fn guests_of_long_ago_are_forgotten(shop: TestShop) {
    shop.with_db(|conn| goods("cup").on_hand(9).put(conn)).await;
    let office = crew(&shop).await;
    let ordered = order(&shop.shopper()).await;
    command(&shop, &["order", "cancel", &ordered.number]);
    office.later(TimeDelta::days(3 * 365));
    work(&office).await;
    assert!(left_in(&shop).contains(&"orders"), "claims may still come");
    office.later(TimeDelta::days(366));
    work(&office).await;
    assert_eq!(left_in(&shop), ["invoice"]);
}
