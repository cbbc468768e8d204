//! Days in blocks: what is kept of many days is added up once more, so that years are read as fast as weeks.

use chrono::{Datelike, Days as Ahead, NaiveDate};
use std::collections::BTreeSet;

use super::model::Days;

/// How many days a block has. Each size is made of those of the one before it, the first of single days.
pub(super) const BLOCKS: [i64; 2] = [8, 64];
/// The largest.
pub(super) const LARGEST: i64 = 64;

/// The block of a size in which a day is.
pub(super) fn block_of(day: NaiveDate, size: i64) -> Days {
    let ahead = i64::from(day.num_days_from_ce()).rem_euclid(size).unsigned_abs();
    let from = day.checked_sub_days(Ahead::new(ahead)).unwrap_or(day);
    let last = from.checked_add_days(Ahead::new(size.unsigned_abs() - 1));
    Days { from, until: last.unwrap_or(from) }
}

/// A run of days whose sums are read as blocks of one size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub size: i64,
    pub days: Days,
}

/// The kept ones of the days, in as few blocks of these sizes as there are.
pub(super) fn runs(kept: &BTreeSet<NaiveDate>, days: Days, sizes: &[i64]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut next = Some(days.from);
    while let Some(day) = next.filter(|day| *day <= days.until) {
        let run = largest(kept, (day, days.until), sizes);
        next = run.map_or(day, |run| run.days.until).succ_opt();
        match (runs.last_mut(), run) {
            (Some(last), Some(run)) if last.goes_on_with(run) => last.days.until = run.days.until,
            (_, run) => runs.extend(run),
        }
    }
    runs
}

/// The largest block that begins on a day, if that is kept.
fn largest(
    kept: &BTreeSet<NaiveDate>,
    (day, until): (NaiveDate, NaiveDate),
    sizes: &[i64],
) -> Option<Run> {
    let blocks = sizes.iter().rev().map(|size| Run { size: *size, days: block_of(day, *size) });
    let single = Run { size: 1, days: Days { from: day, until: day } };
    let fits = |run: &Run| {
        let is_here = run.days.from == day && run.days.until <= until;
        is_here && run.days.each().all(|day| kept.contains(&day))
    };
    blocks.chain([single]).find(fits)
}

impl Run {
    fn goes_on_with(self, next: Self) -> bool {
        self.size == next.size && self.days.until.succ_opt() == Some(next.days.from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(number: i32) -> NaiveDate {
        NaiveDate::from_num_days_from_ce_opt(739_000 + number).expect("it is a day")
    }

    #[test]
    fn a_block_is_the_same_for_all_of_its_days() {
        let block = block_of(day(0), 64);
        assert_eq!(block.count(), 64);
        assert!(block.each().all(|day| block_of(day, 64) == block));
        assert_eq!(block_of(block.from, 8).from, block.from);
        assert_eq!(block_of(block.until, 8).until, block.until);
    }

    #[test]
    fn a_year_is_read_in_few_blocks() {
        let days = Days { from: day(0), until: day(365) };
        let kept = days.each().collect();
        let rows: i64 =
            runs(&kept, days, &BLOCKS).iter().map(|run| run.days.count() / run.size).sum();
        assert!(rows <= 7 + 7 + 5 + 7 + 7, "{rows}");
        assert_eq!(runs(&kept, days, &[]), [Run { size: 1, days }]);
    }

    proptest! {
        #[test]
        fn each_kept_day_is_read_once(gone in proptest::collection::btree_set(0..300, 0..6), from in 0..100, count in 0..200) {
            let days = Days { from: day(from), until: day(from + count) };
            let kept: BTreeSet<NaiveDate> = (0..300).filter(|n| !gone.contains(n)).map(day).collect();
            let read: Vec<NaiveDate> =
                runs(&kept, days, &BLOCKS).iter().flat_map(|run| run.days.each()).collect();
            let wanted: Vec<NaiveDate> = days.each().filter(|day| kept.contains(day)).collect();
            prop_assert_eq!(read, wanted);
        }
    }
}
