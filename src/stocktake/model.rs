//! A sheet, its lines, and what differs.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::schema::{stocktake, stocktake_line};
use crate::ids::{StocktakeId, VariantId};

/// How far a sheet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Its lines are being written.
    Making,
    /// Counts can be typed in.
    Open,
    /// What differs is being booked.
    Booking,
    Booked,
}

impl Status {
    pub const ALL: [Self; 4] = [Self::Making, Self::Open, Self::Booking, Self::Booked];

    /// Its name in the database. Its words are `count-status-` and this.
    pub fn code(self) -> &'static str {
        match self {
            Self::Making => "making",
            Self::Open => "open",
            Self::Booking => "booking",
            Self::Booked => "booked",
        }
    }

    pub(super) fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }
}

/// A count sheet.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = stocktake)]
pub struct Sheet {
    pub id: StocktakeId,
    pub name: String,
    status: String,
    /// Moves on with everything that is typed in.
    pub version: i64,
    pub lines: i64,
    /// How many of the lines are counted.
    pub counted: i64,
    pub currency: String,
    /// The end of the ledger when it was made.
    pub since_move: i64,
    pub made_at: NaiveDateTime,
    pub made_by: String,
    pub booked_at: Option<NaiveDateTime>,
    pub booked_by: String,
}

impl Sheet {
    pub fn status(&self) -> Status {
        Status::parse(&self.status).unwrap_or(Status::Booked)
    }

    pub fn is_open(&self) -> bool {
        self.status() == Status::Open
    }
}

/// A line of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = stocktake_line)]
pub struct Line {
    /// From 1.
    #[diesel(column_name = number)]
    pub position: i64,
    #[diesel(column_name = variant_id)]
    pub variant: VariantId,
    pub counted: Option<i64>,
    pub counted_by: String,
}

/// A line that was counted otherwise than the ledger has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub position: i64,
    pub variant: VariantId,
    pub counted: i64,
    /// What lay there by the ledger when it was counted.
    pub expected: i64,
    /// What one cost everybody then, in minor units of the sheet's currency; `None` without a price.
    pub unit_amount: Option<i64>,
    pub counted_by: String,
    /// It was to be booked, but fewer lay there than are missing.
    pub is_left: bool,
}

impl Difference {
    /// So many more lie there, or fewer.
    pub fn units(&self) -> i64 {
        self.counted - self.expected
    }

    /// In minor units of the sheet's currency.
    pub fn value(&self) -> i64 {
        self.units().saturating_mul(self.unit_amount.unwrap_or_default())
    }
}

/// What the differences of a sheet come to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    pub lines: i64,
    /// Units that were found, and their value in minor units.
    pub more: (i64, i64),
    /// Units that are missing, and their value; neither is below zero.
    pub less: (i64, i64),
    /// Lines that could not be booked.
    pub left: i64,
}

impl Sums {
    pub(super) fn add(&mut self, units: i64, unit_amount: Option<i64>) {
        let value = units.saturating_mul(unit_amount.unwrap_or_default());
        self.lines += 1;
        let side = if units > 0 { &mut self.more } else { &mut self.less };
        side.0 += units.abs();
        side.1 = side.1.saturating_add(value.abs());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_and_what_is_missing_are_summed_apart() {
        let mut sums = Sums::default();
        sums.add(3, Some(1_000));
        sums.add(-2, Some(500));
        sums.add(-1, None);
        assert_eq!((sums.lines, sums.more, sums.less), (3, (3, 3_000), (3, 1_000)));
    }

    #[test]
    fn a_status_is_read_as_it_is_written() {
        for status in Status::ALL {
            assert_eq!(Status::parse(status.code()), Some(status));
        }
    }
}
