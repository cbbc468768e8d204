//! Kinds, numbers and rows of papers.

use chrono::{NaiveDate, NaiveDateTime, TimeZone};
use serde::{Deserialize, Serialize};

use crate::settings::{Invoicing, NumberPrefix, ShopSettings};

/// What a paper is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Invoice,
    CreditNote,
}

impl Kind {
    /// Its name in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Invoice => "invoice",
            Self::CreditNote => "credit_note",
        }
    }

    pub(super) fn prefix(self, settings: &Invoicing) -> &NumberPrefix {
        match self {
            Self::Invoice => &settings.prefix,
            Self::CreditNote => &settings.credit_note_prefix,
        }
    }
}

/// A number as it is printed: `INV/2026/000001`.
pub fn number(prefix: &str, year: i64, sequence: i64) -> String {
    format!("{prefix}/{year}/{sequence:06}")
}

/// The day that the shop's calendar shows at an instant (UTC), which decides the year of a number.
pub fn local_date(settings: &ShopSettings, now: NaiveDateTime) -> NaiveDate {
    settings.time_zone.from_utc_datetime(&now).date_naive()
}

/// Names a row of a document, also in `invoice_credit`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum RowKey {
    /// A line of the order, by its position.
    Line(usize),
    Delivery,
    /// A fee, by its position.
    Fee(usize),
}

impl From<RowKey> for String {
    fn from(key: RowKey) -> Self {
        match key {
            RowKey::Line(position) => format!("line:{position}"),
            RowKey::Delivery => "delivery".into(),
            RowKey::Fee(position) => format!("fee:{position}"),
        }
    }
}

impl TryFrom<String> for RowKey {
    type Error = String;

    fn try_from(code: String) -> Result<Self, String> {
        let unknown = || format!("no row {code}");
        let position = |text: &str| text.parse().map_err(|_| unknown());
        match code.split_once(':') {
            None if code == "delivery" => Ok(Self::Delivery),
            Some(("line", at)) => position(at).map(Self::Line),
            Some(("fee", at)) => position(at).map(Self::Fee),
            _ => Err(unknown()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_six_digits_and_grows_beyond_them() {
        assert_eq!(number("INV", 2026, 1), "INV/2026/000001");
        assert_eq!(number("CN", 2026, 1_234_567), "CN/2026/1234567");
    }

    #[test]
    fn a_row_is_known_by_its_name() {
        for key in [RowKey::Line(0), RowKey::Line(499), RowKey::Delivery, RowKey::Fee(1)] {
            assert_eq!(RowKey::try_from(String::from(key)), Ok(key));
        }
        for bad in ["", "line", "line:", "line:x", "delivery:1", "Fee:0"] {
            assert!(RowKey::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }
}
