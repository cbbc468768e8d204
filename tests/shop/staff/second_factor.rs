//! Codes of an app, and what happens without one.

use diesel::prelude::*;
use etalase::db::schema::{staff, staff_recovery_code};
use totp_rs::{Builder, Secret, Totp};

use crate::both;
use crate::kit::colleague::{PASSWORD, sign_in, sign_in_with};
use crate::kit::office::mails;
use crate::kit::{Office, Page, TestShop, Visitor};

both!(
    a_second_factor_is_set_up_and_asked_for,
    a_code_works_once_even_for_two_at_the_same_time,
    a_recovery_code_works_once,
    a_wrong_code_sets_nothing_up_and_shows_the_same_key,
    where_it_is_required_nobody_gets_on_without,
    a_seed_is_not_in_the_database,
    an_old_or_a_forged_ticket_opens_nothing,
    a_new_password_does_not_go_past_the_second_factor,
);

/// What her phone shows.
fn app(key: &str) -> Totp {
    let secret = Secret::try_from_base32(key.replace(' ', "")).unwrap();
    let totp = Builder::new().with_secret(secret).with_digits(6).with_step_duration(30);
    totp.with_account_name("x").build_noncompliant()
}

fn code(app: &Totp) -> String {
    app.generate_current().to_string()
}

/// Sets it up; the app, and the recovery codes.
pub(super) async fn set_up(visitor: &Visitor) -> (Totp, Vec<String>) {
    let page = visitor.open("/admin/account/second-factor").await;
    let app = app(&page.texts(".secret").concat());
    let form = page.form("/admin/account/second-factor").fill("code", &code(&app));
    let page = form.press("Set up the second factor").await;
    page.expect_status(200).expect_heading("Your recovery codes");
    (app, page.texts(".codes li"))
}

/// Lets the app show a code that was not used yet.
async fn forget_step(shop: &TestShop) {
    let reset = |conn: &mut etalase::db::Conn| {
        Ok(diesel::update(staff::table).set(staff::last_step.eq(0)).execute(conn)?)
    };
    shop.with_db(reset).await;
}

async fn with_code(page: &Page, code: &str) -> Page {
    page.form("/admin/sign-in/code").fill("code", code).press("Sign in").await
}

async fn a_second_factor_is_set_up_and_asked_for(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let elsewhere = shop.visitor();
    sign_in(&elsewhere, "sari").await.expect_status(200);
    let (app, codes) = set_up(&sari).await;
    assert_eq!(codes.len(), 10);
    elsewhere.get("/admin").await.expect_status(303);
    forget_step(&shop).await;
    let page = sign_in(&elsewhere, "sari").await;
    page.expect_heading("Enter your code");
    elsewhere.get("/admin").await.expect_status(303);
    let page = with_code(&page, "000000").await;
    page.expect_status(422).see("This code is not valid now");
    with_code(&page, &code(&app)).await.expect_status(200).expect_heading("Hello, sari");
    let again = shop.visitor();
    let page = sign_in(&again, "sari").await;
    with_code(&page, &code(&app)).await.expect_status(422);
}

async fn a_code_works_once_even_for_two_at_the_same_time(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let (app, _) = set_up(&sari).await;
    forget_step(&shop).await;
    let mut pages = Vec::new();
    for _ in 0..4 {
        pages.push(sign_in(&shop.visitor(), "sari").await);
    }
    // Only now: a code is good for half a minute, and four sign-ins may take longer.
    let code = code(&app);
    let tries = pages
        .iter()
        .map(|page| page.form("/admin/sign-in/code").fill("code", &code).send("Sign in"));
    let answers = futures_util::future::join_all(tries).await;
    let entered = answers.iter().filter(|page| page.status == 303).count();
    assert_eq!(entered, 1);
}

