//! Those who do a shop's jobs, with a clock that a story moves.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use std::sync::{Arc, Mutex};

use etalase::app;
use etalase::config::{Settings, Smtp, Tls};
use etalase::db::Conn;
use etalase::db::schema::job;
use etalase::jobs::{self, Crew};
use etalase::mail::{Mail, Post, list};
use etalase::web::visit::now;

use super::TestShop;
use super::smtp::MailServer;

/// One crew of a shop.
pub struct Office {
    crew: Crew,
    clock: Arc<Mutex<NaiveDateTime>>,
}

impl Office {
    /// Without a mail server.
    pub fn of(shop: &TestShop) -> Self {
        Self::with(shop, |_| {})
    }

    /// With one that speaks in the clear.
    pub fn with_server(shop: &TestShop, server: &MailServer) -> Self {
        let port = server.port;
        Self::with(shop, move |settings| settings.smtp = Some(smtp(port, Tls::None)))
    }

    pub fn with(shop: &TestShop, change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = shop.settings.clone();
        change(&mut settings);
        let clock = Arc::new(Mutex::new(now()));
        let time = clock.clone();
        let post = Arc::new(Post::new(&settings));
        let works = app::works(&shop.shop, &post, &shop.gateways);
        let crew = Crew::new(shop.shop.db.clone(), works, move || *time.lock().unwrap());
        Self { crew, clock }
    }

    /// Plans what is done every so often, as an open shop does.
    pub async fn begin(&self) {
        self.crew.begin().await.unwrap();
    }

    /// Does everything that is due; how many tries that took.
    pub async fn work(&self) -> usize {
        self.crew.work_off().await.unwrap()
    }

    /// Lets time pass, for this crew alone.
    pub fn later(&self, time: TimeDelta) {
        *self.clock.lock().unwrap() += time;
    }
}

pub fn smtp(port: u16, tls: Tls) -> Smtp {
    Smtp { host: "127.0.0.1".into(), port, tls, login: None }
}

/// All mails, oldest first, each as its recipient reads it: what a link opens with stands in its file alone.
pub async fn mails(shop: &TestShop) -> Vec<Mail> {
    let mut mails = rows(shop).await;
    for mail in mails.iter_mut().filter(|mail| mail.text.contains("/********")) {
        mail.text = letter(shop, mail).unwrap_or_else(|| mail.text.clone());
    }
    mails
}

/// All mails as the table keeps them, oldest first.
pub async fn rows(shop: &TestShop) -> Vec<Mail> {
    let mut mails = shop.shop.db.read(|conn| list(conn, None, 1_000)).await.unwrap();
    mails.reverse();
    mails
}

/// The text of a mail that was kept as a file.
fn letter(shop: &TestShop, mail: &Mail) -> Option<String> {
    let name = format!("{}-{:06}-{}.eml", mail.created_at.date(), mail.id.0, mail.template);
    let file = std::fs::read_to_string(shop.settings.data_dir.join("mail").join(name)).ok()?;
    let (_, parts) = file.split_once("text/plain")?;
    let (text, _) = parts.split_once("\r\n\r\n")?.1.split_once("text/html")?;
    // Quoted-printable (RFC 2045, 6.7), of which no test reads more.
    Some(text.replace("=\r\n", "").replace("=3D", "=").replace("\r\n", "\n"))
}

/// Does what a story has left to do, as if years had passed and nothing stood in the way; nothing may be left then.
pub(super) async fn close(shop: &TestShop) {
    let office = Office::of(shop);
    let prepare = |conn: &mut Conn| {
        // Years later the brooms would sweep away what the books are proved by.
        let brooms = job::table.filter(job::kind.eq_any(["jobs.sweep", "mail.sweep"]));
        diesel::delete(brooms).execute(conn)?;
        jobs::retry_failed(conn, now())
    };
    shop.shop.db.write(prepare).await.unwrap();
    office.later(TimeDelta::days(1_000));
    office.work().await;
    let left: Vec<(String, String)> = job::table
        .filter(job::done_at.is_null())
        // The gateway of a story has gone with it.
        .filter(job::kind.not_like("payments.%"))
        .filter(job::unique_key.is_null().or(job::unique_key.not_like("every/%")))
        .select((job::kind, job::last_error))
        .load(&mut shop.fresh.conn())
        .unwrap();
    assert_eq!(left, [], "jobs are left");
}
