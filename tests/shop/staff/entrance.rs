//! How somebody gets in, and who does not.

use diesel::prelude::*;
use etalase::audit::Action;
use etalase::db::schema::{audit_entry, session};
use etalase::staff;
use etalase::web::visit::now;

use crate::both;
use crate::kit::colleague::{PASSWORD, sign_in, sign_in_with};
use crate::kit::office::mails;
use crate::kit::{Dbms, Office, TestShop, Visitor};

both!(
    the_first_owner_begins_by_a_link_that_works_once,
    no_owner_begins_where_there_is_one,
    somebody_who_is_invited_joins_by_mail,
    a_wrong_password_and_an_unknown_address_are_answered_alike,
    a_sign_in_ends_at_once_and_with_it_every_copy_of_its_cookie,
    a_sign_in_ends_by_itself_after_half_an_hour,
    the_cookie_stays_in_the_back_office,
    whoever_signs_in_goes_on_to_the_page_she_wanted,
    what_does_harm_asks_once_more_who_one_is,
    a_forgotten_password_is_chosen_anew_by_mail,
    a_changed_password_ends_the_other_sign_ins,
    a_fourth_sign_in_ends_the_oldest,
    an_easy_password_is_refused_and_what_was_typed_is_kept,
);

async fn first_link(shop: &TestShop) -> Option<String> {
    let english = etalase::language::Language::En;
    let token = shop.with_db(move |conn| staff::first_owner_link(conn, english, now())).await;
    token.map(|token| format!("/admin/join/{}", token.expose()))
}

async fn the_first_owner_begins_by_a_link_that_works_once(shop: TestShop) {
    let old = first_link(&shop).await.unwrap();
    let link = first_link(&shop).await.unwrap();
    let sari = shop.visitor();
    sari.get(&old).await.expect_status(422).see("does nothing any more");
    let form = sari.get(&link).await.form(&link);
    let form = form.fill("name", "Sari Hartono").fill("email", "Sari@Shop.example");
    let page = form.fill("new_password", PASSWORD).press("Create my account").await;
    page.expect_status(200).expect_heading("Name").see("Set up your shop").see("Audit log");
    shop.visitor().get(&link).await.expect_status(422);
    assert_eq!(first_link(&shop).await, None);
}

async fn no_owner_begins_where_there_is_one(shop: TestShop) {
    let link = first_link(&shop).await.unwrap();
    let form = shop.visitor().get(&link).await.form(&link);
    shop.hire("sari", "owner").await;
    let form = form.fill("name", "Budi").fill("email", "budi@shop.example");
    form.fill("new_password", PASSWORD).press("Create my account").await.expect_status(422);
    assert_eq!(shop.with_db(staff::list).await.len(), 1);
}

async fn somebody_who_is_invited_joins_by_mail(shop: TestShop) {
    let owner = shop.colleague("sari", "owner").await;
    let form = owner.get("/admin/staff/new").await.form("/admin/staff/new");
    let page = form.fill("email", "budi@shop.example").choose("role", "packer").press("Send").await;
    page.expect_status(200).see("Invited").see("on its way to budi@shop.example");
    Office::of(&shop).work().await;
    let mails = mails(&shop).await;
    let mail = mails.iter().find(|mail| mail.recipient == "budi@shop.example").unwrap();
    let link = mail.text.lines().find(|line| line.contains("/admin/join/")).unwrap().to_owned();
    let budi = shop.visitor();
    let path = link.split_once("/admin").map(|(_, rest)| format!("/admin{rest}")).unwrap();
    let form = budi.get(&path).await.form(&path);
    let page = form.fill("name", "Budi").fill("new_password", PASSWORD).press("Create").await;
    page.expect_heading("Hello, Budi").see_no("Roles");
    budi.get(&path).await.expect_status(422);
}

async fn a_wrong_password_and_an_unknown_address_are_answered_alike(shop: TestShop) {
    shop.hire("sari", "owner").await;
    let visitor = shop.visitor();
    let wrong = sign_in_with(&visitor, "sari", "batu kali lembayung pagi").await;
    let unknown = sign_in_with(&visitor, "nobody", PASSWORD).await;
    let empty = sign_in_with(&visitor, "sari", "").await;
    for page in [&wrong, &unknown, &empty] {
        page.expect_status(422).see("E-mail and password do not match");
    }
    assert_eq!(wrong.main_text(), unknown.main_text());
    assert_eq!(visitor.cookies(), "");
    let refused: i64 = audit_entry::table
        .filter(audit_entry::action.eq(Action::SignInRefused.code()))
        .count()
        .get_result(&mut shop.fresh.conn())
        .unwrap();
    assert_eq!(refused, 3);
}

