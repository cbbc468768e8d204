//! How mails reach a server that is not always well.

use chrono::TimeDelta;
use diesel::prelude::*;
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Command, Stdio};

use etalase::config::{Database, Login, Secret, Tls};
use etalase::db::schema::job;
use etalase::error::Error;
use etalase::jobs::{self, JobState};
use etalase::mail::resend;
use etalase::web::visit::now;

use super::order;
use crate::both;
use crate::kit::member::{RANI, ask_to_register};
use crate::kit::office::{mails, rows, smtp};
use crate::kit::process::etalase;
use crate::kit::{MailServer, Manner, Office, TestShop};

both!(
    a_mail_arrives_as_it_is_stored,
    without_a_server_mails_are_kept_as_files,
    a_server_that_is_down_delays_mails_and_nothing_else,
    a_server_that_is_busy_gets_the_mail_later,
    an_address_that_does_not_exist_holds_up_nobody,
    a_server_that_refuses_the_shop_is_asked_again,
    a_mail_whose_answer_was_lost_comes_again_as_the_same_mail,
    a_password_never_goes_in_the_clear,
    a_mail_is_sent_again_when_somebody_says_so,
    two_crews_send_each_mail_once,
    a_worker_killed_before_its_mark_is_followed_by_one_that_sends_the_same_mail,
    what_a_link_opens_with_goes_with_its_mail,
);

async fn a_mail_arrives_as_it_is_stored(shop: TestShop) {
    order(&shop).await;
    let server = MailServer::open();
    Office::with_server(&shop, &server).work().await;
    let (mails, deliveries) = (mails(&shop).await, server.deliveries());
    assert_eq!(deliveries.len(), 2);
    for mail in &mails {
        let arrived = deliveries.iter().find(|delivery| delivery.to == mail.recipient).unwrap();
        assert_eq!(arrived.header("Message-ID"), format!("<{}>", mail.message_id));
        assert_eq!(arrived.header("Auto-Submitted"), "auto-generated");
        assert_eq!(arrived.header("Subject"), mail.subject);
        assert_eq!(arrived.header("To"), mail.recipient);
        assert_eq!(arrived.header("Reply-To"), mail.reply_to);
        assert_eq!((&mail.status[..], &mail.sender), ("sent", &arrived.from));
        assert!(arrived.data.contains("text/plain") && arrived.data.contains("text/html"));
        assert!(arrived.data.is_ascii(), "any server can take it");
        assert!(mail.sent_at.is_some());
    }
}

async fn without_a_server_mails_are_kept_as_files(shop: TestShop) {
    order(&shop).await;
    Office::of(&shop).work().await;
    let folder = shop.settings.data_dir.join("mail");
    for mail in mails(&shop).await {
        assert_eq!(mail.status, "kept");
        let mut files = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
        let wanted = format!("{:06}-{}.eml", mail.id.0, mail.template);
        let file = files.find(|path| path.to_str().unwrap().ends_with(&wanted)).unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        let text = std::fs::read_to_string(file).unwrap();
        assert!(text.contains(&format!("Message-ID: <{}>", mail.message_id)), "{text}");
    }
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 2);
}

async fn a_server_that_is_down_delays_mails_and_nothing_else(shop: TestShop) {
    let down = crate::kit::process::free_port();
    order(&shop).await;
    let office = Office::with(&shop, |settings| settings.smtp = Some(smtp(down, Tls::None)));
    office.work().await;
    let failed = mails(&shop).await;
    assert!(failed.iter().all(|mail| mail.status == "waiting" && mail.attempts == 1));
    assert!(failed[0].last_error.contains("onnection"), "{}", failed[0].last_error);
    assert_eq!(office.work().await, 0, "not before its time");
    office.later(TimeDelta::seconds(13));
    assert_eq!(office.work().await, 2, "ten seconds later, or a little more");
    office.later(TimeDelta::seconds(13));
    assert_eq!(office.work().await, 0, "then not before a minute");
    // It is up again: everything arrives, once.
    let server = MailServer::open();
    let office = Office::with_server(&shop, &server);
    office.later(TimeDelta::minutes(3));
    office.work().await;
    assert_eq!(server.deliveries().len(), 2);
    assert!(mails(&shop).await.iter().all(|mail| mail.status == "sent"));
}

