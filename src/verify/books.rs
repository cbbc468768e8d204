//! What the database itself can tell: each question lists the rows that break its sentence.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::Findings;
use super::dealings::DEALINGS;
use super::goods::GOODS;
use super::money::MONEY;
use super::outbox::OUTBOX;
use super::papers::PAPERS;
use crate::db::Conn;
use crate::error::Result;
use crate::jobs;

/// How many broken rows of one kind are named.
const MOST_NAMED: usize = 100;

/// A sentence that must hold, and the question for what breaks it, in words of both databases.
pub(super) struct Book {
    pub holds: &'static str,
    /// Names at most one row more than `MOST_NAMED`. `:since` is the instant before which jobs that
    /// are done may have been forgotten.
    pub sql: &'static str,
}

fn books() -> impl Iterator<Item = &'static Book> {
    [GOODS, DEALINGS, MONEY, PAPERS, OUTBOX].into_iter().flatten()
}

/// What holds of a shop's rows, sentence by sentence.
pub fn sentences() -> impl Iterator<Item = &'static str> {
    books().map(|book| book.holds)
}

#[derive(QueryableByName)]
struct Broken {
    #[diesel(sql_type = Text)]
    line: String,
}

pub(super) fn check(conn: &mut Conn, findings: &mut Findings, now: NaiveDateTime) -> Result<()> {
    let since = (now - jobs::KEPT).format("%Y-%m-%d %H:%M:%S").to_string();
    for book in books() {
        let question = diesel::sql_query(book.sql.replace(":since", &since));
        let rows: Vec<Broken> = match conn {
            Conn::Sqlite(conn) => question.load(conn)?,
            Conn::Postgres(conn) => question.load(conn)?,
        };
        let more = rows.len() > MOST_NAMED;
        let named = rows.into_iter().take(MOST_NAMED);
        findings.broken.extend(named.map(|row| format!("{}. {}", capital(book.holds), row.line)));
        if more {
            findings.broken.push(format!("{}: there are more.", capital(book.holds)));
        }
    }
    Ok(())
}

fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
