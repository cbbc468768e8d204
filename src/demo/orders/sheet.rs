//! Tables of one transaction: `sheet` has a row for each copy to be made, and statements take the
//! template's rows from there.

use diesel::prelude::*;
use diesel::sql_types::Text;
use serde::Serialize;

use super::rows::Rows;
use super::{postgres, sqlite};
use crate::db::Conn;
use crate::error::{Error, Result};

/// Columns of a table of this transaction, with their types.
pub(super) type Columns = &'static [(&'static str, &'static str)];

pub(super) const SHEET: Columns = &[
    ("nth", "BIGINT"),
    ("template", "BIGINT"),
    ("id", "BIGINT"),
    ("shift", "BIGINT"),
    ("seconds", "BIGINT"),
    ("number", "TEXT"),
    ("token", "TEXT"),
    ("email", "TEXT"),
    ("name", "TEXT"),
    ("has_account", "BIGINT"),
];

pub(super) const PAPER: Columns = &[
    ("nth", "BIGINT"),
    ("id", "BIGINT"),
    ("series_id", "BIGINT"),
    ("sequence", "BIGINT"),
    ("number", "TEXT"),
    ("document", "TEXT"),
];

/// Writes rows into a table that lasts as long as this transaction.
pub(super) fn lay_out(
    conn: &mut Conn,
    table: &str,
    columns: Columns,
    rows: &[impl Serialize],
) -> Result<()> {
    let declared: Vec<String> =
        columns.iter().map(|(name, kind)| format!("{name} {kind}")).collect();
    run(conn, &format!("CREATE TEMPORARY TABLE {table} ({})", declared.join(", ")))?;
    let read: Vec<String> =
        columns.iter().map(|(name, kind)| format!("CAST(value ->> '{name}' AS {kind})")).collect();
    let insert = format!("INSERT INTO {table} SELECT {} FROM", read.join(", "));
    let json = serde_json::to_string(rows).map_err(|error| Error::internal(error.to_string()))?;
    match conn {
        Conn::Sqlite(conn) => {
            let sql = format!("{insert} json_each(?)");
            diesel::sql_query(sql).bind::<Text, _>(json).execute(conn)?
        }
        Conn::Postgres(conn) => {
            let sql = format!("{insert} json_array_elements($1::json)");
            diesel::sql_query(sql).bind::<Text, _>(json).execute(conn)?
        }
    };
    run(conn, &format!("CREATE INDEX {table}_nth ON {table} (nth)"))
}

pub(super) fn insert(conn: &mut Conn, rows: &Rows, words: &impl Fn(&str) -> String) -> Result<()> {
    let own = |name: &str| rows.own.iter().find(|(own, _)| *own == name).map(|(_, value)| *value);
    let mut columns = match conn {
        Conn::Sqlite(conn) => sqlite::columns(conn, rows.table)?,
        Conn::Postgres(conn) => postgres::columns(conn, rows.table)?,
    };
    columns.retain(|name| own(name) != Some(""));
    let values: Vec<String> = columns
        .iter()
        .map(|name| match own(name) {
            Some(value) => value.to_owned(),
            None if rows.moments.contains(&name.as_str()) => format!("{{t.{name}}}"),
            None if rows.days.contains(&name.as_str()) => format!("{{day t.{name}}}"),
            None => format!("t.{name}"),
        })
        .collect();
    let (into, values) = (columns.join(", "), values.join(", "));
    let sql = format!(
        "INSERT INTO {} ({into}) SELECT {values} FROM sheet CROSS JOIN {}",
        rows.table, rows.from
    );
    run(conn, &words(&sql))
}

pub(super) fn run(conn: &mut Conn, sql: &str) -> Result<()> {
    match conn {
        Conn::Sqlite(conn) => diesel::sql_query(sql).execute(conn)?,
        Conn::Postgres(conn) => diesel::sql_query(sql).execute(conn)?,
    };
    Ok(())
}
