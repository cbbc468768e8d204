//! What SQLite calls differently.

/// As an index of few rows has it.
pub(super) const IS_TEST: &str = "payment.live = 0";

/// A day as a value of a question.
pub(super) fn day(day: &str) -> String {
    format!("'{day}'")
}

/// An instant.
pub(super) fn moment(moment: &str) -> String {
    format!("'{moment}'")
}
