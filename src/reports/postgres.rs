//! What PostgreSQL calls differently.

/// As an index of few rows has it.
pub(super) const IS_TEST: &str = "NOT payment.live";

/// Days with their instants, as a table of a question. Not as JSON: of that PostgreSQL expects a hundred rows,
/// and goes through all orders.
pub(super) fn spans(rows: &[[String; 3]]) -> String {
    let row = |[day, begins, ends]: &[String; 3]| {
        format!("(DATE '{day}', TIMESTAMP '{begins}', TIMESTAMP '{ends}')")
    };
    // Nothing that anything could be equal to, in its types.
    let none = "(NULL::date, NULL::timestamp, NULL::timestamp)".to_owned();
    let rows: Vec<String> = rows.iter().map(row).collect();
    let rows = if rows.is_empty() { none } else { rows.join(", ") };
    format!(
        "(SELECT column1 AS day, column2 AS begins, column3 AS ends FROM (VALUES {rows}) AS given) AS span"
    )
}

/// The sums of what is kept: the size of its blocks, and their first and last days. Not joined to a table of
/// these: PostgreSQL then goes through all sums.
pub(super) fn kept(rows: &[[String; 3]]) -> String {
    let run = |[size, from, until]: &[String; 3]| {
        format!("(days = {size} AND day BETWEEN DATE '{from}' AND DATE '{until}')")
    };
    let runs: Vec<String> = rows.iter().map(run).collect();
    let is_kept = if runs.is_empty() { "FALSE".to_owned() } else { runs.join(" OR ") };
    format!("(SELECT * FROM sales_sum WHERE {is_kept}) AS sales_sum")
}
