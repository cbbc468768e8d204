//! The merchant's settings, the mail that tries them out, the shop's jobs, and what it runs on.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use etalase::audit::{self, Action, Wanted};
use etalase::config::{Login, Secret, Tls};
use etalase::db::schema::job;
use etalase::ids::JobId;
use etalase::jobs::{self, Kind, NewJob, Queue};
use etalase::language::Language;
use etalase::settings::InvoiceAt;
use etalase::web::visit::now;

use crate::both;
use crate::kit::form::Form;
use crate::kit::office::smtp;
use crate::kit::{Dbms, FreshDatabase, MailServer, Manner, Page, TestShop, Visitor};

both!(
    what_is_set_is_seen_in_the_shop,
    every_part_can_be_saved_as_it_stands,
    a_text_that_is_emptied_falls_back,
    a_mistake_saves_nothing_and_keeps_what_was_typed,
    two_who_set_the_same_are_shown_each_other,
    a_trial_shows_what_the_mail_server_says,
    without_a_mail_server_there_is_nothing_to_try,
    a_job_that_failed_is_tried_again_or_dropped,
    the_system_says_what_runs_and_keeps_its_secrets,
);

async fn ask(sari: &Visitor, part: &str) -> Form {
    let path = format!("/admin/settings/{part}");
    sari.open(&path).await.form(&path)
}

async fn what_is_set_is_seen_in_the_shop(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let form = ask(&sari, "shop").await.fill("name", "Toko Rani").fill("tagline-id", "Kopi & kue");
    form.fill("city", "Garut").press("Save").await.see("Saved.");
    shop.visitor().get("/id/").await.see("Toko Rani").see("Kopi & kue").see("Garut");
    let form = ask(&sari, "orders").await.fill("low_stock", "7").untick("recently_viewed");
    form.press("Save").await.see("Saved.");
    let form = ask(&sari, "invoices").await.choose("invoice_at", "shipped");
    form.fill("seller_address", "Jl. Satu 1\r\n\r\n Garut ").press("Save").await.see("Saved.");
    let settings = shop.shop.frame().settings.clone();
    assert_eq!((settings.low_stock, settings.recently_viewed), (7, false));
    assert_eq!(settings.invoicing.at, InvoiceAt::Shipped);
    assert_eq!(settings.invoicing.seller_address, ["Jl. Satu 1", "Garut"]);
    let form = ask(&sari, "languages").await.choose("language", "id").untick("speaks-en");
    form.press("Save").await;
    assert_eq!(shop.shop.frame().settings.languages, [Language::Id]);
    shop.visitor().get("/").await.see("Kopi & kue");
}

async fn every_part_can_be_saved_as_it_stands(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let list = sari.get("/admin/settings").await;
    let parts = list.attributes("a.cover[href^='/admin/settings/']", "href");
    assert_eq!(parts.len(), 6);
    let before = shop.shop.frame().settings.clone();
    for part in parts {
        sari.open(&part).await.form(&part).press("Save").await.see("Saved.");
    }
    let after = shop.shop.frame().settings.clone();
    assert_eq!(format!("{before:?}"), format!("{after:?}"));
    let wanted = Wanted { action: Some(Action::SettingsChanged), ..Wanted::default() };
    let written = shop.with_db(move |conn| audit::list(conn, &wanted, 9)).await;
    assert!(written.is_empty(), "nothing has changed");
    for path in list.attributes("a.cover", "href") {
        sari.get(&path).await.expect_status(200);
    }
    sari.get("/admin/settings/nonsense").await.expect_status(404);
}

async fn a_text_that_is_emptied_falls_back(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let form = ask(&sari, "shop").await.fill("tagline-id", "").fill("tagline-en", "Coffee");
    form.press("Save").await.see("Saved.");
    shop.visitor().get("/id/").await.see("Coffee");
    ask(&sari, "languages").await.untick("speaks-id").press("Save").await.see("Saved.");
    let form = ask(&sari, "shop").await;
    assert!(!form.names().contains(&"tagline-id"));
    form.fill("tagline-en", "Tea").press("Save").await.see("Saved.");
    let description = shop.shop.frame().settings.description.clone();
    assert!(description.iter().any(|(language, _)| language == Language::Id), "it is kept");
}

async fn a_mistake_saves_nothing_and_keeps_what_was_typed(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let before = format!("{:?}", shop.shop.frame().settings);
    let form = ask(&sari, "invoices").await.fill("invoice_prefix", "A-1");
    let page = form.fill("credit_note_prefix", "A-1").press("Save").await;
    page.expect_status(422).see("Invoices and credit notes need prefixes of their own.");
    assert_eq!(page.form("/admin/settings/invoices").value("credit_note_prefix"), "A-1");
    let page = ask(&sari, "invoices").await.fill("invoice_prefix", "inv 1").press("Save").await;
    page.expect_status(422).see("capital letters, digits and hyphens");
    let page = ask(&sari, "orders").await.fill("return_days", "-1").press("Save").await;
    page.expect_status(422).see("Enter a whole number");
    let form = ask(&sari, "mail").await.fill("staff_emails", "ani@shop.example\r\nnobody");
    form.press("Save").await.expect_status(422).see("Enter one address a line");
    let page = ask(&sari, "shop").await.fill("name", "").press("Save").await;
    page.expect_status(422).see("Enter a name.");
    assert_eq!(format!("{:?}", shop.shop.frame().settings), before);
}

