//! What comes back for returned units, so that all returns add up to the line (SPEC, Refunds).

use std::ops::Range;

use super::Quantity;
use super::round::round;

/// A billed row as it was sold: a line, or delivery and fees with a quantity of 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sold {
    gross: i64,
    tax: i64,
    /// Units, or the gross itself where any part of it may come back.
    quantity: i64,
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
        Self::counted(gross, tax, quantity.get())
    }

    /// A delivery or a fee, of which any part may come back: its units are the minor units of its
    /// gross. Refuses one without `0 <= tax <= gross`.
    pub fn divisible(gross: i64, tax: i64) -> Result<Self, RefundMistake> {
        Self::counted(gross, tax, gross)
    }

    fn counted(gross: i64, tax: i64, quantity: i64) -> Result<Self, RefundMistake> {
        match (0..=gross).contains(&tax) {
            true => Ok(Self { gross, tax, quantity }),
            false => Err(RefundMistake::NotARow),
        }
    }

    /// How many units there are.
    pub fn units(&self) -> i64 {
        self.quantity
    }

    /// The refund of the units `from .. to`, counted from 0: after three units were refunded, the
    /// next two are `3..5`. Any partition of all units sums to the row exactly.
    pub fn refund(&self, units: Range<i64>) -> Result<Refund, RefundMistake> {
        self.check(&units)?;
        let gross = self.gross_of(units.end) - self.gross_of(units.start);
        let tax = self.tax_of(units.end) - self.tax_of(units.start);
        Ok(Refund { gross, net: gross - tax, tax })
    }

    /// The tax of `refund(units)` by rate. `shares` is the row's own tax by rate and sums to it;
    /// any partition of all units gives every rate exactly its share, and no part is below 0.
    pub fn refund_taxes(
        &self,
        units: Range<i64>,
        shares: &[i64],
    ) -> Result<Vec<i64>, RefundMistake> {
        self.check(&units)?;
        if shares.iter().any(|share| *share < 0) || shares.iter().sum::<i64>() != self.tax {
            return Err(RefundMistake::NotARow);
        }
        let before = rates_of(self.tax_of(units.start), shares);
        let after = rates_of(self.tax_of(units.end), shares);
        Ok(after.into_iter().zip(before).map(|(after, before)| after - before).collect())
    }

    fn check(&self, units: &Range<i64>) -> Result<(), RefundMistake> {
        let right = 0 <= units.start && units.start <= units.end;
        if right && units.end <= self.quantity { Ok(()) } else { Err(RefundMistake::TooMany) }
    }

    /// `R(x) = round(gross * x / quantity)`, 0 when there are no units
    fn gross_of(&self, units: i64) -> i64 {
        if self.quantity == 0 {
            return 0;
        }
        narrow(round(i128::from(self.gross) * i128::from(units), i128::from(self.quantity)))
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

/// The first `tax` units of all tax, by rate: each unit in turn goes to the rate with the largest
/// `share / (has + 1)`, ties to the earlier (highest averages). So a rate never gives back what it
/// has, which the largest remainder would now and then ask for, and all units make the shares.
///
/// Nobody has less than the share rounded down, so only the units beyond that are dealt in turn.
fn rates_of(tax: i64, shares: &[i64]) -> Vec<i64> {
    let whole: i128 = shares.iter().map(|share| i128::from(*share)).sum();
    if whole == 0 {
        return vec![0; shares.len()];
    }
    let floor = |share: &i64| narrow(i128::from(tax) * i128::from(*share) / whole);
    let mut has: Vec<i64> = shares.iter().map(floor).collect();
    for _ in has.iter().sum::<i64>()..tax {
        let next = (0..shares.len()).reduce(|best, other| {
            let average =
                |at: usize, with: usize| i128::from(shares[at]) * (i128::from(has[with]) + 1);
            if average(other, best) > average(best, other) { other } else { best }
        });
        next.into_iter().for_each(|at| has[at] += 1);
    }
    has
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

    #[test]
    fn a_rate_never_takes_back_what_it_gave() {
        let row = sold(21, 11, 11);
        let shares = [5, 1, 5];
        let parts: Vec<Vec<i64>> =
            (0..11).filter_map(|unit| row.refund_taxes(unit..unit + 1, &shares).ok()).collect();
        assert_eq!(parts.len(), 11);
        let sums = (0..3).map(|rate| parts.iter().map(|part| part[rate]).sum::<i64>());
        assert_eq!(sums.collect::<Vec<_>>(), shares);
        assert_eq!(row.refund_taxes(0..1, &[5, 5]), Err(RefundMistake::NotARow));
        assert_eq!(row.refund_taxes(0..1, &[12, -1]), Err(RefundMistake::NotARow));
        assert_eq!(row.refund_taxes(11..12, &shares), Err(RefundMistake::TooMany));
    }

    #[test]
    fn a_delivery_comes_back_in_any_parts() {
        let delivery = Sold::divisible(18_001, 1_784).expect("a good row");
        let parts = [0..1, 1..9_000, 9_000..18_001].map(|part| delivery.refund(part));
        let [Ok(one), Ok(more), Ok(rest)] = parts else { panic!("{parts:?}") };
        assert_eq!((one.gross, more.gross, rest.gross), (1, 8_999, 9_001));
        assert_eq!(one.tax + more.tax + rest.tax, 1_784);
        assert_eq!(Sold::divisible(0, 0).map(|free| free.units()), Ok(0));
    }

    proptest! {
        #[test]
        fn rates_of_all_units_in_any_partition_sum_to_their_shares(
            shares in prop::collection::vec(0..100_000_i64, 1..6),
            net in 0..1_000_000_i64,
            pieces in prop::collection::vec(0..20_i64, 1..12),
        ) {
            let tax: i64 = shares.iter().sum();
            let quantity = pieces.iter().sum::<i64>().max(1);
            let row = sold(net + tax, tax, quantity);
            let (mut from, mut sums) = (0, vec![0; shares.len()]);
            for piece in pieces.into_iter().chain([i64::MAX]) {
                let to = from + piece.min(quantity - from);
                let parts = row.refund_taxes(from..to, &shares).expect("units that were sold");
                prop_assert!(parts.iter().all(|part| *part >= 0));
                let whole = row.refund(from..to).map(|refund| refund.tax);
                prop_assert_eq!(Ok(parts.iter().sum::<i64>()), whole);
                sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
                from = to;
            }
            prop_assert_eq!(sums, shares);
        }

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
