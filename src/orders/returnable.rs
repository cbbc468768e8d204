//! What a shopper may still send back: one rule for her form, her order's page and the books.

use chrono::{Days, NaiveDate, NaiveDateTime, TimeZone};
use chrono_tz::Tz;
use std::collections::BTreeSet;

use super::book::{Back, Sent};
use super::status::ReturnStatus;
use crate::settings::ShopSettings;

/// How long what was sent may be asked back.
#[derive(Debug, Clone, Copy)]
pub enum ReturnWindow {
    /// Until the end of so many days after the one on which it was sent, by the shop's clock.
    Days { days: Days, zone: Tz, today: NaiveDate },
    /// As long as staff are willing.
    Open,
}

impl ReturnWindow {
    /// What the merchant has promised to everybody, as it is `now` (UTC).
    pub fn of(settings: &ShopSettings, now: NaiveDateTime) -> Self {
        let zone = settings.time_zone;
        let days = Days::new(u64::try_from(settings.return_days).unwrap_or_default());
        Self::Days { days, zone, today: day(zone, now) }
    }

    /// The last day for what was sent then (UTC); `None` when it is over.
    fn last_day(&self, sent: NaiveDateTime) -> Option<NaiveDate> {
        let Self::Days { days, zone, today } = *self else { return Some(NaiveDate::MAX) };
        let last = day(zone, sent).checked_add_days(days).unwrap_or(NaiveDate::MAX);
        (last >= today).then_some(last)
    }
}

fn day(zone: Tz, at: NaiveDateTime) -> NaiveDate {
    zone.from_utc_datetime(&at).date_naive()
}

/// Units of a line that may be asked back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Returnable {
    /// The line's position in the order.
    pub position: i64,
    /// At least one.
    pub units: i64,
    /// The last day for the first of them.
    pub until: NaiveDate,
}

/// The units that were sent in time, as far as no other return has them. What came back already is
/// taken for the units that were sent first, which is to the shopper's good. What needs no delivery
/// is in no parcel, and does not come back.
pub fn returnable(parcels: &[Sent], returns: &[Back], window: &ReturnWindow) -> Vec<Returnable> {
    let sent = |parcel: &Sent, position| units_of(&parcel.lines, position);
    let is_asked = |back: &&Back| back.status != ReturnStatus::Declined;
    let positions: BTreeSet<i64> =
        parcels.iter().flat_map(|parcel| parcel.lines.iter().map(|line| line.0)).collect();
    let lines = positions.into_iter().filter_map(|position| {
        let all: i64 = parcels.iter().map(|parcel| sent(parcel, position)).sum();
        let back: i64 =
            returns.iter().filter(is_asked).map(|back| units_of(&back.units(), position)).sum();
        let in_time = parcels.iter().filter(|parcel| sent(parcel, position) > 0);
        let in_time = in_time
            .filter_map(|parcel| Some((window.last_day(parcel.shipped_at)?, parcel)))
            .map(|(last, parcel)| (last, sent(parcel, position)));
        let in_time: Vec<(NaiveDate, i64)> = in_time.collect();
        let units = in_time.iter().map(|(_, units)| units).sum::<i64>().min(all - back);
        let until = in_time.iter().map(|(last, _)| *last).min()?;
        (units > 0).then_some(Returnable { position, units, until })
    });
    lines.collect()
}

fn units_of(lines: &[(i64, i64)], position: i64) -> i64 {
    lines.iter().filter(|line| line.0 == position).map(|line| line.1).sum()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::ids::ReturnId;
    use crate::orders::book::BackLine;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    fn window(now: &str) -> ReturnWindow {
        let settings = ShopSettings {
            return_days: 14,
            time_zone: chrono_tz::Asia::Jakarta,
            ..ShopSettings::default()
        };
        ReturnWindow::of(&settings, at(now))
    }

    fn sent(shipped_at: &str, lines: &[(i64, i64)]) -> Sent {
        Sent {
            carrier: String::new(),
            tracking_number: String::new(),
            tracking_url: String::new(),
            shipped_at: at(shipped_at),
            lines: lines.to_vec(),
        }
    }

    fn back(status: ReturnStatus, asked: i64, received: i64) -> Back {
        Back {
            id: ReturnId(1),
            position: 0,
            status,
            reason: "other".into(),
            wish: "refund".into(),
            note: String::new(),
            answer: String::new(),
            requested_at: at("2026-11-02T03:00:00"),
            lines: vec![BackLine { position: 0, asked, received }],
            refund: None,
        }
    }

    fn units(parcels: &[Sent], returns: &[Back], now: &str) -> i64 {
        returnable(parcels, returns, &window(now)).iter().map(|line| line.units).sum()
    }

    #[test]
    fn the_last_day_is_the_whole_day_in_the_shop() {
        // 23:30 on the first of November in Jakarta, seven hours ahead.
        let parcel = [sent("2026-11-01T16:30:00", &[(0, 2)])];
        let found = returnable(&parcel, &[], &window("2026-11-15T16:59:59"));
        let until = NaiveDate::from_ymd_opt(2026, 11, 15).unwrap();
        assert_eq!(found, [Returnable { position: 0, units: 2, until }]);
        assert_eq!(units(&parcel, &[], "2026-11-15T17:00:00"), 0, "the sixteenth has begun");
        let found = returnable(&parcel, &[], &ReturnWindow::Open);
        assert_eq!(found.first().map(|line| line.units), Some(2), "staff are willing");
    }

    #[test]
    fn a_later_parcel_has_days_of_its_own() {
        let parcels =
            [sent("2026-11-01T03:00:00", &[(0, 2)]), sent("2026-11-10T03:00:00", &[(0, 1)])];
        assert_eq!(units(&parcels, &[], "2026-11-15T03:00:00"), 3);
        assert_eq!(units(&parcels, &[], "2026-11-16T03:00:00"), 1);
        let first = back(ReturnStatus::Received, 2, 2);
        assert_eq!(units(&parcels, &[first], "2026-11-16T03:00:00"), 1, "those were the first");
    }

    #[test]
    fn what_another_return_has_cannot_be_asked_for_again() {
        let parcel = [sent("2026-11-01T03:00:00", &[(0, 3)])];
        let left = |back: Back| units(&parcel, &[back], "2026-11-02T03:00:00");
        assert_eq!(left(back(ReturnStatus::Requested, 2, 0)), 1);
        assert_eq!(left(back(ReturnStatus::Approved, 3, 0)), 0);
        assert_eq!(left(back(ReturnStatus::Declined, 3, 0)), 3);
        assert_eq!(left(back(ReturnStatus::Received, 3, 1)), 2, "she has kept two");
    }
}
