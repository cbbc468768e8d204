//! What fails in the back office is told in its own frame, never in the shop's.

use diesel::connection::SimpleConnection;
use etalase::db::Conn;
use etalase::sessions::{self, SignIn, Stay, Who};
use etalase::web::visit::now;
use reqwest::Method;

use crate::both;
use crate::kit::colleague::PASSWORD;
use crate::kit::{Dbms, Page, TestShop};

both!(
    what_is_not_there_is_told_in_the_frame_of_the_back_office,
    a_stranger_learns_nothing_of_what_is_there,
    too_many_tries_are_told_in_the_frame_of_the_back_office,
    a_form_of_another_site_is_told_in_the_frame_of_the_back_office,
    a_failing_database_is_told_in_the_frame_of_the_back_office,
    a_proxy_that_nobody_has_named_is_told,
);

/// Her own menu, and no search for goods.
#[track_caller]
fn at_her_desk(page: &Page) {
    assert_eq!(page.texts(".side-nav a").first().map(String::as_str), Some("Home"));
    assert!(page.all("[role=search]:not([action$='/admin/search'])").is_empty());
    assert_eq!(page.header("cache-control"), "no-store");
}

async fn what_is_not_there_is_told_in_the_frame_of_the_back_office(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    for path in [
        "/admin/no-such-page",
        "/admin/orders/100-000-000",
        "/admin/staff/abc",
        "/admin/staff/999",
        "/admin/roles/999",
        "/id/admin/orders/100-000-000",
    ] {
        at_her_desk_in(path, &sari.get(path).await);
    }
    let page = sari.send(sari.request(Method::DELETE, "/admin/orders")).await;
    at_her_desk(page.expect_status(405));
}

#[track_caller]
fn at_her_desk_in(path: &str, page: &Page) {
    page.expect_status(404);
    match path.starts_with("/id/") {
        true => page.see("Tidak ada apa-apa di alamat ini").see("Pesanan"),
        false => page.see("There is nothing at this address").see("Orders"),
    };
    assert!(page.all("[role=search]:not([action$='/admin/search'])").is_empty(), "{path}");
}

async fn a_stranger_learns_nothing_of_what_is_there(shop: TestShop) {
    let visitor = shop.visitor();
    let page = visitor.get("/admin/no-such-page").await;
    page.expect_status(404).see("There is nothing at this address");
    assert!(
        page.all(".side-nav").is_empty()
            && page.all("[role=search]:not([action$='/admin/search'])").is_empty()
    );
    assert_eq!(page.header("cache-control"), "no-store");
}

async fn too_many_tries_are_told_in_the_frame_of_the_back_office(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let form = sari.get("/admin/account/password").await.form("/admin/account/password");
    let form = form.fill("password", "not hers").fill("new_password", PASSWORD);
    for _ in 0..5 {
        form.clone().press("Save").await.expect_status(422);
    }
    let page = form.press("Save").await;
    at_her_desk(page.expect_status(429).see("Wait 3 minutes").see_no("cart"));
    // At the door, where nobody is known yet.
    let visitor = shop.visitor();
    let body = "email=sari@shop.example&password=no";
    let page = visitor.post("/admin/sign-in", body).await;
    page.expect_status(429).see("Wait 3 minutes");
    assert!(page.all("[role=search]:not([action$='/admin/search'])").is_empty());
}

async fn a_form_of_another_site_is_told_in_the_frame_of_the_back_office(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let forged = sari.request(Method::POST, "/admin/sign-out");
    let page = sari.send(forged.header("sec-fetch-site", "cross-site")).await;
    at_her_desk(page.expect_status(403).expect_heading("This did not come from our pages"));
}

async fn a_failing_database_is_told_in_the_frame_of_the_back_office(dbms: Dbms) {
    let shop = TestShop::open(dbms).await;
    let sari = shop.colleague("sari", "owner").await;
    let rename = |from: &'static str, to: &'static str| {
        let sql = format!("ALTER TABLE {from} RENAME TO {to}");
        shop.with_db(move |conn: &mut Conn| match conn {
            Conn::Sqlite(conn) => Ok(conn.batch_execute(&sql)?),
            Conn::Postgres(conn) => Ok(conn.batch_execute(&sql)?),
        })
    };
    rename("audit_entry", "audit_entry_gone").await;
    let page = sari.get("/admin/audit").await;
    at_her_desk(page.expect_status(500).expect_heading("Something went wrong on our side"));
    assert!(!page.source().contains("audit_entry"), "{}", page.text());
    page.see(page.header("x-request-id"));
    rename("audit_entry_gone", "audit_entry").await;
}

async fn a_proxy_that_nobody_has_named_is_told(dbms: Dbms) {
    let shop = TestShop::open_https(dbms).await;
    let sari = Who::Staff(shop.hire("sari", "owner").await);
    let device = String::new();
    let sign_in = SignIn { who: sari, stay: Stay::Usual, device };
    let token = shop.with_db(move |conn| sessions::begin(conn, &sign_in, now())).await;
    let cookie = format!("__Host-etalase-staff={}", token.expose());
    let visitor = shop.visitor();
    let request = visitor.request(Method::GET, "/admin").header("cookie", &cookie);
    let request = request.header("host", "selasar.example");
    visitor.send(request).await.expect_status(200).see("trusted_proxies");
    let other = TestShop::open(dbms).await;
    let dewi = other.colleague("dewi", "owner").await;
    dewi.get("/admin").await.see_no("trusted_proxies");
}
