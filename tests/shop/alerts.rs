//! Who wants to know when something is back: asked twice, told once, and left in peace.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;

use crate::both;
use crate::kit::goods::{leave, leave_of, product_id, variant_ids};
use crate::kit::member::{RANI, moves_to, registered};
use crate::kit::office::mails;
use crate::kit::{Dbms, Office, Page, TestShop, Visitor, goods};
use etalase::catalog::writes;
use etalase::db::Conn;
use etalase::db::schema::{job, product, stock_alert};
use etalase::error::Result;
use etalase::mail::Mail;
use etalase::stock::{self as shelf, Actor, Cause};
use etalase::values::Slug;
use etalase::web::visit::now;

both!(
    a_guest_is_told_once_after_she_has_confirmed,
    nobody_is_told_who_has_not_confirmed,
    a_mailbox_that_waits_already_gets_the_same_answer,
    a_customer_needs_no_link,
    what_is_there_needs_no_alert,
    a_mistake_keeps_what_was_typed,
    a_form_of_an_old_address_still_counts,
    every_kind_of_rise_counts,
    who_was_told_can_wait_again,
    a_few_units_are_told_to_a_few,
    who_confirms_too_late_for_the_rise_is_told_all_the_same,
    what_cannot_be_seen_is_not_told,
    one_click_ends_all_alerts_of_a_mailbox,
    asking_runs_dry,
    nobody_waits_for_ever,
    an_alert_follows_a_customer_to_another_address,
);

const BACK: &str = "back_in_stock";

/// A cup of which there is none.
async fn with_cup(shop: &TestShop) {
    shop.with_db(|conn| goods("cup").named("Plain cup").on_hand(0).put(conn)).await;
}

async fn ask(visitor: &Visitor, email: &str) -> Page {
    let form = visitor.open("/products/cup").await.form("/products/cup/alerts");
    form.fill("email", email).press("Mail me").await
}

/// Does what is due; the mails about stock that it has written.
async fn written(shop: &TestShop) -> Vec<Mail> {
    let before = mails(shop).await.len();
    Office::of(shop).work().await;
    let new = mails(shop).await.split_off(before);
    new.into_iter().filter(|mail| mail.template == BACK).collect()
}

/// The address in a mail that begins with this path.
fn link(mail: &Mail, path: &str) -> String {
    let (_, rest) = mail.text.split_once(path).unwrap_or_else(|| panic!("{}", mail.text));
    format!("{path}{}", rest.split_whitespace().next().unwrap_or_default())
}

async fn confirm(visitor: &Visitor, mail: &Mail) -> Page {
    let link = link(mail, "/alerts/confirm/");
    visitor.open(&link).await.form(&link).press("Yes, write to me").await
}

async fn waiting(shop: &TestShop, visitor: &Visitor, email: &str) {
    ask(visitor, email).await.expect_heading("Look into your mailbox");
    let mails = written(shop).await;
    confirm(visitor, &mails[0]).await.expect_heading("You hear from us");
}

/// So many have waited since then, the first of them longest.
fn crowd(conn: &mut Conn, count: i64, since: NaiveDateTime) -> Result<()> {
    let variant = variant_ids(conn, "cup")?[0];
    for n in 0..count {
        let email = format!("guest-{n:02}@example.com");
        diesel::insert_into(stock_alert::table)
            .values((
                stock_alert::variant_id.eq(variant),
                stock_alert::email.eq(&email),
                stock_alert::email_key.eq(&email),
                stock_alert::locale.eq("en"),
                stock_alert::asked_at.eq(since + TimeDelta::seconds(n)),
                stock_alert::expires_at.eq(since + TimeDelta::days(180)),
            ))
            .execute(conn)?;
    }
    Ok(())
}

async fn a_guest_is_told_once_after_she_has_confirmed(shop: TestShop) {
    with_cup(&shop).await;
    let guest = shop.visitor();
    ask(&guest, RANI).await.expect_heading("Look into your mailbox");
    let mails = written(&shop).await;
    let [asked] = &mails[..] else { panic!("{} mails", mails.len()) };
    assert_eq!((&*asked.recipient, &*asked.unsubscribe), (RANI, ""));
    assert!(asked.subject.contains("Plain cup"), "{}", asked.subject);
    let page = confirm(&guest, asked).await;
    page.expect_status(200).expect_heading("You hear from us");
    assert_eq!(guest.cookies(), "", "nothing is remembered but the address");
    guest.open(&link(asked, "/alerts/confirm/")).await.expect_status(410);
    shop.with_db(|conn| leave(conn, "cup", 3)).await;
    let mails = written(&shop).await;
    let [news] = &mails[..] else { panic!("{} mails", mails.len()) };
    assert_eq!((&*news.recipient, &*news.subject), (RANI, "Plain cup is back at Selasar"));
    guest.open(&link(news, "/products/cup?variant=CUP")).await.see("Plain cup").see("Only 3 left");
    for left in [0, 5] {
        shop.with_db(move |conn| leave(conn, "cup", left)).await;
        assert!(written(&shop).await.is_empty(), "once is enough");
    }
}

