//! Days, and sums over them.

use chrono::{Days as Ahead, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone};
use chrono_tz::Tz;

/// So many days can be asked for at once: ten years.
pub const LONGEST: i64 = 3_653;
/// No clock is set by less.
const QUARTERS_OF_A_DAY: i32 = 96;

/// Days by the shop's clock, the first and the last of them included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    pub from: NaiveDate,
    pub until: NaiveDate,
}

impl Days {
    /// `None` when they end before they begin, or are more than [`LONGEST`].
    pub fn new(from: NaiveDate, until: NaiveDate) -> Option<Self> {
        let days = Self { from, until };
        (1..=LONGEST).contains(&days.count()).then_some(days)
    }

    /// So many days, the last of which is today.
    pub fn last(count: i64, today: NaiveDate) -> Self {
        Self { from: earlier(today, count - 1), until: today }
    }

    pub fn count(self) -> i64 {
        (self.until - self.from).num_days() + 1
    }

    /// As many days, which end when these begin.
    pub fn before(self) -> Self {
        Self::last(self.count(), earlier(self.from, 1))
    }

    pub fn each(self) -> impl Iterator<Item = NaiveDate> {
        self.from.iter_days().take_while(move |day| *day <= self.until)
    }

    /// Whether a day is one of them, by its name: `2026-11-23`.
    pub(super) fn holds(self, day: &str) -> bool {
        day.parse().is_ok_and(|day| (self.from..=self.until).contains(&day))
    }

    /// When they begin, and when the day after them does (UTC).
    pub fn instants(self, zone: Tz) -> (NaiveDateTime, NaiveDateTime) {
        (begins(self.from, zone), begins(later(self.until, 1), zone))
    }
}

fn earlier(day: NaiveDate, days: i64) -> NaiveDate {
    day.checked_sub_days(Ahead::new(days.unsigned_abs())).unwrap_or(day)
}

fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Ahead::new(days)).unwrap_or(day)
}

/// When a day begins (UTC) by a clock: at its first moment where midnight is skipped, as on the day
/// on which clocks go forward in some countries.
pub fn begins(day: NaiveDate, zone: Tz) -> NaiveDateTime {
    let midnight = day.and_time(NaiveTime::MIN);
    let moments =
        (0..=QUARTERS_OF_A_DAY).map(|quarter| midnight + TimeDelta::minutes(15) * quarter);
    let shown = moments.filter_map(|moment| zone.from_local_datetime(&moment).earliest()).next();
    shown.map_or(midnight, |shown| shown.naive_utc())
}

/// Orders, and what they come to in minor units of the shop's currency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    pub orders: i64,
    pub amount: i64,
}

impl Sum {
    /// What one comes to, rounded half up; 0 for none.
    pub fn average(self) -> i64 {
        match self.orders {
            0 => 0,
            orders => (self.amount + orders / 2).div_euclid(orders),
        }
    }

    fn plus(self, other: Self) -> Self {
        Self { orders: self.orders + other.orders, amount: self.amount + other.amount }
    }
}

/// What was sold on a day, or from it on for as many as make a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DaySold {
    pub day: NaiveDate,
    pub sum: Sum,
}

/// More than so many points are no line that one can read.
const MOST_POINTS: usize = 366;
/// Then each stands for four weeks, which have as many Sundays as the next ones.
const FOUR_WEEKS: usize = 28;

/// What was sold on some days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sales {
    /// Every day, the first one first, also those on which nothing was sold.
    pub days: Vec<DaySold>,
    /// Money that went back, in minor units.
    pub given_back: i64,
}

impl Sales {
    pub fn total(&self) -> Sum {
        self.days.iter().map(|day| day.sum).fold(Sum::default(), Sum::plus)
    }

    /// How many days each point of a chart stands for.
    pub fn step(&self) -> usize {
        if self.days.len() > MOST_POINTS { FOUR_WEEKS } else { 1 }
    }

    /// The same, with a sum for each step instead of each day.
    #[must_use]
    pub fn in_steps(&self) -> Self {
        let sum = |days: &[DaySold]| days.iter().map(|day| day.sum).fold(Sum::default(), Sum::plus);
        let steps = self.days.chunks(self.step());
        let days =
            steps.filter_map(|days| Some(DaySold { day: days.first()?.day, sum: sum(days) }));
        Self { days: days.collect(), given_back: self.given_back }
    }
}

/// A product that sells well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BestSeller {
    /// Its address and name when it was ordered.
    pub slug: String,
    pub name: String,
    pub units: i64,
    /// Minor units, with tax, less discounts.
    pub amount: i64,
}

/// By how many per cent a number has grown, rounded; `None` where there was nothing before.
pub fn change(now: i64, before: i64) -> Option<i64> {
    (before > 0).then(|| ((now - before) * 200 + before).div_euclid(2 * before))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("the test writes a day")
    }

    #[test]
    fn days_are_counted_with_both_ends() {
        let days = Days::last(7, day("2026-11-23"));
        assert_eq!(
            (days.from, days.until, days.count()),
            (day("2026-11-17"), day("2026-11-23"), 7)
        );
        assert_eq!(days.before(), Days { from: day("2026-11-10"), until: day("2026-11-16") });
        assert_eq!(days.each().count(), 7);
        assert_eq!(Days::new(day("2026-11-23"), day("2026-11-22")), None);
        assert!(Days::new(day("2024-01-01"), day("2033-12-31")).is_some(), "ten years");
        assert_eq!(Days::new(day("2024-01-01"), day("2034-01-01")), None);
        assert!(days.holds("2026-11-17") && days.holds("2026-11-23"));
        assert!(!days.holds("2026-11-16") && !days.holds("2026-11-24"));
    }

    #[test]
    fn a_day_begins_by_the_shops_clock() {
        let begin = |text: &str, zone| begins(day(text), zone).to_string();
        assert_eq!(begin("2026-11-23", Tz::Asia__Jakarta), "2026-11-22 17:00:00");
        assert_eq!(begin("2026-11-23", Tz::Asia__Kathmandu), "2026-11-22 18:15:00");
        // In summer, and on the day whose midnight is skipped.
        assert_eq!(begin("2026-07-01", Tz::Europe__Berlin), "2026-06-30 22:00:00");
        assert_eq!(begin("2026-09-06", Tz::America__Santiago), "2026-09-06 04:00:00");
    }

    #[test]
    fn an_average_is_rounded_half_up() {
        assert_eq!(Sum { orders: 2, amount: 5 }.average(), 3);
        assert_eq!(Sum { orders: 3, amount: 10 }.average(), 3);
        assert_eq!(Sum::default().average(), 0);
    }

    #[test]
    fn years_are_drawn_in_steps_of_four_weeks() {
        let sold = |count| {
            let days = Days::last(count, day("2026-11-23")).each();
            let sum = Sum { orders: 1, amount: 10 };
            Sales { days: days.map(|day| DaySold { day, sum }).collect(), given_back: 0 }
        };
        assert_eq!(sold(366).in_steps(), sold(366));
        let (years, steps) = (sold(730), sold(730).in_steps());
        assert_eq!((steps.days.len(), steps.total()), (27, years.total()));
        assert_eq!((steps.days[0].sum.orders, steps.days[26].sum.orders), (28, 2));
        assert_eq!(steps.days[1].day, day("2026-11-23") - TimeDelta::days(729 - 28));
    }

    #[test]
    fn growth_is_told_in_per_cent() {
        assert_eq!(change(121, 100), Some(21));
        assert_eq!(change(0, 100), Some(-100));
        assert_eq!(change(1, 3), Some(-67));
        assert_eq!(change(5, 0), None);
    }
}
