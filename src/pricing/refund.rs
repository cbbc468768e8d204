//! What comes back for returned units, so that all returns add up to the line (SPEC, Refunds).

use std::ops::Range;

use super::Quantity;
use super::round::round;

/// A billed row as it was sold: a line, or delivery and fees with a quantity of 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sold {
    gross: i64,
    tax: i64,
    quantity: Quantity,
}

/// What is paid back, in minor units; `net + tax = gross`, none below 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refund {
    /// With tax.
    pub gross: i64,
    /// Without tax.
    pub net: i64,
    /// The tax.
    pub tax: i64,
}

/// Why nothing can be refunded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RefundMistake {
    /// A row must have `0 <= tax <= gross`.
    #[error("the sold row does not hold together")]
    NotARow,
    /// More units than were sold, or than are left.
    #[error("there are not so many units to refund")]
    TooMany,
}

impl Sold {
    /// A row of a bill. Refuses one without `0 <= tax <= gross`.
    pub fn new(gross: i64, tax: i64, quantity: Quantity) -> Result<Self, RefundMistake> {
        if (0..=gross).contains(&tax) {
            Ok(Self { gross, tax, quantity })
        } else {
            Err(RefundMistake::NotARow)
        }
    }

    /// The refund of the units `from .. to`, counted from 0: after three units were refunded, the
    /// next two are `3..5`. Any partition of all units sums to the row exactly.
    pub fn refund(&self, units: Range<i64>) -> Result<Refund, RefundMistake> {
        let right = 0 <= units.start && units.start <= units.end;
        if !right || units.end > self.quantity.get() {
            return Err(RefundMistake::TooMany);
        }
        let gross = self.gross_of(units.end) - self.gross_of(units.start);
        let tax = self.tax_of(units.end) - self.tax_of(units.start);
        Ok(Refund { gross, net: gross - tax, tax })
    }

    /// `R(x) = round(gross * x / quantity)`
    fn gross_of(&self, units: i64) -> i64 {
        narrow(round(i128::from(self.gross) * i128::from(units), self.quantity.wide()))
    }

    /// `T(x) = round(tax * R(x) / gross)`, 0 when gross is 0
    fn tax_of(&self, units: i64) -> i64 {
        if self.gross == 0 {
            return 0;
        }
        let gross = i128::from(self.gross_of(units));
        narrow(round(i128::from(self.tax) * gross, i128::from(self.gross)))
    }
}

/// A part of an `i64` is an `i64`.
fn narrow(part: i128) -> i64 {
    i64::try_from(part).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::pricing::samples::of;

    fn sold(gross: i64, tax: i64, quantity: i64) -> Sold {
        Sold::new(gross, tax, of(quantity)).expect("the test writes a good row")
    }

    #[test]
    fn returns_one_by_one_add_up() {
        let row = sold(100, 10, 3);
        let returned: Vec<_> = (0..3).map(|unit| row.refund(unit..unit + 1)).collect();
        let parts =
            returned.into_iter().map(|part| part.map(|part| (part.gross, part.net, part.tax)));
        assert_eq!(parts.collect::<Vec<_>>(), [Ok((33, 30, 3)), Ok((34, 30, 4)), Ok((33, 30, 3))]);
    }

    #[test]
    fn a_row_of_nothing_refunds_nothing() {
        assert_eq!(sold(0, 0, 2).refund(0..2), Ok(Refund { gross: 0, net: 0, tax: 0 }));
    }

    #[test]
    fn no_units_give_no_money_and_units_that_were_not_sold_are_refused() {
        let row = sold(100, 10, 3);
        assert_eq!(row.refund(3..3), Ok(Refund { gross: 0, net: 0, tax: 0 }));
        for units in [2..4, -1..1, 4..4, Range { start: 2, end: 1 }] {
            assert_eq!(row.refund(units), Err(RefundMistake::TooMany));
        }
    }

    #[test]
    fn a_row_has_no_more_tax_than_money_and_none_below_zero() {
        assert_eq!(Sold::new(10, 11, of(1)), Err(RefundMistake::NotARow));
        assert_eq!(Sold::new(10, -1, of(1)), Err(RefundMistake::NotARow));
        assert_eq!(Sold::new(-1, 0, of(1)), Err(RefundMistake::NotARow));
        assert!(Sold::new(10, 10, of(1)).is_ok());
    }

    #[test]
    fn the_largest_row_is_refunded_exactly() {
        let row = sold(super::super::LARGEST, super::super::LARGEST, 1_000_000);
        assert_eq!(row.refund(0..1_000_000).map(|all| all.gross), Ok(super::super::LARGEST));
    }

    proptest! {
        #[test]
        fn refunds_of_all_units_in_any_partition_sum_to_the_row(
            gross in 0..1_000_000_i64,
            part in 0..=1_000_000_i64,
            pieces in prop::collection::vec(0..20_i64, 1..12),
        ) {
            let quantity = pieces.iter().sum::<i64>().max(1);
            let tax = gross * part / 1_000_000;
            let row = sold(gross, tax, quantity);
            let (mut from, mut sums) = (0, (0, 0, 0));
            for piece in pieces.into_iter().chain([i64::MAX]) {
                let to = from + piece.min(quantity - from);
                let refund = row.refund(from..to);
                prop_assert!(refund.is_ok());
                if let Ok(Refund { gross, net, tax }) = refund {
                    prop_assert!(gross >= 0 && net >= 0 && tax >= 0 && net + tax == gross);
                    sums = (sums.0 + gross, sums.1 + net, sums.2 + tax);
                }
                from = to;
            }
            prop_assert_eq!(sums, (gross, gross - tax, tax));
        }
    }
}
