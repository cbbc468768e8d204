//! How each database says what moves a copy through time.

use super::{postgres, sqlite};
use crate::db::Conn;

/// How a database says what the other says in other words.
#[derive(Clone, Copy)]
pub(super) enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    pub fn of(conn: &Conn) -> Self {
        match conn {
            Conn::Sqlite(_) => Self::Sqlite,
            Conn::Postgres(_) => Self::Postgres,
        }
    }

    /// `{random}`, and `{column}` for an instant and `{day column}` for a day that are moved as the copy is.
    pub fn spell(self, sql: &str) -> String {
        let mut spelled = String::new();
        let mut rest = sql;
        while let Some((before, (name, after))) =
            rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
        {
            spelled.push_str(before);
            match name {
                "random" => spelled.push_str(self.random()),
                name if name.starts_with('"') => spelled.push_str(&format!("{{{name}}}")),
                name => match name.strip_prefix("day ") {
                    Some(column) => spelled.push_str(&self.later_day(column)),
                    None => spelled.push_str(&self.later(name)),
                },
            }
            rest = after;
        }
        spelled + rest
    }

    fn random(self) -> &'static str {
        match self {
            Self::Sqlite => sqlite::RANDOM,
            Self::Postgres => postgres::RANDOM,
        }
    }

    fn later(self, column: &str) -> String {
        match self {
            Self::Sqlite => sqlite::later(column),
            Self::Postgres => postgres::later(column),
        }
    }

    fn later_day(self, column: &str) -> String {
        match self {
            Self::Sqlite => sqlite::later_day(column),
            Self::Postgres => postgres::later_day(column),
        }
    }
}
