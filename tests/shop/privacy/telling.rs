//! Everything that is known of somebody, for herself.

use serde_json::Value;

use super::{EMAIL, NAME, PASSWORD, asked, command, crew, lived_through, order, registered, work};
use crate::both;
use crate::kit::{Page, Shopper, TestShop, goods};
use etalase::privacy::TABLES;

both!(a_customer_gets_everything_that_is_known, nobody_else_gets_it, the_command_line_writes_it);

async fn tell(shopper: &Shopper, password: &str) -> Page {
    let form = shopper.open("/account/data").await.form("/account/data");
    form.fill("password", password).press("Download").await
}

async fn a_customer_gets_everything_that_is_known(shop: TestShop) {
    shop.with_db(|conn| goods("cup").on_hand(9).put(conn)).await;
    let office = crew(&shop).await;
    let guest = order(&shop.shopper()).await;
    let shopper = registered(&shop, &office).await;
    let ordered = lived_through(&shop, &shopper).await;
    asked(&shop, &shopper.visitor).await;
    work(&office).await;
    let page = tell(&shopper, PASSWORD).await;
    page.expect_status(200);
    assert_eq!(page.header("cache-control"), "no-store");
    assert!(page.header("content-disposition").starts_with("attachment"));
    let told: Value = serde_json::from_slice(&page.body).unwrap();
    let of = |table: &str| told["tables"][table].as_array().cloned().unwrap_or_default();
    assert_eq!(of("customer")[0]["name"], NAME);
    let numbers: Vec<Value> = of("orders").iter().map(|order| order["number"].clone()).collect();
    assert_eq!(numbers, [guest.number.as_str(), ordered.number.as_str()]);
    for table in ["order_line", "order_address", "payment", "payment_proof", "refund", "shipment"] {
        assert!(!of(table).is_empty(), "{table} is told");
    }
    assert_eq!(of("order_return")[0]["note"], "Pecah. Zalfira");
    assert_eq!(of("message")[0]["body"], "Ini Zalfira. Kapan buka?");
    assert_eq!(of("message_entry")[0]["body"], "Halo Zalfira");
    assert!(of("mail").iter().all(|mail| mail["recipient"] == EMAIL), "and no mail to the staff");
    assert!(of("mail").len() > 3 && !of("session").is_empty());
    let text = page.source();
    for secret in ["password_hash", "token_hash", "\"actor\""] {
        assert!(!text.contains(secret), "{secret}");
    }
    let unknown = told["tables"]
        .as_object()
        .unwrap()
        .keys()
        .find(|name| TABLES.iter().all(|table| table.name != name.as_str()));
    assert_eq!(unknown, None);
}

async fn nobody_else_gets_it(shop: TestShop) {
    shop.with_db(|conn| goods("cup").on_hand(9).put(conn)).await;
    let office = crew(&shop).await;
    let shopper = registered(&shop, &office).await;
    tell(&shopper, "not her password").await.expect_status(422).see("This is not your password");
    let stranger = shop.visitor().get("/account/data").await;
    assert_eq!(stranger.location().as_deref(), Some("/account/sign-in?next=%2Faccount%2Fdata"));
    // Somebody else's order is not hers.
    let other = shop.shopper();
    other.add("cup", &[], 1).await;
    other.order().await;
    let page = tell(&shopper, PASSWORD).await;
    assert!(!page.source().contains("rani.wijaya"));
}

async fn the_command_line_writes_it(shop: TestShop) {
    shop.with_db(|conn| goods("cup").on_hand(9).put(conn)).await;
    let ordered = order(&shop.shopper()).await;
    command(&shop, &["customer", "export", EMAIL, "--out", "her.json", "--as", "rani"]);
    let text = std::fs::read_to_string(shop.fresh.folder.path().join("her.json")).unwrap();
    assert!(text.contains(&ordered.number) && text.contains(NAME));
}
