//! A price before it has a row.

use chrono::{DateTime, NaiveDate, NaiveDateTime};

use crate::money::Money;
use crate::values::{Quantity, Slug};

/// The highest price there is, in minor units.
const HIGHEST: i64 = 1_000_000_000_000;

/// What one costs, from so many on, for whom, and when.
///
/// Of all the rules that apply to a shopper, a quantity and an instant the most specific counts:
/// one for her group before one for everybody, then one with a window before one without. Of
/// equally specific rules the lowest amount counts. A quantity is no matter of specificity: a rule
/// from 10 on stands beside the one from 1 on, so whoever buys more never pays more for each,
/// unless a more specific rule says so. A variant without a price for one is not for sale in
/// lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPrice {
    pub amount: Money,
    /// The price before, shown struck through; always higher.
    pub compare_at: Option<Money>,
    pub min_quantity: Quantity,
    /// The code of a customer group; `None` for everybody.
    pub group: Option<Slug>,
    /// From this instant (UTC) on; `None`: since ever.
    pub from: Option<NaiveDateTime>,
    /// Until just before this instant (UTC); `None`: for ever.
    pub until: Option<NaiveDateTime>,
}

/// A variant's prices, all currencies together, by the code that people know it by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkuPrices {
    pub sku: String,
    pub prices: Vec<NewPrice>,
}

/// What is wrong with a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PriceMistake {
    #[error("a price is not below 0 and not above {HIGHEST} minor units")]
    OutOfRange,
    #[error("the price before must be higher, and in the same currency")]
    CompareAtNotHigher,
    #[error("the price must end after it begins")]
    EndsBeforeItBegins,
}

impl NewPrice {
    /// The price of one or more for everybody, at all times.
    pub fn plain(amount: Money) -> Self {
        Self {
            amount,
            compare_at: None,
            min_quantity: Quantity::ONE,
            group: None,
            from: None,
            until: None,
        }
    }

    /// # Errors
    /// What the database would refuse, in words.
    pub fn check(&self) -> Result<(), PriceMistake> {
        let possible = 0..=HIGHEST;
        let is_higher = |was: &Money| {
            was.currency() == self.amount.currency()
                && was.minor() > self.amount.minor()
                && possible.contains(&was.minor())
        };
        let (starts_at, ends_at) = self.window();
        match self {
            _ if !possible.contains(&self.amount.minor()) => Err(PriceMistake::OutOfRange),
            _ if !self.compare_at.as_ref().is_none_or(is_higher) => {
                Err(PriceMistake::CompareAtNotHigher)
            }
            _ if starts_at >= ends_at => Err(PriceMistake::EndsBeforeItBegins),
            _ => Ok(()),
        }
    }

    /// Its first instant and the first behind it.
    pub(super) fn window(&self) -> (NaiveDateTime, NaiveDateTime) {
        (self.from.unwrap_or(since_ever()), self.until.unwrap_or(for_ever()))
    }

    /// 2 for a group, and 1 for a window.
    pub(super) fn specificity(&self) -> i64 {
        let has_window = self.from.is_some() || self.until.is_some();
        i64::from(self.group.is_some()) * 2 + i64::from(has_window)
    }
}

/// How a window without a beginning begins.
pub(super) fn since_ever() -> NaiveDateTime {
    DateTime::UNIX_EPOCH.naive_utc()
}

/// How a window without an end ends.
pub(super) fn for_ever() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(NaiveDate::MAX).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;
    use chrono::TimeDelta;

    fn rupiah(amount: i64) -> NewPrice {
        NewPrice::plain(Money::new(amount, Currency::IDR))
    }

    #[test]
    fn a_price_that_makes_no_sense_says_why() {
        let before = |was| NewPrice { compare_at: Some(was), ..rupiah(100) };
        assert_eq!(rupiah(0).check(), Ok(()));
        assert_eq!(rupiah(-1).check(), Err(PriceMistake::OutOfRange));
        assert_eq!(rupiah(HIGHEST + 1).check(), Err(PriceMistake::OutOfRange));
        assert_eq!(before(Money::new(101, Currency::IDR)).check(), Ok(()));
        let not_higher = Err(PriceMistake::CompareAtNotHigher);
        assert_eq!(before(Money::new(100, Currency::IDR)).check(), not_higher);
        assert_eq!(before(Money::new(101, Currency::USD)).check(), not_higher);
    }

    #[test]
    fn a_window_that_never_opens_is_refused() {
        let noon = since_ever() + TimeDelta::days(20_000);
        let between = |from, until| NewPrice { from, until, ..rupiah(100) }.check();
        assert_eq!(between(Some(noon), Some(noon + TimeDelta::microseconds(1))), Ok(()));
        assert_eq!(between(Some(noon), None), Ok(()));
        let never = Err(PriceMistake::EndsBeforeItBegins);
        assert_eq!(between(Some(noon), Some(noon)), never);
        assert_eq!(between(None, Some(since_ever())), never);
    }

    #[test]
    fn a_group_is_more_specific_than_a_window() {
        let (group, from) = (Slug::parse("resellers"), Some(since_ever() + TimeDelta::days(1)));
        let grouped = NewPrice { group, ..rupiah(100) };
        let order = [
            rupiah(100).specificity(),
            NewPrice { from, ..rupiah(100) }.specificity(),
            grouped.specificity(),
            NewPrice { from, ..grouped }.specificity(),
        ];
        assert_eq!(order, [0, 1, 2, 3]);
    }
}