async fn nobody_is_told_who_has_not_confirmed(shop: TestShop) {
    with_cup(&shop).await;
    let visitor = shop.visitor();
    ask(&visitor, RANI).await;
    let mails = written(&shop).await;
    // A program that looks at links confirms nothing.
    visitor.open(&link(&mails[0], "/alerts/confirm/")).await.expect_status(200);
    shop.with_db(|conn| leave(conn, "cup", 3)).await;
    assert!(written(&shop).await.is_empty());
    for wrong in ["x", &"0".repeat(64)] {
        let path = format!("/alerts/confirm/{wrong}");
        visitor.post(&path, "").await.expect_status(410);
    }
}

async fn a_mailbox_that_waits_already_gets_the_same_answer(shop: TestShop) {
    with_cup(&shop).await;
    waiting(&shop, &shop.visitor(), RANI).await;
    let known = ask(&shop.visitor(), RANI).await;
    let unknown = ask(&shop.visitor(), "budi@example.com").await;
    assert_eq!((known.status, known.source()), (unknown.status, unknown.source()));
    let mails = written(&shop).await;
    assert_eq!(mails.len(), 2);
    let hers = mails.iter().find(|mail| mail.recipient == RANI).unwrap();
    confirm(&shop.visitor(), hers).await.expect_heading("You hear from us");
    shop.with_db(|conn| leave(conn, "cup", 3)).await;
    assert_eq!(written(&shop).await.len(), 1, "she waits once");
}

async fn a_customer_needs_no_link(shop: TestShop) {
    with_cup(&shop).await;
    let rani = registered(&shop, RANI).await;
    let form = rani.open("/products/cup").await.form("/products/cup/alerts");
    let forged = form.forge("email", "budi@example.com");
    forged.press("Mail me").await.expect_heading("You hear from us");
    assert!(written(&shop).await.is_empty());
    shop.with_db(|conn| leave(conn, "cup", 3)).await;
    let mails = written(&shop).await;
    assert_eq!(mails.iter().map(|mail| &*mail.recipient).collect::<Vec<_>>(), [RANI]);
}

async fn what_is_there_needs_no_alert(shop: TestShop) {
    with_cup(&shop).await;
    let visitor = shop.visitor();
    let form = visitor.open("/products/cup").await.form("/products/cup/alerts");
    shop.with_db(|conn| leave(conn, "cup", 3)).await;
    let page = form.fill("email", RANI).press("Mail me").await;
    page.expect_heading("Plain cup").see("Only 3 left");
    assert_eq!(page.all("form[action$=alerts]").len(), 0);
    assert!(written(&shop).await.is_empty());
    // Of several variants the one that is shown decides.
    shop.with_db(|conn| leave_of(conn, "SLS-BSM19-CLAY-250M", 0)).await;
    let mug = "/products/bumi-stoneware-mug?variant=SLS-BSM19-CLAY-250M";
    let form = visitor.open(mug).await.form("/products/bumi-stoneware-mug/alerts");
    assert_eq!(form.value("variant"), "SLS-BSM19-CLAY-250M");
}

async fn a_mistake_keeps_what_was_typed(shop: TestShop) {
    with_cup(&shop).await;
    for (typed, message) in [("rani@", "like name@example.com"), ("", "Enter your email")] {
        let page = ask(&shop.visitor(), typed).await;
        page.expect_status(422).see(message);
        let form = page.form("/products/cup/alerts");
        assert_eq!((form.value("email"), form.value("variant")), (typed.into(), "CUP".into()));
        assert_eq!(page.one("#alert-email").attr("aria-invalid"), Some("true"));
    }
    let visitor = shop.visitor();
    for (path, body) in [
        ("/products/cup/alerts", "variant=NONE&email=a@b.example"),
        ("/products/none/alerts", "variant=CUP&email=a@b.example"),
    ] {
        visitor.post(path, body).await.expect_status(404);
    }
}

