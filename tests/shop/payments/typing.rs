//! `etalase order`, as staff type it.

use diesel::prelude::*;
use std::process::Output;

use super::{hosted, level, ordered, statuses};
use crate::both;
use crate::kit::process::{etalase, run, said};
use crate::kit::upload::{Sent, drawn, png};
use crate::kit::{Dbms, Office, TestShop};
use etalase::config::Database;
use etalase::db::schema::{invoice, orders, refund};
use etalase::fulfilment::{Asked, ReturnReason, ReturnWish, Wanted, request};
use etalase::ids::OrderId;
use etalase::orders::ReturnWindow;
use etalase::payments::{Seen, refunds_of};
use etalase::settings::InvoiceAt;
use etalase::values::Quantity;

both!(
    an_order_is_paid_shipped_sent_back_and_refunded_by_typing,
    an_order_is_cancelled_by_typing,
    an_order_that_is_paid_is_cancelled_by_typing,
    what_is_refunded_is_put_on_the_shelf_again_when_it_came_back,
    what_came_of_a_return_is_refunded,
    a_refund_that_is_typed_is_sent_by_the_open_shop,
    a_test_order_is_told_from_others,
    a_proof_of_payment_is_written_into_a_file,
    what_cannot_be_done_is_said_and_changes_nothing,
);

async fn number(shop: &TestShop) -> String {
    shop.with_db(|conn| Ok(orders::table.select(orders::number).first(conn)?)).await
}

fn order(shop: &TestShop, arguments: &[&str]) -> Output {
    let folder = shop.fresh.folder.path();
    let data_dir = ["order", "--data-dir", folder.to_str().unwrap()];
    let mut command = etalase(folder, &[&data_dir[..1], arguments, &data_dir[1..]].concat());
    if let Database::Postgres(url) = &shop.fresh.database {
        command.env("DATABASE_URL", url.expose());
    }
    run(command)
}

