//! Days in words: "Wed 25 Nov", "23 November 2026".

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeZone};
use chrono_tz::Tz;

use super::shell::Shell;
use super::texts::Texts;

/// A day soon: "Wed 25 Nov".
pub fn day(texts: &Texts, date: NaiveDate) -> String {
    let weekday =
        texts.get(&format!("weekday-short-{}", date.weekday().number_from_monday())).to_owned();
    let month = texts.get(&format!("month-short-{}", date.month())).to_owned();
    texts.with(
        "date-day",
        &[
            ("weekday", weekday.into()),
            ("day", date.day().to_string().into()),
            ("month", month.into()),
        ],
    )
}

/// A day in little space: "25 Nov".
pub fn short(texts: &Texts, date: NaiveDate) -> String {
    format!("{} {}", date.day(), texts.get(&format!("month-short-{}", date.month())))
}

/// From one day to another, or the one day: "Wed 25 Nov – Thu 26 Nov".
pub fn days(texts: &Texts, from: NaiveDate, to: NaiveDate) -> String {
    match from == to {
        true => day(texts, from),
        false => texts.with(
            "date-range",
            &[("from", day(texts, from).into()), ("to", day(texts, to).into())],
        ),
    }
}

/// A day to keep: "23 November 2026".
pub fn date(texts: &Texts, date: NaiveDate) -> String {
    let month = texts.get(&format!("month-long-{}", date.month())).to_owned();
    texts.with(
        "date-full",
        &[
            ("day", date.day().to_string().into()),
            ("month", month.into()),
            ("year", date.year().to_string().into()),
        ],
    )
}

/// A moment soon, with the name of the clock that shows it: "Mon 23 Nov, 14:35 WIB".
pub fn moment(texts: &Texts, at: NaiveDateTime, clock: &str) -> String {
    texts.with(
        "date-moment",
        &[
            ("day", day(texts, at.date()).into()),
            ("hour", at.format("%H").to_string().into()),
            ("minute", at.format("%M").to_string().into()),
            ("clock", clock.into()),
        ],
    )
}

/// The day of an instant (UTC) by a shop's clock: "23 November 2026".
pub fn local_date(texts: &Texts, at: NaiveDateTime, zone: Tz) -> String {
    date(texts, zone.from_utc_datetime(&at).date_naive())
}

/// An instant (UTC) by the shop's clock: "23 November 2026, 14:05".
pub fn instant(shell: &Shell, at: NaiveDateTime) -> String {
    let local = shell.settings().time_zone.from_utc_datetime(&at);
    format!("{}, {}", date(shell.texts(), local.date_naive()), local.format("%H:%M"))
}

/// The same in little space: "23 Nov, 14:05", and of another year "23 Nov 2025".
pub fn brief(shell: &Shell, at: NaiveDateTime) -> String {
    let zone = shell.settings().time_zone;
    let (local, now) = (zone.from_utc_datetime(&at), zone.from_utc_datetime(&shell.now()));
    let day = short(shell.texts(), local.date_naive());
    match local.year() == now.year() {
        true => format!("{day}, {}", local.format("%H:%M")),
        false => format!("{day} {}", local.year()),
    }
}

/// An instant (UTC) as a `datetime-local` field has it, by a shop's clock: `2026-11-23T14:05`.
pub fn typed(at: NaiveDateTime, zone: Tz) -> String {
    zone.from_utc_datetime(&at).format("%Y-%m-%dT%H:%M").to_string()
}

/// What such a field says, as an instant (UTC): of an hour that comes twice the first one. `None`
/// for what is no time, and for an hour that the clock leaves out.
pub fn parse_typed(text: &str, zone: Tz) -> Option<NaiveDateTime> {
    let with_seconds = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S");
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").or(with_seconds).ok()?;
    Some(zone.from_local_datetime(&local).earliest()?.naive_utc())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::web::texts;

    #[test]
    fn days_are_said_in_the_visitors_language() {
        let from = NaiveDate::from_ymd_opt(2026, 11, 25).expect("it exists");
        let to = NaiveDate::from_ymd_opt(2026, 12, 1).expect("it exists");
        let english = texts::of(Language::En);
        assert_eq!(day(english, from), "Wed 25 Nov");
        assert_eq!(days(english, from, to), "Wed 25 Nov – Tue 1 Dec");
        assert_eq!(days(english, from, from), "Wed 25 Nov");
        let indonesian = texts::of(Language::Id);
        assert_eq!(day(indonesian, from), "Rab 25 Nov");
        assert_eq!(date(indonesian, to), "1 Desember 2026");
        let at = from.and_hms_opt(14, 5, 59).expect("it exists");
        assert_eq!(moment(english, at, "WIB"), "Wed 25 Nov, 14:05 WIB");
        assert_eq!(moment(indonesian, at, "WIB"), "Rab 25 Nov pukul 14.05 WIB");
    }

    #[test]
    fn a_time_is_typed_by_the_shops_clock() {
        let at = parse_typed("2026-11-23T14:05", Tz::Asia__Jakarta).expect("it exists");
        assert_eq!(at.to_string(), "2026-11-23 07:05:00");
        assert_eq!(typed(at, Tz::Asia__Jakarta), "2026-11-23T14:05");
        // The clock goes from 2 to 3 that night.
        assert_eq!(parse_typed("2026-03-29T02:30", Tz::Europe__Berlin), None);
        assert_eq!(parse_typed("tomorrow", Tz::UTC), None);
    }
}
