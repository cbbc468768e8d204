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