async fn a_recovery_code_works_once(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let (_, codes) = set_up(&sari).await;
    for (typed, status) in [(codes[0].to_uppercase(), 200), (codes[0].clone(), 422)] {
        let page = sign_in(&shop.visitor(), "sari").await;
        with_code(&page, &typed).await.expect_status(status);
    }
    let left: i64 = staff_recovery_code::table.count().get_result(&mut shop.fresh.conn()).unwrap();
    assert_eq!(left, 9);
    forget_step(&shop).await;
    set_up(&sari).await;
    let page = sign_in(&shop.visitor(), "sari").await;
    with_code(&page, &codes[1]).await.expect_status(422);
}

async fn a_wrong_code_sets_nothing_up_and_shows_the_same_key(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let page = sari.get("/admin/account/second-factor").await;
    let key = page.texts(".secret");
    let form = page.form("/admin/account/second-factor").fill("code", "000000");
    let page = form.press("Set up the second factor").await;
    page.expect_status(422).see("This code is not valid now");
    assert_eq!(page.texts(".secret"), key);
    sign_in(&shop.visitor(), "sari").await.expect_heading("Hello, sari");
}

async fn where_it_is_required_nobody_gets_on_without(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let form = sari.get("/admin/staff").await.form("/admin/staff/second-factor");
    form.choose("required", "1").press("Save").await.expect_heading("Second factor");
    for path in ["/admin", "/admin/audit", "/admin/staff/new"] {
        let page = sari.get(path).await;
        assert_eq!(page.expect_status(303).header("location"), "/admin/account/second-factor");
    }
    sari.get("/admin/account").await.expect_status(200);
    set_up(&sari).await;
    sari.get("/admin/audit").await.expect_status(200).see("second_factor_required");
}

async fn a_seed_is_not_in_the_database(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let page = sari.get("/admin/account/second-factor").await;
    let key = page.texts(".secret").concat().replace(' ', "");
    let form = page.form("/admin/account/second-factor").fill("code", &code(&app(&key)));
    let codes = form.press("Set up the second factor").await.texts(".codes li");
    let (seed, hash): (String, String) = staff::table
        .inner_join(staff_recovery_code::table)
        .select((staff::seed, staff_recovery_code::hash))
        .first(&mut shop.fresh.conn())
        .unwrap();
    assert!(!seed.is_empty() && !seed.contains(&key));
    assert!(!codes.contains(&hash));
}

async fn an_old_or_a_forged_ticket_opens_nothing(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let (app, _) = set_up(&sari).await;
    forget_step(&shop).await;
    let visitor = shop.visitor();
    let form = sign_in(&visitor, "sari").await.form("/admin/sign-in/code");
    let forged = form.clone().forge("ticket", "AAAA").fill("code", &code(&app));
    forged.press("Sign in").await.expect_heading("Sign in");
    // Her password is changed between the two steps.
    let change = sari.get("/admin/account/password").await.form("/admin/account/password");
    let change = change.fill("password", PASSWORD).fill("new_password", "kebun teh di lereng");
    change.press("Save").await.expect_status(200);
    form.fill("code", &code(&app)).press("Sign in").await.expect_heading("Sign in");
}

async fn a_new_password_does_not_go_past_the_second_factor(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let (app, _) = set_up(&sari).await;
    forget_step(&shop).await;
    let visitor = shop.visitor();
    visitor.post("/admin/forgot", "email=sari@shop.example").await.expect_status(200);
    Office::of(&shop).work().await;
    let mails = mails(&shop).await;
    let (_, link) = mails.iter().find_map(|m| m.text.split_once("/admin/password/")).unwrap();
    let path = format!("/admin/password/{}", link.split_whitespace().next().unwrap());
    let form = visitor.get(&path).await.form(&path).fill("new_password", "kebun teh di lereng");
    form.press("Save").await.expect_heading("Sign in");
    let page = sign_in_with(&visitor, "sari", "kebun teh di lereng").await;
    page.expect_heading("Enter your code");
    visitor.get("/admin").await.expect_status(303);
    with_code(&page, &code(&app)).await.expect_heading("Hello, sari");
}
