//! When a form was shown, under the shop's seal: a machine sends it faster than anybody types, or has
//! kept it for later.

use chrono::{NaiveDateTime, TimeDelta};

use crate::config::{Keys, Purpose};

/// Nobody has typed a message before.
const SHORTEST: TimeDelta = TimeDelta::seconds(3);
const LONGEST: TimeDelta = TimeDelta::days(1);

/// How long somebody had the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Had {
    TooShort,
    Long,
    /// More than a day, or nobody knows.
    TooLong,
}

/// For the hidden field of a form that is shown now. `sealed` is what it held when it was sent, empty
/// for nothing: one that is too old may be sent once more at once.
pub(super) fn renew(keys: &Keys, sealed: &str, now: NaiveDateTime) -> String {
    match had(keys, sealed, now) {
        _ if sealed.is_empty() => seal(keys, now),
        Had::TooLong => seal(keys, now - SHORTEST),
        Had::TooShort | Had::Long => sealed.to_owned(),
    }
}

fn seal(keys: &Keys, at: NaiveDateTime) -> String {
    let at = at.and_utc().timestamp().to_string();
    let seal = keys.of(Purpose::Forms).seal(&at);
    format!("{at}-{seal}")
}

pub(super) fn had(keys: &Keys, sealed: &str, now: NaiveDateTime) -> Had {
    let known =
        sealed.split_once('-').filter(|(at, seal)| keys.of(Purpose::Forms).is_seal(at, seal));
    let at: Option<i64> = known.and_then(|(at, _)| at.parse().ok());
    match at.map(|at| TimeDelta::seconds(now.and_utc().timestamp().saturating_sub(at))) {
        Some(age) if age < SHORTEST => Had::TooShort,
        Some(age) if age <= LONGEST => Had::Long,
        _ => Had::TooLong,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    #[test]
    fn a_form_says_how_long_she_had_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let keys = Keys::load(folder.path()).expect("keys");
        let now = DateTime::from_timestamp(1_800_000_000, 0).expect("it exists").naive_utc();
        let sealed = renew(&keys, "", now);
        let after = |seconds| had(&keys, &sealed, now + TimeDelta::seconds(seconds));
        assert_eq!([0, 2, 3, 86_400, 86_401].map(after), {
            [Had::TooShort, Had::TooShort, Had::Long, Had::Long, Had::TooLong]
        });
        let day = now + TimeDelta::days(2);
        assert_eq!(had(&keys, &renew(&keys, &sealed, day), day), Had::Long, "once more at once");
        assert_eq!(renew(&keys, &sealed, now), sealed);
        assert_eq!(renew(&keys, "", now), sealed);
        for forged in ["", "1", "1-", &sealed.replacen('8', "7", 1), &sealed[..20]] {
            assert_eq!(had(&keys, forged, now), Had::TooLong, "{forged}");
        }
    }
}
