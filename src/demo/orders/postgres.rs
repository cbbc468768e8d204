//! What only PostgreSQL needs. Its twin is `sqlite.rs`.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

/// 32 hexadecimal digits.
pub(super) const RANDOM: &str = "replace(gen_random_uuid()::text, '-', '')";

/// An instant, moved by the copy's seconds.
pub(super) fn later(column: &str) -> String {
    format!("({column} + sheet.seconds * INTERVAL '1 second')")
}

/// A day, moved by the copy's seconds.
pub(super) fn later_day(column: &str) -> String {
    format!("CAST({column} + sheet.seconds * INTERVAL '1 second' AS DATE)")
}

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    name: String,
}

/// The columns of a table.
pub(super) fn columns(conn: &mut PgConnection, table: &str) -> QueryResult<Vec<String>> {
    let question = diesel::sql_query(format!(
        "SELECT attname::text AS name FROM pg_attribute
         WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
    ));
    let columns: Vec<Column> = question.load(conn)?;
    Ok(columns.into_iter().map(|column| column.name).collect())
}

/// Lets ids go on from the highest that is there.
pub(super) fn count_on(conn: &mut PgConnection, table: &str) -> QueryResult<()> {
    let set = format!(
        "SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
    );
    diesel::sql_query(set).execute(conn).map(|_| ())
}