/// Does it, and gives what was said.
fn done(shop: &TestShop, arguments: &[&str]) -> String {
    let output = order(shop, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", said(&output));
    said(&output)
}

async fn an_order_is_paid_shipped_sent_back_and_refunded_by_typing(shop: TestShop) {
    let id = ordered(&shop).await;
    let (number, total) = (number(&shop).await, super::total(&shop).await.to_string());
    assert!(done(&shop, &["list", "--payment", "unpaid"]).contains(&number));
    assert_eq!(done(&shop, &["list", "--payment", "paid"]), "none\n");
    assert_eq!(done(&shop, &["list", "--before", &number]), "none\n");
    let paid = ["mark-paid", &number, "--amount", &total, "--reference", "BCA 7", "--as", "rani"];
    done(&shop, &paid);
    let carrier = ["--carrier", "JNE", "--tracking", "J1", "--url", "https://jne.example/J1"];
    done(&shop, &[&["ship", &number, "--line", "1=2"], &carrier[..]].concat());
    done(&shop, &["ship", &number]);
    assert_eq!(statuses(&shop).await, ["completed", "paid"]);

    let two = Asked {
        lines: vec![Wanted { position: 0, quantity: Quantity::new(2).unwrap() }],
        reason: ReturnReason::Damaged,
        wish: ReturnWish::Refund,
        note: String::new(),
    };
    let ask = move |conn: &mut _| request(conn, id, &two, &ReturnWindow::Open, &super::rani());
    super::run(&shop, ask).await.unwrap();
    done(&shop, &["approve-return", &number]);
    done(&shop, &["receive-return", &number, "--line", "1=2", "--restock"]);
    assert_eq!(level(&shop).await, (7, 0));
    let refund = ["refund", &number, "--line", "1=2", "--delivery", "--reason", "broken"];
    assert!(done(&shop, &refund).contains("by_hand"));
    let shown = done(&shop, &["show", &number]);
    let id = shown.split("refund ").nth(1).unwrap().split(':').next().unwrap().to_owned();
    done(&shop, &["refund-sent", &number, "--refund", &id, "--reference", "BCA 8"]);
    assert_eq!(statuses(&shop).await, ["completed", "part_refunded"]);
    let shown = done(&shop, &["show", &number]);
    for told in ["staff:rani", "BCA 7", "https://jne.example/J1", "Rani Wijaya", "damaged", "done"]
    {
        assert!(shown.contains(told), "{told} is not in:\n{shown}");
    }
}

async fn an_order_is_cancelled_by_typing(shop: TestShop) {
    ordered(&shop).await;
    let number = number(&shop).await;
    done(&shop, &["cancel", &number, "--as", "rani"]);
    assert_eq!(statuses(&shop).await, ["cancelled", "unpaid"]);
    assert_eq!(level(&shop).await, (10, 0));
}

async fn an_order_that_is_paid_is_cancelled_by_typing(shop: TestShop) {
    ordered(&shop).await;
    let (number, total) = (number(&shop).await, super::total(&shop).await.to_string());
    done(&shop, &["mark-paid", &number, "--amount", &total, "--reference", "BCA 7"]);
    let said = done(&shop, &["cancel", &number, "--reason", "the kiln broke", "--as", "rani"]);
    assert!(
        said.starts_with("cancelled\nrefund ") && said.contains(": by_hand, send it"),
        "{said}"
    );
    let id = said.split("refund ").nth(1).unwrap().split(':').next().unwrap().to_owned();
    assert_eq!(statuses(&shop).await, ["cancelled", "paid"]);
    done(&shop, &["refund-sent", &number, "--refund", &id, "--reference", "BCA 8"]);
    assert_eq!(statuses(&shop).await, ["cancelled", "refunded"]);
    assert_eq!(level(&shop).await, (10, 0));
    assert!(done(&shop, &["show", &number]).contains("the kiln broke"));
    let again = order(&shop, &["cancel", &number]);
    assert_eq!(again.status.code(), Some(1), "{}", crate::kit::process::said(&again));
    super::balances(&shop).await;
}

/// Paid and sent, all of it; its number.
async fn sent_off(shop: &TestShop) -> (OrderId, String) {
    let id = ordered(shop).await;
    let (number, total) = (number(shop).await, super::total(shop).await.to_string());
    done(shop, &["mark-paid", &number, "--amount", &total, "--reference", "BCA 7"]);
    done(shop, &["ship", &number]);
    (id, number)
}

/// For each refund the return that it is for.
async fn returns(shop: &TestShop) -> Vec<Option<i64>> {
    let of = refund::table.order(refund::id).select(refund::order_return_id);
    shop.with_db(move |conn| Ok(of.load(conn)?)).await
}

async fn what_is_refunded_is_put_on_the_shelf_again_when_it_came_back(shop: TestShop) {
    let (_, number) = sent_off(&shop).await;
    done(&shop, &["refund", &number, "--line", "1=1"]);
    assert_eq!(level(&shop).await, (5, 0), "she keeps it");
    let two = ["refund", &number, "--line", "1=2", "--restock", "--reason", "brought back"];
    done(&shop, &two);
    assert_eq!(level(&shop).await, (7, 0));
    assert_eq!(done(&shop, &["list", "--fulfilment", "part_returned"]).lines().count(), 1);
    assert!(returns(&shop).await[1].is_some());
    for arguments in [
        &["refund", &number, "--line", "1=3", "--restock"][..],
        &["refund", &number, "--restock", "--amount", "5"],
        &["refund", &number, "--restock"],
        &["refund", &number, "--line", "1=1", "--restock", "--return", "1"],
    ] {
        assert!(!order(&shop, arguments).status.success(), "{arguments:?}");
    }
    assert_eq!(level(&shop).await, (7, 0));
    super::balances(&shop).await;
}

async fn what_came_of_a_return_is_refunded(shop: TestShop) {
    let (id, number) = sent_off(&shop).await;
    let three = Asked {
        lines: vec![Wanted { position: 0, quantity: Quantity::new(3).unwrap() }],
        reason: ReturnReason::Damaged,
        wish: ReturnWish::Refund,
        note: String::new(),
    };
    let ask = move |conn: &mut _| request(conn, id, &three, &ReturnWindow::Open, &super::rani());
    super::run(&shop, ask).await.unwrap();
    done(&shop, &["approve-return", &number]);
    let refund = ["refund", &number, "--return", "1", "--reason", "damaged"];
    assert!(said(&order(&shop, &refund)).contains("nothing was named"), "nothing has come yet");
    done(&shop, &["receive-return", &number, "--line", "1=2"]);
    done(&shop, &refund);
    assert!(returns(&shop).await[0].is_some());
    assert_eq!(refunds_of(&mut shop.fresh.conn(), id).unwrap()[0].amount, 180_000);
    assert_eq!(level(&shop).await, (5, 0), "what is damaged is not sold again");
    let token: String = orders::table.select(orders::token).first(&mut shop.fresh.conn()).unwrap();
    let page = shop.visitor().get(&format!("/orders/{token}/returns/1")).await;
    page.see("Rp 180.000 is on its way back to you");
    let wrong = order(&shop, &["refund", &number, "--return", "2"]);
    assert!(said(&wrong).contains("no return 2"), "{}", said(&wrong));
    super::balances(&shop).await;
}

async fn a_refund_that_is_typed_is_sent_by_the_open_shop(dbms: Dbms) {
    let shop = hosted::open(dbms).await;
    let (_, page) = hosted::ordered(&shop).await;
    page.form(hosted::ACTS).press("Pay Rp").await.expect_heading("Thank you");
    let number = number(&shop).await;
    // The shell knows nothing of the gateway.
    let told = done(&shop, &["refund", &number, "--amount", "5000"]);
    assert!(told.contains("pending, the open shop"), "{told}");
    let refund = |conn: &mut _| Ok(refund::table.select(refund::status).first::<String>(conn)?);
    assert_eq!(shop.with_db(refund).await, "pending");
    Office::of(&shop).work().await;
    assert_eq!(shop.with_db(refund).await, "done");
    assert_eq!(statuses(&shop).await, ["placed", "part_refunded"]);
}

async fn a_test_order_is_told_from_others(shop: TestShop) {
    super::change_settings(&shop, |settings| settings.invoicing.at = InvoiceAt::Shipped).await;
    let (id, total) = super::pending(&shop).await;
    assert!(!done(&shop, &["list"]).contains("TEST"));
    let token = super::attempt(&shop, id, total).await;
    super::tell(&shop, super::seen(&token, Seen::Captured, total)).await;
    let number = number(&shop).await;
    done(&shop, &["ship", &number]);
    for said in [done(&shop, &["list"]), done(&shop, &["show", &number])] {
        assert!(said.lines().next().unwrap().ends_with("  TEST"), "{said}");
    }
    let papers = |conn: &mut _| Ok(invoice::table.count().get_result::<i64>(conn)?);
    assert_eq!(shop.with_db(papers).await, 0, "no real money, no paper");
}

async fn what_cannot_be_done_is_said_and_changes_nothing(shop: TestShop) {
    ordered(&shop).await;
    let number = number(&shop).await;
    let refused: [(&[&str], &str); 9] = [
        (&["show", "000-000-000"], "there is no such order"),
        (&["mark-paid", &number, "--amount", "much", "--reference", "a"], "amount"),
        (&["mark-paid", &number, "--amount", "0", "--reference", "a"], "above 0"),
        (&["mark-paid", &number, "--amount", "5", "--reference", " "], "reference"),
        (&["ship", &number, "--line", "1=6"], "no 6 units left"),
        (&["ship", &number, "--url", "javascript:1"], "https://"),
        (&["refund", &number, "--line", "1=1"], "left to give back"),
        (&["refund", &number, "--amount", "5"], "left to give back"),
        (&["approve-return", &number], "no return 1"),
    ];
    for (arguments, told) in refused {
        let output = order(&shop, arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {}", said(&output));
        assert!(said(&output).contains(told), "{arguments:?}: {}", said(&output));
    }
    assert_eq!(statuses(&shop).await, ["placed", "unpaid"]);
}

async fn a_proof_of_payment_is_written_into_a_file(shop: TestShop) {
    let id = ordered(&shop).await;
    let (number, token) = shop
        .with_db(move |conn| {
            let of = orders::table.find(id).select((orders::number, orders::token));
            Ok(of.first::<(String, String)>(conn)?)
        })
        .await;
    let file = Sent { field: "proof", name: "a", kind: "image/png", bytes: &png(&drawn(30, 20)) };
    let path = format!("/orders/{token}/proofs");
    shop.visitor().upload(&path, &file).await.expect_status(303);
    assert!(done(&shop, &["show", &number]).contains("proof 1: "));
    let written = shop.fresh.folder.path().join("proof.jpg");
    let out = written.to_str().unwrap();
    done(&shop, &["proof", &number, "--out", out]);
    assert!(image::open(&written).is_ok());
    for (arguments, told) in [
        (["proof", &number, "--out", out], "exists"),
        (["proof", "000-000-000", "--out", "/nowhere/x"], "no such proof"),
    ] {
        let output = order(&shop, &arguments);
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        assert!(said(&output).contains(told), "{}", said(&output));
    }
}
