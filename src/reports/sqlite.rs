//! What SQLite calls differently.

/// As an index of few rows has it.
pub(super) const IS_TEST: &str = "payment.live = 0";

/// Days with their instants, as a table of a question. Not as `VALUES`: beside several rows of those SQLite
/// goes through all orders.
pub(super) fn spans(rows: &[[String; 3]]) -> String {
    let rows = serde_json::json!(rows);
    format!(
        "(SELECT value ->> 0 AS day, value ->> 1 AS begins, value ->> 2 AS ends FROM json_each('{rows}')) AS span"
    )
}

/// The sums of what is kept: the size of its blocks, and their first and last days.
pub(super) fn kept(rows: &[[String; 3]]) -> String {
    let rows = serde_json::json!(rows);
    format!(
        "(SELECT CAST(value ->> 0 AS INTEGER) AS size, value ->> 1 AS first, value ->> 2 AS last
        FROM json_each('{rows}')) AS kept CROSS JOIN sales_sum
        ON sales_sum.days = kept.size AND sales_sum.day >= kept.first AND sales_sum.day <= kept.last"
    )
}
