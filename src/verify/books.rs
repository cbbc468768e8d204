//! What the database itself can tell: each question lists the rows that break its sentence.

use diesel::prelude::*;
use diesel::sql_types::Text;

use super::dealings::DEALINGS;
use super::goods::GOODS;
use super::money::MONEY;
use super::outbox::OUTBOX;
use super::papers::PAPERS;
use super::round::Heap;
use crate::db::Conn;
use crate::error::Result;

/// A sentence that must hold, and the question for what breaks it, in words of both databases.
pub(super) struct Book {
    pub holds: &'static str,
    /// Names at most one row more than are told. `:since` is the instant before which jobs that are
    /// done may have been forgotten. What belongs to orders is asked heap by heap: of those with an
    /// id above `:after` and not above `:until`. Its order is that of the lines themselves: for that of
    /// an id PostgreSQL would walk the whole table by it, in the hope of soon having enough.
    pub sql: &'static str,
}

pub(super) fn all() -> impl Iterator<Item = &'static Book> {
    [GOODS, DEALINGS, MONEY, PAPERS, OUTBOX].into_iter().flatten()
}

/// What holds of a shop's rows, sentence by sentence.
pub fn sentences() -> impl Iterator<Item = &'static str> {
    all().map(|book| book.holds)
}

#[derive(QueryableByName)]
struct Broken {
    #[diesel(sql_type = Text)]
    line: String,
}

impl Book {
    pub fn is_by_heaps(&self) -> bool {
        self.sql.contains(":after")
    }

    /// What breaks it.
    pub fn ask(&self, conn: &mut Conn, since: &str, heap: Option<Heap>) -> Result<Vec<String>> {
        let mut sql = self.sql.replace(":since", since);
        if let Some(Heap { after, until }) = heap {
            sql = sql.replace(":after", &after.to_string()).replace(":until", &until.to_string());
        }
        let question = diesel::sql_query(sql);
        let rows: Vec<Broken> = match conn {
            Conn::Sqlite(conn) => question.load(conn)?,
            Conn::Postgres(conn) => question.load(conn)?,
        };
        Ok(rows.into_iter().map(|row| row.line).collect())
    }
}
