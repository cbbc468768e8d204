//! What PostgreSQL calls differently.

/// As an index of few rows has it.
pub(super) const IS_TEST: &str = "NOT payment.live";

/// A day as a value of a question.
pub(super) fn day(day: &str) -> String {
    format!("DATE '{day}'")
}

/// An instant.
pub(super) fn moment(moment: &str) -> String {
    format!("TIMESTAMP '{moment}'")
}
