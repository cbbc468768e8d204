//! Instants as RFC 3339 writes them, compared exactly.

use std::cmp::Ordering;

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use serde::{Serialize, Serializer};

/// A point in time. Equal when it is the same instant, however it is written.
///
/// Offsets are taken off, fractions of a second count to their last digit, and a leap second lies
/// between 23:59:59 and the next midnight. Written out as it was read in.
#[derive(Clone, Debug)]
pub struct Instant {
    written: String,
    minute: i64,
    second: u8,
    /// Digits after the point, without trailing zeros: in this form text order is number order.
    fraction: String,
}

/// A text that is not an RFC 3339 instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be an RFC 3339 instant, such as 2026-11-23T03:00:00Z")]
pub struct NotAnInstant;

impl Instant {
    /// Reads `2026-11-23T03:00:00Z`, with any fraction and any offset.
    ///
    /// Source: RFC 3339, sections 5.6 and 5.7 (`t` and `z` may be small; a 60th second only where
    /// a month ends in UTC).
    pub fn parse(text: &str) -> Result<Self, NotAnInstant> {
        read(text).ok_or(NotAnInstant)
    }

    fn key(&self) -> (i64, u8, &str) {
        (self.minute, self.second, &self.fraction)
    }
}

/// From the shop's clock, which is in UTC. Refuses a year beyond 9999, which RFC 3339 cannot write.
impl TryFrom<NaiveDateTime> for Instant {
    type Error = NotAnInstant;

    fn try_from(utc: NaiveDateTime) -> Result<Self, NotAnInstant> {
        Self::parse(&utc.format("%Y-%m-%dT%H:%M:%S%.fZ").to_string())
    }
}

impl PartialEq for Instant {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Instant {}

impl PartialOrd for Instant {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Instant {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.written)
    }
}

fn read(text: &str) -> Option<Instant> {
    let (date, rest) = text.split_at_checked(10)?;
    let (time, rest) = rest.split_at_checked(9)?;
    let (fraction, zone) = split_fraction(rest)?;
    let second = u8::try_from(number(time, 7, 2)?).ok()?;
    let minute = day(date)? * 1_440 + minute_of_day(time)? - offset(zone)?;
    let real = second < 60 || (second == 60 && ends_a_month(minute));
    let fraction = fraction.trim_end_matches('0').to_owned();
    real.then(|| Instant { written: text.to_owned(), minute, second, fraction })
}

/// `2026-11-23` as a count of days.
fn day(date: &str) -> Option<i64> {
    let [year, month, day] = [number(date, 0, 4)?, number(date, 5, 2)?, number(date, 8, 2)?];
    let dashed = is(date, 4, "-") && is(date, 7, "-");
    let date = NaiveDate::from_ymd_opt(
        i32::try_from(year).ok()?,
        u32::try_from(month).ok()?,
        u32::try_from(day).ok()?,
    );
    date.filter(|_| dashed).map(|date| i64::from(date.num_days_from_ce()))
}

/// `T03:00:00` as minutes since midnight.
fn minute_of_day(time: &str) -> Option<i64> {
    let marked = (is(time, 0, "T") || is(time, 0, "t")) && is(time, 3, ":") && is(time, 6, ":");
    hours_and_minutes(time, 1, 4).filter(|_| marked)
}

/// `.250Z` as its digits and its zone. No point, no digits.
fn split_fraction(rest: &str) -> Option<(&str, &str)> {
    let Some(rest) = rest.strip_prefix('.') else {
        return Some(("", rest));
    };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 { None } else { rest.split_at_checked(digits) }
}

/// `Z` or `+07:00` as minutes east of UTC.
fn offset(zone: &str) -> Option<i64> {
    if zone == "Z" || zone == "z" {
        return Some(0);
    }
    let minutes = hours_and_minutes(zone, 1, 4).filter(|_| zone.len() == 6 && is(zone, 3, ":"))?;
    match zone.get(..1)? {
        "+" => Some(minutes),
        "-" => Some(-minutes),
        _ => None,
    }
}