async fn a_sign_in_ends_at_once_and_with_it_every_copy_of_its_cookie(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let thief = shop.visitor();
    for (name, value) in cookies(&sari) {
        thief.keep_cookie(&name, &value);
    }
    thief.get("/admin").await.expect_status(200);
    let page = sari.get("/admin").await.form("/admin/sign-out").send("Sign out").await;
    page.expect_status(303);
    assert_eq!(page.header("clear-site-data"), "\"cache\", \"storage\"");
    // What is left lets nobody in: it only knows the device again.
    assert_eq!(cookies(&sari).len(), 1);
    for whose in [&sari, &thief] {
        whose.get("/admin").await.expect_status(303);
    }
}

/// Names and values.
fn cookies(visitor: &Visitor) -> Vec<(String, String)> {
    let all = visitor.cookies();
    let pairs = all.split("; ").filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

async fn a_sign_in_ends_by_itself_after_half_an_hour(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let ends: chrono::NaiveDateTime =
        session::table.select(session::ends_at).first(&mut shop.fresh.conn()).unwrap();
    assert!(ends <= now() + chrono::TimeDelta::minutes(30));
    shop.with_db(|conn| {
        let past = now() - chrono::TimeDelta::seconds(1);
        Ok(diesel::update(session::table).set(session::ends_at.eq(past)).execute(conn)?)
    })
    .await;
    sari.get("/admin").await.expect_status(303);
}

#[test]
fn the_cookie_is_bound_to_its_host_over_https() {
    crate::kit::tell(Dbms::Sqlite, |_: Dbms| async {
        let shop = TestShop::open_https(Dbms::Sqlite).await;
        shop.hire("sari", "owner").await;
        let body = format!("email=sari@shop.example&password={}", PASSWORD.replace(' ', "+"));
        let page = shop.visitor().post("/admin/sign-in", body).await;
        let cookie = page.header("set-cookie").to_owned();
        assert!(cookie.starts_with("__Host-etalase-staff="), "{cookie}");
        for part in ["Secure", "HttpOnly", "SameSite=Strict", "Path=/"] {
            assert!(cookie.contains(part), "{cookie}");
        }
    });
}

async fn the_cookie_stays_in_the_back_office(shop: TestShop) {
    shop.hire("sari", "owner").await;
    let visitor = shop.visitor();
    let form = visitor.get("/admin/sign-in").await.form("/admin/sign-in");
    let form = form.fill("email", "sari@shop.example").fill("password", PASSWORD);
    let page = form.send("Sign in").await;
    let cookie = page.expect_status(303).header("set-cookie").to_owned();
    assert!(cookie.contains("SameSite=Strict") && cookie.contains("HttpOnly"), "{cookie}");
    assert!(!cookie.contains("Max-Age") && !cookie.contains("Expires"), "{cookie}");
    let page = visitor.get("/admin").await;
    assert_eq!(page.header("cache-control"), "no-store");
    for (name, value) in cookies(&visitor) {
        assert!(!page.source().contains(&value), "{name} is on the page");
    }
}

async fn whoever_signs_in_goes_on_to_the_page_she_wanted(shop: TestShop) {
    shop.hire("sari", "owner").await;
    for (wanted, found) in [
        ("/admin/audit?action=signed-in", "/admin/audit"),
        ("//evil.example/admin", "/admin"),
        ("https://evil.example", "/admin"),
        ("/cart", "/admin"),
    ] {
        let visitor = shop.visitor();
        let next: String = form_urlencoded::byte_serialize(wanted.as_bytes()).collect();
        let page = visitor.get(&format!("/admin/sign-in?next={next}")).await;
        let form = page.form("/admin/sign-in").fill("email", "sari@shop.example");
        let page = form.fill("password", PASSWORD).press("Sign in").await;
        assert_eq!(page.expect_status(200).url.path(), found, "{wanted}");
    }
}

async fn what_does_harm_asks_once_more_who_one_is(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let page = sari.get("/admin/staff/new").await;
    let form = page.expect_status(200).form("/admin/staff/new").fill("email", "a@shop.example");
    let ago = |minutes: i64| {
        shop.with_db(move |conn| {
            let then = now() - chrono::TimeDelta::minutes(minutes);
            Ok(diesel::update(session::table).set(session::proven_at.eq(then)).execute(conn)?)
        })
    };
    ago(11).await;
    sari.get("/admin/audit").await.expect_status(200);
    let page = sari.open("/admin/staff/new").await;
    page.expect_heading("Confirm that it is you");
    // What was opened in time may still be sent.
    let sent = form.clone().send("Send").await;
    assert!(sent.expect_status(303).header("location").starts_with("/admin/staff/"));
    ago(21).await;
    let other = form.fill("email", "b@shop.example");
    other.press("Send").await.expect_heading("Confirm that it is you");
    let confirm = |page: &crate::kit::Page, password: &str| {
        page.form("/admin/confirm").fill("password", password).press("Go on")
    };
    let again = confirm(&page, "batu kali lembayung pagi").await;
    again.expect_status(422).see("This is not your password");
    let page = confirm(&again, PASSWORD).await;
    assert_eq!(page.expect_status(200).url.path(), "/admin/staff/new");
}

async fn a_forgotten_password_is_chosen_anew_by_mail(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let visitor = shop.visitor();
    let mut answers = Vec::new();
    for email in ["sari@shop.example", "nobody@shop.example"] {
        let form = visitor.get("/admin/forgot").await.form("/admin/forgot");
        let page = form.fill("email", email).press("Send the link").await;
        answers.push(page.expect_status(200).main_text());
    }
    assert_eq!(answers[0], answers[1]);
    Office::of(&shop).work().await;
    let mails = mails(&shop).await;
    let links: Vec<_> =
        mails.iter().filter(|mail| mail.text.contains("/admin/password/")).collect();
    assert_eq!(links.len(), 1);
    let line = links[0].text.lines().find(|line| line.contains("/admin/password/")).unwrap();
    let path = format!("/admin{}", line.split_once("/admin").unwrap().1);
    let form = visitor.get(&path).await.form(&path);
    let page = form.clone().fill("new_password", "kebun teh di lereng").press("Save").await;
    page.expect_heading("Sign in");
    sari.get("/admin").await.expect_status(303);
    form.fill("new_password", "kebun kopi di lereng").press("Save").await.expect_status(422);
    sign_in(&visitor, "sari").await.expect_status(422);
    sign_in_with(&visitor, "sari", "kebun teh di lereng").await.expect_status(200);
}

async fn a_changed_password_ends_the_other_sign_ins(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let elsewhere = shop.visitor();
    sign_in(&elsewhere, "sari").await.expect_status(200);
    let form = sari.get("/admin/account/password").await.form("/admin/account/password");
    let form = form.fill("new_password", "kebun teh di lereng");
    let page = form.clone().fill("password", "not this one").press("Save").await;
    page.expect_status(422).see("This is not your password");
    let page = form.fill("password", PASSWORD).press("Save").await;
    page.expect_status(200).expect_heading("Your account");
    elsewhere.get("/admin").await.expect_status(303);
    sign_in_with(&elsewhere, "sari", "kebun teh di lereng").await.expect_status(200);
}

async fn a_fourth_sign_in_ends_the_oldest(shop: TestShop) {
    let dewi = shop.colleague("dewi", "owner").await;
    shop.hire("sari", "owner").await;
    let mut devices = Vec::new();
    for _ in 0..4 {
        let device = shop.visitor();
        sign_in(&device, "sari").await.expect_status(200);
        devices.push(device);
    }
    devices[0].get("/admin").await.expect_status(303);
    for device in &devices[1..] {
        device.get("/admin").await.expect_status(200);
    }
    dewi.get("/admin").await.expect_status(200);
}

async fn an_easy_password_is_refused_and_what_was_typed_is_kept(shop: TestShop) {
    let link = first_link(&shop).await.unwrap();
    let form = shop.visitor().get(&link).await.form(&link);
    let form = form.fill("name", "Sari Hartono").fill("email", "sari@shop.example");
    for (easy, advice) in [
        ("short", "at least 12 characters"),
        ("passwordpassword", "easy to guess"),
        ("qwertyuiop12", "easy to guess"),
    ] {
        let page = form.clone().fill("new_password", easy).press("Create my account").await;
        page.expect_status(422).see(advice);
        assert_eq!(page.attributes("#name", "value"), ["Sari Hartono"]);
        assert_eq!(page.attributes("#email", "value"), ["sari@shop.example"]);
        assert_eq!(page.attributes("#new_password", "value"), [""]);
    }
}
