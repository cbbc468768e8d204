//! What only SQLite needs. Its twin is `postgres.rs`.

/// What the conditions of the declaration speak of: `$1` her mailbox, `$2` her account, `$3` the ids of
/// her orders, as a JSON list.
pub(super) const ABOUT: &str = "
    WITH person (email, customer) AS (SELECT CAST($1 AS TEXT), CAST($2 AS INTEGER)),
    hers (id) AS (SELECT value FROM json_each($3))";

/// A row as a JSON object of these columns, bytes in hexadecimal.
pub(super) fn row(columns: &[&str], table: &str, condition: &str) -> String {
    let pair = |column: &&str| {
        format!(
            "'{column}', CASE typeof({column}) WHEN 'blob' THEN hex({column}) ELSE {column} END"
        )
    };
    let pairs: Vec<String> = columns.iter().map(pair).collect();
    format!("SELECT json_object({}) AS line FROM {table} WHERE {condition}", pairs.join(", "))
}
