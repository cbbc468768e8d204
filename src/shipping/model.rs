//! A way of delivery, and when it arrives.

use chrono::{Days, NaiveDate};

use crate::language::LocalText;
use crate::money::Money;
use crate::values::Country;

/// One way to one country, named in the shopper's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    /// Unique within its country.
    pub code: String,
    pub name: String,
    pub amount: Money,
    pub min_days: i64,
    pub max_days: i64,
}

/// A rate that the shop does not have yet.
pub struct NewRate<'a> {
    pub country: Country,
    pub code: &'a str,
    pub position: i64,
    pub amount: Money,
    pub min_days: i64,
    pub max_days: i64,
    pub name: &'a LocalText,
}

/// The first and the last day on which something sent on `day` may arrive.
pub fn window(day: NaiveDate, min_days: i64, max_days: i64) -> (NaiveDate, NaiveDate) {
    let after = |days: i64| {
        let days = Days::new(u64::try_from(days).unwrap_or_default());
        day.checked_add_days(days).unwrap_or(day)
    };
    (after(min_days), after(max_days))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_counts_from_the_day_and_never_fails() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).expect("it exists");
        assert_eq!(window(day(23), 2, 3), (day(25), day(26)));
        assert_eq!(window(day(23), 0, i64::MAX), (day(23), day(23)));
    }
}