async fn a_server_that_is_busy_gets_the_mail_later(shop: TestShop) {
    order(&shop).await;
    let server = MailServer::open();
    server.manner(Manner::Busy);
    let office = Office::with_server(&shop, &server);
    office.work().await;
    assert!(mails(&shop).await[0].last_error.contains("451"));
    server.manner(Manner::Take);
    office.later(TimeDelta::seconds(15));
    office.work().await;
    assert_eq!(server.deliveries().len(), 2);
}

async fn an_address_that_does_not_exist_holds_up_nobody(shop: TestShop) {
    for _ in 0..3 {
        order(&shop).await;
    }
    let server = MailServer::open();
    server.manner(Manner::Unknown("rani.wijaya@example.com".into()));
    Office::with_server(&shop, &server).work().await;
    assert_eq!(server.deliveries().len(), 3, "the staff's arrive");
    let failed = shop.shop.db.read(|conn| jobs::list(conn, JobState::Failed, 10)).await.unwrap();
    assert_eq!(failed.len(), 3);
    assert!(failed[0].last_error.contains("who?"), "{}", failed[0].last_error);
    let mails = mails(&shop).await;
    assert_eq!(mails.iter().filter(|mail| mail.status == "failed").count(), 3);
    // A person looks, sets it right, and tries again.
    server.manner(Manner::Take);
    let id = failed[0].id;
    assert!(shop.with_db(move |conn| jobs::retry(conn, id, now())).await);
    Office::with_server(&shop, &server).work().await;
    assert_eq!(server.deliveries().len(), 4);
}

async fn a_server_that_refuses_the_shop_is_asked_again(shop: TestShop) {
    order(&shop).await;
    let server = MailServer::open();
    server.manner(Manner::NoRelay);
    let office = Office::with_server(&shop, &server);
    office.work().await;
    assert!(mails(&shop).await.iter().all(|mail| mail.status == "waiting"));
    // Ten tries over days, then it is for a person to look at.
    for _ in 0..12 {
        office.later(TimeDelta::days(2));
        office.work().await;
    }
    assert!(mails(&shop).await.iter().all(|mail| mail.status == "failed" && mail.attempts == 10));
    let failed = shop.shop.db.read(|conn| jobs::list(conn, JobState::Failed, 10)).await.unwrap();
    assert!(failed.len() >= 2 && failed.iter().all(|job| job.attempts == 10), "{failed:?}");
}

async fn a_mail_whose_answer_was_lost_comes_again_as_the_same_mail(shop: TestShop) {
    order(&shop).await;
    let server = MailServer::open();
    server.manner(Manner::HangUp);
    let office = Office::with_server(&shop, &server);
    office.work().await;
    server.manner(Manner::Take);
    office.later(TimeDelta::seconds(15));
    office.work().await;
    let deliveries = server.deliveries();
    assert_eq!(deliveries.len(), 4);
    for mail in mails(&shop).await {
        let copies: Vec<_> = deliveries.iter().filter(|d| d.to == mail.recipient).collect();
        assert_eq!(copies.len(), 2);
        assert_eq!(copies[0].data, copies[1].data, "the same to the letter");
        assert_eq!((mail.status.as_str(), mail.attempts), ("sent", 2));
    }
}

async fn a_password_never_goes_in_the_clear(shop: TestShop) {
    order(&shop).await;
    let server = MailServer::open();
    let login = Login { user: "shop".into(), password: Secret::new("s3cret") };
    let port = server.port;
    let office = Office::with(&shop, move |settings| {
        settings.smtp =
            Some(etalase::config::Smtp { login: Some(login), ..smtp(port, Tls::Start) });
    });
    office.work().await;
    let said = server.said();
    assert!(said.iter().any(|line| line.starts_with("EHLO")));
    assert!(!said.iter().any(|line| line.starts_with("AUTH") || line.starts_with("MAIL")));
    assert!(mails(&shop).await[0].last_error.contains("STARTTLS"));
}

async fn a_mail_is_sent_again_when_somebody_says_so(shop: TestShop) {
    order(&shop).await;
    let server = MailServer::open();
    let office = Office::with_server(&shop, &server);
    office.work().await;
    let first = mails(&shop).await.remove(0);
    let id = first.id;
    shop.with_db(move |conn| resend(conn, id, now())).await;
    office.later(TimeDelta::seconds(10));
    office.work().await;
    let again = mails(&shop).await.pop().unwrap();
    assert_eq!(
        (&again.html, &again.text, &again.recipient),
        (&first.html, &first.text, &first.recipient)
    );
    assert_ne!(again.message_id, first.message_id);
    assert_eq!(server.deliveries().len(), 3);
}

