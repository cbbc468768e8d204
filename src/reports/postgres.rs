//! What PostgreSQL calls differently.

/// Spans of time from the JSON text `$1`, each with its place in it.
pub(super) const SPANS: &str = "(SELECT ordinality - 1 AS n, (value ->> 0)::timestamp AS begins, (value ->> 1)::timestamp AS ends
    FROM json_array_elements($1::json) WITH ORDINALITY) AS span";
/// As an index of few rows has it.
pub(super) const IS_TEST: &str = "NOT payment.live";
