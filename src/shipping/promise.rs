//! When something arrives.

use chrono::{Days, NaiveDate, NaiveDateTime, TimeZone};
use chrono_tz::Tz;

use super::model::Method;

/// The first and the last day on which an order may arrive or can be fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promise {
    pub from: NaiveDate,
    pub until: NaiveDate,
}

impl Method {
    /// What is promised to somebody who orders `now` (UTC), where the shop's day is that of `zone`.
    ///
    /// Calendar days: a merchant who does not work at weekends promises more of them.
    pub fn promise(&self, now: NaiveDateTime, zone: Tz) -> Promise {
        let local = zone.from_utc_datetime(&now).naive_local();
        let is_late = self.cutoff.is_some_and(|cutoff| local.time() >= cutoff);
        let after = |days: i64| {
            let days = days.saturating_add(i64::from(is_late));
            let days = Days::new(u64::try_from(days).unwrap_or_default());
            local.date().checked_add_days(days).unwrap_or(local.date())
        };
        Promise { from: after(self.min_days), until: after(self.max_days) }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::model::tests::method;
    use super::*;
    use chrono::NaiveTime;

    fn promise(cutoff: Option<(u32, u32)>, utc: (u32, u32, u32)) -> [String; 2] {
        let mut method = method("java", "express");
        method.cutoff =
            cutoff.map(|(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0).unwrap());
        let (day, hour, minute) = utc;
        let now = NaiveDate::from_ymd_opt(2026, 11, day).unwrap().and_hms_opt(hour, minute, 59);
        let promise = method.promise(now.unwrap(), chrono_tz::Asia::Jakarta);
        [promise.from, promise.until].map(|date| date.format("%d").to_string())
    }

    #[test]
    fn days_are_counted_from_the_shops_own_day() {
        // In Jakarta the 24th begins at 17:00 UTC.
        assert_eq!(promise(None, (23, 16, 59)), ["25", "26"]);
        assert_eq!(promise(None, (23, 17, 0)), ["26", "27"]);
    }

    #[test]
    fn from_the_cutoff_on_an_order_leaves_a_day_later() {
        assert_eq!(promise(Some((14, 0)), (23, 6, 59)), ["25", "26"]);
        assert_eq!(promise(Some((14, 0)), (23, 7, 0)), ["26", "27"]);
        assert_eq!(promise(Some((0, 0)), (23, 17, 0)), ["27", "28"]);
    }
}