fn hours_and_minutes(text: &str, hours: usize, minutes: usize) -> Option<i64> {
    let (hours, minutes) = (number(text, hours, 2)?, number(text, minutes, 2)?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

fn number(text: &str, from: usize, count: usize) -> Option<i64> {
    let digits = text.get(from..from + count)?;
    // `parse` alone would also take a sign.
    if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok() } else { None }
}

fn is(text: &str, at: usize, mark: &str) -> bool {
    text.get(at..at + 1) == Some(mark)
}

/// Is this the last minute of a month in UTC? Only there may a leap second be.
fn ends_a_month(minute: i64) -> bool {
    let next = i32::try_from((minute + 1) / 1_440).ok();
    let next = next.and_then(NaiveDate::from_num_days_from_ce_opt);
    (minute + 1) % 1_440 == 0 && next.is_some_and(|day| day.day() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::parse(text).expect("the test writes an instant")
    }

    #[test]
    fn the_same_instant_is_equal_however_it_is_written() {
        let noon = at("2026-11-23T12:00:00Z");
        for same in [
            "2026-11-23T19:00:00+07:00",
            "2026-11-23t12:00:00.000z",
            "2026-11-22T23:30:00-12:30",
            "2026-11-24T11:59:00+23:59",
            "2026-11-23T12:00:00-00:00",
        ] {
            assert_eq!(at(same), noon, "{same}");
        }
    }

    #[test]
    fn fractions_count_to_their_last_digit() {
        assert!(at("2026-11-23T12:00:00.00000000000000000001Z") > at("2026-11-23T12:00:00Z"));
        assert!(at("2026-11-23T12:00:00.9Z") > at("2026-11-23T12:00:00.1234567890123Z"));
        assert_eq!(at("2026-11-23T12:00:00.50Z"), at("2026-11-23T12:00:00.5Z"));
        assert_ne!(at("2026-11-23T12:00:00.51Z"), at("2026-11-23T12:00:00.5Z"));
        assert!(at("2026-11-23T12:00:00.999Z") < at("2026-11-23T12:00:01Z"));
    }

    #[test]
    fn a_leap_second_lies_before_midnight() {
        let leap = at("2016-12-31T23:59:60.5Z");
        assert!(leap > at("2016-12-31T23:59:59.999Z"));
        assert!(leap < at("2017-01-01T00:00:00Z"));
        assert_eq!(at("1990-12-31T15:59:60-08:00"), at("1990-12-31T23:59:60Z"));
    }

    #[test]
    fn what_rfc_3339_does_not_write_is_refused() {
        for text in [
            "",
            "2026-11-23",
            "2026-11-23T03:00Z",
            "2026-11-23 03:00:00Z",
            "2026-11-23T03:00:00",
            "2026-11-23T03:00:00+0700",
            "2026-11-23T03:00:00+07",
            "2026-11-23T03:00:00.Z",
            "2026-11-23T03:00:00,5Z",
            "2026-11-23T24:00:00Z",
            "2026-11-23T03:60:00Z",
            "2026-11-23T03:00:61Z",
            "2026-11-23T03:00:60Z",
            "2026-11-23T23:59:60Z",
            "2026-02-29T03:00:00Z",
            "2026-13-01T03:00:00Z",
            "2026-00-01T03:00:00Z",
            "2026-11-23T03:00:00+24:00",
            "2026-11-23T03:00:00+07:60",
            "2026-11-23T03:00:00Z ",
            " 2026-11-23T03:00:00Z",
            "+026-11-23T03:00:00Z",
            "2026-11-23T03:00:00+07-00",
            "2026/11-23T03:00:00Z",
            "2026-11/23T03:00:00Z",
            "2026-11-23T03-00:00Z",
            "2026-11-23T03:00-00Z",
            "2026-11-23T0é:00:00Z",
            "2026-11-23T03:00:00*07:00",
            "12026-11-23T03:00:00Z",
            "2026-11-23T03:00:00ZZ",
            "2026-11-23T03:00:00+07:00:00",
        ] {
            assert_eq!(Instant::parse(text), Err(NotAnInstant), "{text}");
        }
    }

    #[test]
    fn the_edges_of_the_calendar_are_read() {
        assert!(at("0000-01-01T00:00:00+23:59") < at("0000-01-01T00:00:00Z"));
        assert!(at("9999-12-31T23:59:59-23:59") > at("9999-12-31T23:59:59Z"));
        assert!(at("2024-02-29T00:00:00Z") < at("2024-03-01T00:00:00Z"));
    }

    #[test]
    fn the_shops_clock_becomes_an_instant() {
        let clock = NaiveDate::from_ymd_opt(2026, 11, 23)
            .and_then(|day| day.and_hms_micro_opt(3, 0, 0, 250_000));
        let instant = clock.map(Instant::try_from);
        assert_eq!(instant, Some(Ok(at("2026-11-23T03:00:00.25Z"))));
        assert_eq!(
            serde_json::to_string(&instant.and_then(Result::ok)).ok().as_deref(),
            Some("\"2026-11-23T03:00:00.250Z\"")
        );
    }
}
