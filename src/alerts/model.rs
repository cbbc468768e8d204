//! How long somebody waits, and how many are told at a time.

use chrono::TimeDelta;

use crate::ids::{LinkToken, StockAlertId};

/// After so long nobody waits any more.
pub(super) const WAITS: TimeDelta = TimeDelta::days(180);
/// So long after her mail the link in it still ends all her alerts.
pub(super) const ENDABLE: TimeDelta = TimeDelta::days(30);
/// So many are told for each unit that is there: most of those who asked have bought elsewhere.
const FOR_EACH_UNIT: i64 = 10;
/// So many are told in one transaction.
const MOST: i64 = 100;

/// How many are told while so many units can be had.
pub(super) fn told_for(available: i64) -> i64 {
    available.max(0).saturating_mul(FOR_EACH_UNIT).min(MOST)
}

/// Somebody who is told now.
#[derive(Debug, Clone)]
pub struct Alert {
    pub id: StockAlertId,
    pub email: String,
    /// The language's code.
    pub locale: String,
    /// What ends all her alerts.
    pub token: LinkToken,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_units_are_no_news_for_thousands() {
        let told: Vec<i64> = [-3, 0, 1, 7, 10, 11, i64::MAX].map(told_for).to_vec();
        assert_eq!(told, [0, 0, 10, 70, 100, 100, 100]);
    }
}
