//! How long answers took.

use std::time::Duration;

/// In milliseconds, with two decimals.
pub fn percentile(sorted: &[Duration], percent: usize) -> String {
    let at = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
    let micros = sorted.get(at).map_or(0, Duration::as_micros);
    format!("{}.{:02}", micros / 1_000, micros % 1_000 / 10)
}
