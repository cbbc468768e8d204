//! `etalase newsletter`: who wants to be written to.

use clap::Subcommand;
use std::io::Write;

use super::Outcome;
use crate::config::Settings;
use crate::db::Db;
use crate::newsletter::{self, Subscriber};
use crate::web::cells::{guarded, lines};

/// So many are read at once.
const AT_ONCE: i64 = 1_000;

#[derive(Subcommand)]
pub enum Command {
    /// Confirmed addresses as CSV, each with the address where it is taken off the list again
    Export,
}

pub fn run(settings: &Settings, command: &Command) -> Outcome {
    let Command::Export = command;
    let db = Db::open(&settings.database, 2)?;
    let url = settings.public_url.as_str();
    actix_web::rt::System::new().block_on(async {
        let mut out = std::io::stdout().lock();
        out.write_all(&lines([["email", "language", "confirmed_at", "unsubscribe"]])?)?;
        let mut last = 0;
        loop {
            let next = db.read(move |conn| newsletter::subscribers(conn, last, AT_ONCE)).await?;
            out.write_all(&lines(next.iter().map(|subscriber| cells(subscriber, url)))?)?;
            match next.last() {
                Some(subscriber) => last = subscriber.id,
                None => return Ok(()),
            }
        }
    })
}

fn cells(of: &Subscriber, url: &str) -> [String; 4] {
    let at = of.confirmed_at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    // An address may begin with `=` or `+`.
    let email = guarded(&of.email).into_owned();
    [email, of.locale.clone(), at, format!("{url}/newsletter/{}", of.token)]
}
