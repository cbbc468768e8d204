//! At the door of the back office, and from within.

use crate::both;
use crate::kit::TestShop;
use crate::kit::colleague::{PASSWORD, sign_in};
use etalase::staff::{self, Permission};

both!(
    nobody_invites_somebody_who_may_more_than_she,
    a_planted_session_is_replaced,
    showing_who_one_is_ends_every_copy_of_the_cookie,
);

async fn nobody_invites_somebody_who_may_more_than_she(shop: TestShop) {
    let may = [Permission::ViewStaff, Permission::ManageStaff, Permission::ViewOrders];
    let role = shop.role("Personnel", may.into_iter().collect()).await;
    let dewi = shop.colleague("dewi", &role).await;
    for forged in ["owner", "manager", "packer", "no-such-role", "99"] {
        let body = format!("email=evil@shop.example&role={forged}");
        dewi.post("/admin/staff/new", body).await.expect_status(422);
    }
    let people = shop.with_db(staff::list).await;
    assert_eq!(people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>(), ["dewi"]);
}

async fn a_planted_session_is_replaced(shop: TestShop) {
    shop.hire("sari", "owner").await;
    let thief = shop.colleague("dewi", "owner").await;
    let planted = token(&thief.cookies());
    let sari = shop.visitor();
    sari.keep_cookie("etalase-staff", &planted);
    sign_in(&sari, "sari").await.expect_heading("Hello, sari");
    assert_ne!(token(&sari.cookies()), planted);
    // The one that was planted is over, whoever's it was.
    thief.get("/admin").await.expect_status(303);
}

async fn showing_who_one_is_ends_every_copy_of_the_cookie(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let thief = shop.visitor();
    thief.keep_cookie("etalase-staff", &token(&sari.cookies()));
    thief.get("/admin").await.expect_status(200);
    let form = sari.get("/admin/confirm").await.form("/admin/confirm");
    form.fill("password", PASSWORD).press("Go on").await.expect_heading("Hello, sari");
    sari.get("/admin").await.expect_status(200);
    thief.get("/admin").await.expect_status(303);
}

/// Of the cookie that lets her in.
fn token(cookies: &str) -> String {
    let mut pairs = cookies.split("; ").filter_map(|pair| pair.split_once('='));
    let found = pairs.find(|(name, _)| *name == "etalase-staff");
    found.expect("she is signed in").1.to_owned()
}
