//! Addresses that are the same in every shop.

use chrono::{DateTime, TimeDelta, Utc};

use crate::both;
use crate::kit::TestShop;
use etalase::settings;

both!(
    a_finder_of_holes_learns_whom_to_tell,
    a_shop_without_an_address_promises_none,
    a_password_manager_is_sent_on,
);

async fn a_finder_of_holes_learns_whom_to_tell(shop: TestShop) {
    let page = shop.visitor().get("/.well-known/security.txt").await;
    page.expect_status(200);
    assert_eq!(page.header("content-type"), "text/plain; charset=utf-8");
    let field = |name: &str| {
        let mut lines = page.source().lines();
        let line = lines.find_map(|line| line.strip_prefix(&format!("{name}: ")));
        line.unwrap_or_else(|| panic!("no {name} in {}", page.source())).to_owned()
    };
    assert!(field("Contact").starts_with("mailto:"), "{}", field("Contact"));
    assert_eq!(field("Canonical"), format!("{}/.well-known/security.txt", shop.url));
    assert_eq!(field("Preferred-Languages"), "en, id");
    let expires = DateTime::parse_from_rfc3339(&field("Expires")).unwrap().to_utc();
    assert!(expires > Utc::now() && expires < Utc::now() + TimeDelta::days(365));
}

async fn a_shop_without_an_address_promises_none(shop: TestShop) {
    shop.with_db(|conn| {
        let mut settings = settings::load(conn)?;
        settings.email.clear();
        settings::save(conn, &settings)
    })
    .await;
    shop.visitor().get("/.well-known/security.txt").await.expect_status(404);
}

async fn a_password_manager_is_sent_on(shop: TestShop) {
    let page = shop.visitor().get("/.well-known/change-password").await;
    page.expect_status(303);
    assert_eq!(page.location().as_deref(), Some("/account/password"));
}