async fn two_who_set_the_same_are_shown_each_other(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let [one, other] = [ask(&sari, "orders").await, ask(&sari, "orders").await];
    one.fill("low_stock", "3").press("Save").await.see("Saved.");
    let page = other.fill("low_stock", "9").fill("return_days", "14").press("Save").await;
    page.expect_status(409).see("Saved meanwhile by somebody else: “3”");
    page.form("/admin/settings/orders").press("Save").await.see("Saved.");
    let settings = shop.shop.frame().settings.clone();
    assert_eq!((settings.low_stock, settings.return_days), (9, 14));
}

async fn trial(sari: &Visitor) -> Page {
    let page = sari.open("/admin/settings/mail").await;
    page.form("/admin/settings/mail/trial").press("Send me a mail").await
}

async fn a_trial_shows_what_the_mail_server_says(dbms: Dbms) {
    let server = MailServer::open();
    let port = server.port;
    let shop = TestShop::open_with(FreshDatabase::filled(dbms), move |settings| {
        settings.smtp = Some(smtp(port, Tls::None));
    })
    .await;
    let sari = shop.colleague("sari", "owner").await;
    trial(&sari).await.expect_status(200).see("The mail server says: 250");
    let mail = server.wait_for(1).remove(0);
    assert_eq!(
        (mail.to.as_str(), mail.from.as_str()),
        ("sari@shop.example", "halo@selasar.example")
    );
    assert!(mail.header("Subject").contains("Selasar"));
    for (manner, words) in [(Manner::NoRelay, "5.7.1"), (Manner::Busy, "451")] {
        server.manner(manner);
        trial(&sari).await.expect_status(422).see("was not sent").see(words);
    }
    // For what was told her when she signed in.
    server.manner(Manner::Take);
}

async fn without_a_mail_server_there_is_nothing_to_try(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let page = sari.get("/admin/settings/mail").await;
    page.see("none: mails are kept as files");
    assert!(page.all("form[action$='/trial']").is_empty());
    sari.post("/admin/settings/mail/trial", "").await.expect_status(422);
}

async fn a_job_that_failed_is_tried_again_or_dropped(shop: TestShop) {
    const KIND: Kind = Kind { queue: Queue::Shop, name: "test.thing" };
    let ids = shop
        .with_db(|conn| {
            for about in 1..=2 {
                jobs::enqueue(conn, &NewJob::new(KIND, &about, now())?, now())?;
            }
            let ours = job::table.filter(job::kind.eq(KIND.name));
            diesel::update(ours)
                .set((
                    job::failed_at.eq(now()),
                    job::due_at.eq(None::<NaiveDateTime>),
                    job::last_error.eq("it rained"),
                ))
                .execute(conn)?;
            Ok(ours.order(job::id).select(job::id).load::<i64>(conn)?)
        })
        .await;
    let sari = shop.colleague("sari", "owner").await;
    let page = sari.get("/admin/jobs").await;
    page.see("test.thing 1").see("it rained");
    let [one, other] = ids[..] else { panic!("{ids:?}") };
    let form = page.form(&format!("/admin/jobs/{one}/retry"));
    form.press("Try again").await.see("It is tried again at once.");
    let form = page.form(&format!("/admin/jobs/{other}/drop"));
    form.clone().press("Drop").await.see("It is dropped");
    form.press("Drop").await.see("is being done, or is done");
    let states = shop
        .with_db(|conn| {
            let ours = job::table.filter(job::kind.eq(KIND.name)).order(job::id);
            let of = (job::due_at.is_not_null(), job::dropped);
            Ok(ours.select(of).load::<(bool, bool)>(conn)?)
        })
        .await;
    assert_eq!(states, [(true, false), (false, true)]);
    sari.get("/admin/audit").await.see("Dropped a job").see("Tried a job again");
    shop.with_db(move |conn| jobs::drop_job(conn, JobId(one), now())).await;
}

async fn the_system_says_what_runs_and_keeps_its_secrets(dbms: Dbms) {
    let shop = TestShop::open_with(FreshDatabase::filled(dbms), |settings| {
        let mut server = smtp(25, Tls::None);
        let password = Secret::new("batu-s3cret".to_owned());
        server.login = Some(Login { user: "toko".into(), password });
        settings.smtp = Some(server);
    })
    .await;
    let sari = shop.colleague("sari", "owner").await;
    let page = sari.get("/admin/system").await;
    page.see(env!("CARGO_PKG_VERSION")).see("smtp_url").see("toko:***@");
    page.see(match dbms {
        Dbms::Sqlite => "SQLite 3.",
        Dbms::Postgres => "PostgreSQL ",
    });
    assert!(!page.source().contains("s3cret"));
    // What was told her when she signed in has no server to go to.
    let waiting = job::table.filter(job::kind.eq("staff.news"));
    diesel::delete(waiting).execute(&mut shop.fresh.conn()).unwrap();
    assert!(page.text().contains(" GB") || page.text().contains(" MB"), "what is left on the disk");
}
