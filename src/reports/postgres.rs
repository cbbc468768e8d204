//! What PostgreSQL calls differently.

/// As an index of few rows has it.
pub(super) const IS_TEST: &str = "NOT payment.live";

/// Days with their instants, as a table of a question. Not as JSON: of that PostgreSQL expects a hundred rows,
/// and goes through all orders.
pub(super) fn spans(rows: &[[String; 3]]) -> String {
    let row = |[day, begins, ends]: &[String; 3]| {
        format!("(DATE '{day}', TIMESTAMP '{begins}', TIMESTAMP '{ends}')")
    };
    let none = "(NULL::date, NULL::timestamp, NULL::timestamp)";
    let rows = values(rows, row, none);
    format!(
        "(SELECT column1 AS day, column2 AS begins, column3 AS ends FROM ({rows}) AS given) AS span"
    )
}

/// What is kept: the size of its blocks, and their first and last days.
pub(super) fn kept(rows: &[[String; 3]]) -> String {
    let row =
        |[size, from, until]: &[String; 3]| format!("({size}, DATE '{from}', DATE '{until}')");
    let rows = values(rows, row, "(NULL::bigint, NULL::date, NULL::date)");
    format!(
        "(SELECT column1 AS size, column2 AS first, column3 AS last FROM ({rows}) AS given) AS kept"
    )
}

/// `none` is nothing that anything could be equal to, in its types.
fn values(rows: &[[String; 3]], row: impl Fn(&[String; 3]) -> String, none: &str) -> String {
    let written: Vec<String> = rows.iter().map(row).collect();
    match written.is_empty() {
        true => format!("VALUES {none}"),
        false => format!("VALUES {}", written.join(", ")),
    }
}