async fn a_form_of_an_old_address_still_counts(shop: TestShop) {
    with_cup(&shop).await;
    let form = shop.visitor().open("/products/cup").await.form("/products/cup/alerts");
    shop.with_db(|conn| {
        let id = product_id(conn, "cup")?;
        writes::rename(conn, id, &Slug::parse("plain-cup").unwrap())
    })
    .await;
    form.fill("email", "rani@example.com").press("Mail me").await.expect_status(200);
    let visitor = shop.visitor();
    let wrong = visitor.post("/products/cup/alerts", "variant=CUP&email=rani").await;
    assert_eq!(wrong.expect_status(422).form("/products/plain-cup/alerts").value("email"), "rani");
}

async fn every_kind_of_rise_counts(shop: TestShop) {
    with_cup(&shop).await;
    shop.with_db(|conn| crowd(conn, 1, now())).await;
    let told = shop.with_db(|conn| {
        let (id, actor) = (variant_ids(conn, "cup")?[0], Actor::staff("rani"));
        let cause = |name: &str| Cause { name: name.into(), reason: "x", actor: &actor, at: now() };
        let jobs = |conn: &mut Conn| {
            let told = job::table.filter(job::kind.eq("stock.back"));
            told.count().get_result::<i64>(conn)
        };
        let mut told = vec![jobs(conn)?];
        shelf::receive(conn, id, 2, &cause("delivery:1"))?;
        told.push(jobs(conn)?);
        // From two to five is no news.
        shelf::receive(conn, id, 3, &cause("delivery:2"))?;
        told.push(jobs(conn)?);
        assert!(shelf::allocate(conn, id, 5, &cause("order:1:0"))?);
        shelf::release(conn, id, 1, &cause("order:1:0"))?;
        told.push(jobs(conn)?);
        assert!(shelf::adjust(conn, id, -1, &cause("count:1"))?);
        assert!(shelf::adjust(conn, id, 1, &cause("count:2"))?);
        told.push(jobs(conn)?);
        assert!(shelf::adjust(conn, id, -1, &cause("count:3"))?);
        shelf::take_back(conn, id, 1, &cause("return:1"))?;
        told.push(jobs(conn)?);
        shelf::release(conn, id, 4, &cause("order:1:1"))?;
        Ok(told)
    });
    assert_eq!(told.await, [0, 1, 1, 2, 3, 4]);
    assert_eq!(written(&shop).await.len(), 1, "and all of them together are one mail");
}

async fn who_was_told_can_wait_again(shop: TestShop) {
    with_cup(&shop).await;
    for times in 1..=2 {
        waiting(&shop, &shop.visitor(), RANI).await;
        shop.with_db(|conn| leave(conn, "cup", 1)).await;
        assert_eq!(written(&shop).await.len(), 1, "the {times}. time");
        shop.with_db(|conn| leave(conn, "cup", 0)).await;
    }
}

async fn a_few_units_are_told_to_a_few(shop: TestShop) {
    with_cup(&shop).await;
    shop.with_db(|conn| crowd(conn, 12, now())).await;
    let office = Office::of(&shop);
    office.begin().await;
    office.work().await;
    shop.with_db(|conn| leave(conn, "cup", 1)).await;
    office.later(TimeDelta::minutes(1));
    office.work().await;
    let told = |mails: Vec<Mail>| -> Vec<String> {
        let news = mails.into_iter().filter(|mail| mail.template == BACK);
        news.map(|mail| mail.recipient[6..8].to_owned()).collect()
    };
    assert_eq!(told(mails(&shop).await), FIRST_TEN);
    office.later(TimeDelta::minutes(61));
    office.work().await;
    assert_eq!(told(mails(&shop).await)[10..], ["10", "11"], "an hour later it was still there");
}

const FIRST_TEN: [&str; 10] = ["00", "01", "02", "03", "04", "05", "06", "07", "08", "09"];

async fn who_confirms_too_late_for_the_rise_is_told_all_the_same(shop: TestShop) {
    with_cup(&shop).await;
    ask(&shop.visitor(), RANI).await;
    let asked = written(&shop).await;
    shop.with_db(|conn| leave(conn, "cup", 3)).await;
    confirm(&shop.visitor(), &asked[0]).await;
    let office = Office::of(&shop);
    office.begin().await;
    office.later(TimeDelta::minutes(61));
    office.work().await;
    let subjects: Vec<String> = mails(&shop).await.into_iter().map(|mail| mail.subject).collect();
    assert!(subjects.iter().any(|it| it == "Plain cup is back at Selasar"), "{subjects:?}");
}