async fn two_crews_send_each_mail_once(shop: TestShop) {
    for _ in 0..5 {
        order(&shop).await;
    }
    let server = MailServer::open();
    let crews = [Office::with_server(&shop, &server), Office::with_server(&shop, &server)];
    let (first, second) = futures_util::future::join(crews[0].work(), crews[1].work()).await;
    assert_eq!(first + second, 15, "five orders and ten mails");
    let mut ids: Vec<String> =
        server.deliveries().iter().map(|delivery| delivery.header("Message-ID")).collect();
    ids.sort();
    ids.dedup();
    assert_eq!((ids.len(), server.deliveries().len()), (10, 10));
    assert!(server.connections() <= 4, "connections are used again");
    let waiting: i64 = job::table
        .filter(job::done_at.is_null())
        .filter(job::kind.eq_any(["order.event", "mail.send"]))
        .count()
        .get_result(&mut shop.fresh.conn())
        .unwrap();
    assert_eq!(waiting, 0);
}

async fn a_worker_killed_before_its_mark_is_followed_by_one_that_sends_the_same_mail(
    shop: TestShop,
) {
    order(&shop).await;
    let server = MailServer::open();
    server.manner(Manner::Silent);
    let mut killed = worker(&shop, &server);
    server.wait_for(2);
    killed.kill().unwrap();
    killed.wait().unwrap();
    assert!(mails(&shop).await.iter().all(|mail| mail.status == "waiting"));
    server.manner(Manner::Take);
    // As if a minute had gone by.
    let leases = job::table.filter(job::worker.is_not_null());
    diesel::update(leases).set(job::due_at.eq(now())).execute(&mut shop.fresh.conn()).unwrap();
    let mut next = worker(&shop, &server);
    let deliveries = server.wait_for(4);
    let id = next.id().to_string();
    Command::new("kill").args(["-s", "TERM", &id]).status().unwrap();
    assert!(next.wait().unwrap().success(), "it ends what it has in hand");
    for mail in mails(&shop).await {
        let named = format!("<{}>", mail.message_id);
        let copies = deliveries.iter().filter(|d| d.header("Message-ID") == named).count();
        assert_eq!((copies, mail.status.as_str()), (2, "sent"));
    }
}

/// `etalase worker`, a process of its own.
fn worker(shop: &TestShop, server: &MailServer) -> Child {
    let mut command = etalase(shop.fresh.folder.path(), &["worker"]);
    let database = match &shop.fresh.database {
        Database::Sqlite(path) => format!("sqlite:{}", path.display()),
        Database::Postgres(url) => url.expose().to_owned(),
    };
    let smtp = format!("smtp://127.0.0.1:{}?tls=none", server.port);
    command.env("ETALASE_DATABASE_URL", database).env("ETALASE_SMTP_URL", smtp);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

async fn what_a_link_opens_with_goes_with_its_mail(shop: TestShop) {
    let down = crate::kit::process::free_port();
    ask_to_register(&shop.visitor(), RANI).await;
    Office::with(&shop, |settings| settings.smtp = Some(smtp(down, Tls::None))).work().await;
    let waiting = rows(&shop).await.pop().unwrap();
    let (before, rest) = waiting.text.split_once("/account/links/").unwrap();
    let (secret, after) = rest.split_at(64);
    assert!(waiting.html.contains(secret), "it is still to be sent");
    let server = MailServer::open();
    let office = Office::with_server(&shop, &server);
    office.later(TimeDelta::seconds(13));
    office.work().await;
    let arrived = server.deliveries().pop().unwrap().data.replace("=\r\n", "");
    assert!(arrived.contains(secret));
    shop.visitor().open(&format!("/account/links/{secret}")).await.expect_status(200);
    let kept = rows(&shop).await.pop().unwrap();
    assert_eq!(kept.text, format!("{before}/account/links/********{after}"));
    assert_eq!(kept.html, waiting.html.replace(secret, "********"));
    let again = shop.shop.db.write(move |conn| resend(conn, kept.id, now())).await;
    assert!(matches!(again, Err(Error::Malformed(_))), "a link that opens nothing is not sent");
}
