//! Times by the shop's clock: how they are written in a file, and how they are read there.

use chrono::{DateTime, Datelike, NaiveDateTime, NaiveTime, SecondsFormat, TimeZone, Timelike};

use super::fields::{Ground, Read, Spot, Wrong};
use super::texts::{Write, write_text};
use super::tree::Value;

impl Read for NaiveDateTime {
    /// As UTC. Without an offset it is a time of the shop's clock.
    fn read(spot: &Spot<'_>) -> Result<Self, Wrong> {
        let wrong = || {
            Wrong::from(
                "must be a day and a time, such as 2026-12-01T00:00:00 by the shop's clock, or with an offset, 2026-12-01T00:00:00+07:00",
            )
        };
        let (Value::Time(text) | Value::Text(text)) = spot.value() else { return Err(wrong()) };
        if text.is_ascii()
            && let Ok(time) = DateTime::parse_from_rfc3339(text)
        {
            return in_reach(time.naive_utc());
        }
        let local =
            ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"];
        let local = local
            .iter()
            .find_map(|form| Self::parse_from_str(text, form).ok())
            .ok_or_else(wrong)?;
        let zone = spot.ground().time_zone;
        match zone.from_local_datetime(&local).earliest() {
            Some(time) => in_reach(time.naive_utc()),
            None => {
                Err(format!("this hour does not exist in {zone}: the clocks go forward then")
                    .into())
            }
        }
    }
}

/// What both databases and RFC 3339 can hold.
fn in_reach(time: NaiveDateTime) -> Result<NaiveDateTime, Wrong> {
    let micros = time.nanosecond() / 1_000 * 1_000;
    match time.with_nanosecond(micros) {
        Some(time) if (1971..=9998).contains(&time.year()) => Ok(time),
        _ => Err("must be in a year from 1971 to 9998".into()),
    }
}

impl Write for NaiveDateTime {
    fn write(&self, ground: &Ground) -> String {
        let time = ground.time_zone.from_utc_datetime(self);
        time.to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }
}

impl Read for NaiveTime {
    /// To the minute.
    fn read(spot: &Spot<'_>) -> Result<Self, Wrong> {
        let wrong = || Wrong::from("must be a time of day to the minute, such as \"15:00\"");
        let (Value::Time(text) | Value::Text(text)) = spot.value() else { return Err(wrong()) };
        let read =
            ["%H:%M", "%H:%M:%S"].iter().find_map(|form| Self::parse_from_str(text, form).ok());
        read.filter(|time| time.second() == 0).ok_or_else(wrong)
    }
}

impl Write for NaiveTime {
    fn write(&self, _: &Ground) -> String {
        write_text(&self.format("%H:%M").to_string())
    }
}
