//! `etalase newsletter`: who wants to be written to.

use clap::Subcommand;
use std::io::Write;

use super::Outcome;
use crate::config::Settings;
use crate::db::Db;
use crate::newsletter::{self, Subscriber};

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
        writeln!(out, "email,language,confirmed_at,unsubscribe")?;
        let mut last = 0;
        loop {
            let next = db.read(move |conn| newsletter::subscribers(conn, last, AT_ONCE)).await?;
            for subscriber in &next {
                writeln!(out, "{}", line(subscriber, url))?;
            }
            match next.last() {
                Some(subscriber) => last = subscriber.id,
                None => return Ok(()),
            }
        }
    })
}

fn line(of: &Subscriber, url: &str) -> String {
    let at = of.confirmed_at.format("%Y-%m-%dT%H:%M:%SZ");
    format!("{},{},{at},{url}/newsletter/{}", cell(&of.email), of.locale, of.token)
}

/// In quotes, and never a formula to a program for tables: an address may begin with `=` or `+`.
fn cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guard = if is_formula { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_no_formula() {
        assert_eq!(cell("ani@shop.example"), "\"ani@shop.example\"");
        assert_eq!(cell("=1+1|'x'!A1@shop.example"), "\"'=1+1|'x'!A1@shop.example\"");
        assert_eq!(cell("+ani@shop.example"), "\"'+ani@shop.example\"");
        assert_eq!(cell("a\"b"), "\"a\"\"b\"");
    }
}
