//! What only PostgreSQL needs. Its twin is `sqlite.rs`.

/// What the conditions of the declaration speak of: `$1` her mailbox, `$2` her account, `$3` the ids of
/// her orders, as a JSON list.
pub(super) const ABOUT: &str = "
    WITH person (email, customer) AS (SELECT CAST($1 AS TEXT), CAST($2 AS BIGINT)),
    hers (id) AS (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST($3 AS JSON)))";

/// A row as a JSON object of these columns, bytes in hexadecimal.
pub(super) fn row(columns: &[&str], table: &str, condition: &str) -> String {
    let columns = columns.join(", ");
    format!(
        "SELECT CAST(row_to_json(found) AS TEXT) AS line \
         FROM (SELECT {columns} FROM {table} WHERE {condition}) AS found"
    )
}
