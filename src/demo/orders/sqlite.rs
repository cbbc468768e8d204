//! What only SQLite needs. Its twin is `postgres.rs`.

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::sqlite::SqliteConnection;

/// 32 hexadecimal digits.
pub(super) const RANDOM: &str = "lower(hex(randomblob(16)))";

/// An instant, moved by the copy's seconds. A fraction of a second stays as it is.
pub(super) fn later(column: &str) -> String {
    format!(
        "strftime('%Y-%m-%d %H:%M:%S', substr({column}, 1, 19), sheet.seconds || ' seconds') || substr({column}, 20)"
    )
}

/// A day, moved by the copy's seconds.
pub(super) fn later_day(column: &str) -> String {
    format!("strftime('%Y-%m-%d', {column}, sheet.seconds || ' seconds')")
}

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    name: String,
}

/// The columns of a table.
pub(super) fn columns(conn: &mut SqliteConnection, table: &str) -> QueryResult<Vec<String>> {
    let question = diesel::sql_query(format!("SELECT name FROM pragma_table_info('{table}')"));
    let columns: Vec<Column> = question.load(conn)?;
    Ok(columns.into_iter().map(|column| column.name).collect())
}
