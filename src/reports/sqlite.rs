//! What SQLite calls differently.

/// Spans of time from the JSON text `$1`, each with its place in it.
pub(super) const SPANS: &str =
    "(SELECT key AS n, value ->> 0 AS begins, value ->> 1 AS ends FROM json_each($1)) AS span";
/// As an index of few rows has it.
pub(super) const IS_TEST: &str = "payment.live = 0";