async fn what_cannot_be_seen_is_not_told(shop: TestShop) {
    with_cup(&shop).await;
    shop.with_db(|conn| {
        crowd(conn, 1, now())?;
        let cup = product::table.filter(product::slug.eq("cup"));
        diesel::update(cup).set(product::status.eq("draft")).execute(conn)?;
        leave(conn, "cup", 3)
    })
    .await;
    assert!(written(&shop).await.is_empty());
}

async fn one_click_ends_all_alerts_of_a_mailbox(shop: TestShop) {
    with_cup(&shop).await;
    shop.with_db(|conn| goods("bowl").on_hand(0).put(conn)).await;
    let rani = registered(&shop, RANI).await;
    for slug in ["cup", "bowl"] {
        let form = rani.open(&format!("/products/{slug}")).await;
        form.form(&format!("/products/{slug}/alerts")).press("Mail me").await;
    }
    shop.with_db(|conn| crowd(conn, 1, now())).await;
    shop.with_db(|conn| leave(conn, "cup", 3)).await;
    let news = written(&shop).await;
    let hers = news.iter().find(|mail| mail.recipient == RANI).unwrap();
    assert_eq!(hers.unsubscribe, format!("{}{}", shop.url, link(hers, "/alerts/stop/")));
    let file = shop.fresh.folder.path().join("mail");
    let files = std::fs::read_dir(file).unwrap().map(|it| it.unwrap().path());
    let sent = files.map(|it| std::fs::read_to_string(it).unwrap());
    let sent = sent.filter(|it| it.contains(RANI)).find(|it| it.contains("List-Unsubscribe"));
    let sent = sent.expect("it says how to end it").replace("\r\n ", "");
    assert!(sent.contains(&format!("List-Unsubscribe: <{}>", hers.unsubscribe)), "{sent}");
    assert!(sent.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{sent}");
    // Looking ends nothing; a mail program comes without cookies, and from no page.
    let program = shop.visitor();
    program.open(&hers.unsubscribe).await.expect_status(200).see("No more mails");
    let left = || shop.with_db(|conn| Ok(stock_alert::table.count().get_result::<i64>(conn)?));
    assert_eq!(left().await, 3);
    for _ in 0..2 {
        let request = program
            .request(reqwest::Method::POST, &hers.unsubscribe)
            .header("content-type", "application/x-www-form-urlencoded")
            .body("List-Unsubscribe=One-Click");
        program.send(request).await.expect_status(200).expect_heading("No more mails about stock");
        assert_eq!(left().await, 1, "somebody else's stays");
    }
    shop.with_db(|conn| leave(conn, "bowl", 3)).await;
    assert!(written(&shop).await.is_empty());
}

async fn asking_runs_dry(dbms: Dbms) {
    let shop = TestShop::open_with_limits(dbms, "stock_alert=2/1h stock_alert_from=3/1h").await;
    with_cup(&shop).await;
    let post = |email: &str, from: &str| {
        let (visitor, body) = (shop.visitor().from(from), format!("variant=CUP&email={email}"));
        async move { visitor.post("/products/cup/alerts", body).await.status }
    };
    assert_eq!(post(RANI, "203.0.113.1").await, 303);
    assert_eq!(post(&RANI.to_uppercase(), "203.0.113.2").await, 303);
    assert_eq!(post(RANI, "203.0.113.3").await, 429, "a mailbox is not flooded from many places");
    for n in 0..3 {
        assert_eq!(post(&format!("a{n}@example.com"), "203.0.113.4").await, 303);
    }
    assert_eq!(post("b@example.com", "203.0.113.4").await, 429, "nor many from one");
}

async fn nobody_waits_for_ever(shop: TestShop) {
    with_cup(&shop).await;
    shop.with_db(|conn| crowd(conn, 1, now())).await;
    let office = Office::of(&shop);
    office.begin().await;
    let left = || shop.with_db(|conn| Ok(stock_alert::table.count().get_result::<i64>(conn)?));
    for (days, rows) in [(179, 1), (2, 0)] {
        office.later(TimeDelta::days(days));
        office.work().await;
        assert_eq!(left().await, rows, "{days} days later");
    }
}

async fn an_alert_follows_a_customer_to_another_address(shop: TestShop) {
    with_cup(&shop).await;
    let rani = registered(&shop, RANI).await;
    let form = rani.open("/products/cup").await.form("/products/cup/alerts");
    form.press("Mail me").await.expect_heading("You hear from us");
    moves_to(&shop, &rani, "rani@wijaya.example").await;
    shop.with_db(|conn| leave(conn, "cup", 2)).await;
    let mails = written(&shop).await;
    let told: Vec<&str> = mails.iter().map(|mail| mail.recipient.as_str()).collect();
    assert_eq!(told, ["rani@wijaya.example"]);
}
