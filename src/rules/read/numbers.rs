//! Whole numbers, percentages and weights: how each is written in a file, and how it is read there.

use super::fields::{Ground, Read, Spot, Wrong};
use super::texts::{Write, write_text};
use super::tree::Value;
use crate::pricing::{
    BenefitPpm, Grams, MinQuantity, Priority, Quantity, StepGrams, TaxRatePpm, VolumetricDivisor,
    WeightLimit,
};

impl Read for bool {
    fn read(spot: &Spot<'_>) -> Result<Self, Wrong> {
        match spot.value() {
            Value::Truth(truth) => Ok(*truth),
            other => Err(format!("must be true or false; this is {}", other.what()).into()),
        }
    }
}

impl Write for bool {
    fn write(&self, _: &Ground) -> String {
        self.to_string()
    }
}

impl Read for i64 {
    fn read(spot: &Spot<'_>) -> Result<Self, Wrong> {
        match spot.value() {
            Value::Whole(whole) => Ok(*whole),
            other => Err(format!("must be a whole number; this is {}", other.what()).into()),
        }
    }
}

impl Write for i64 {
    fn write(&self, _: &Ground) -> String {
        self.to_string()
    }
}

/// Numbers that are written as they are, each within its range.
macro_rules! plain {
    ($($whole:ty),+) => {$(
        impl Read for $whole {
            fn read(spot: &Spot<'_>) -> Result<Self, Wrong> {
                Ok(Self::try_from(i64::read(spot)?)?)
            }
        }

        impl Write for $whole {
            fn write(&self, _: &Ground) -> String {
                self.get().to_string()
            }
        }
    )+};
}

plain!(Priority, Quantity, MinQuantity, VolumetricDivisor);

/// Shares, written as percentages.
macro_rules! percentage {
    ($($rate:ty),+) => {$(
        impl Read for $rate {
            fn read(spot: &Spot<'_>) -> Result<Self, Wrong> {
                let ppm = percent(spot)?;
                Self::try_from(ppm).map_err(|_| format!("{} is out of range", shown_percent(ppm)).into())
            }
        }

        impl Write for $rate {
            fn write(&self, _: &Ground) -> String {
                write_text(&shown_percent(self.get()))
            }
        }
    )+};
}

percentage!(TaxRatePpm, BenefitPpm);

fn percent(spot: &Spot<'_>) -> Result<i64, Wrong> {
    let wrong = || {
        Wrong::from(
            "must be a percentage in quotes, such as \"11%\" or \"8.875%\", with at most four decimals",
        )
    };
    match spot.value() {
        Value::Whole(whole) => whole.checked_mul(10_000).ok_or_else(wrong),
        Value::Text(text) => {
            let number = text.trim().strip_suffix('%').ok_or_else(wrong)?;
            decimal(number.trim_end(), 4).ok_or_else(wrong)
        }
        _ => Err(wrong()),
    }
}

fn shown_percent(ppm: i64) -> String {
    let (whole, rest) = (ppm / 10_000, (ppm % 10_000).abs());
    let decimals = format!("{rest:04}");
    match decimals.trim_end_matches('0') {
        "" => format!("{whole}%"),
        decimals => format!("{whole}.{decimals}%"),
    }
}

/// `12.5` as a count of tenths, hundredths … Exact: `None` for more decimals than that, and for
/// anything but digits with one point between them.
pub fn decimal(text: &str, decimals: usize) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let needed = fraction.trim_end_matches('0');
    let exact = is_digits(whole) && is_digits(fraction) && needed.len() <= decimals;
    // Decimals that say nothing are no reason to refuse, but "18.000" rupiah may mean thousands.
    let exact = exact && (decimals > 0 || !text.contains('.'));
    exact.then(|| format!("{whole}{needed:0<decimals$}").parse().ok()).flatten()
}

/// Weights, written with their unit.
macro_rules! weight {
    ($($weight:ty),+) => {$(
        impl Read for $weight {
            fn read(spot: &Spot<'_>) -> Result<Self, Wrong> {
                let grams = grams(spot)?;
                Self::try_from(grams).map_err(|_| format!("{} is out of range", shown_weight(grams)).into())
            }
        }

        impl Write for $weight {
            fn write(&self, _: &Ground) -> String {
                write_text(&shown_weight(self.get()))
            }
        }
    )+};
}

weight!(Grams, StepGrams, WeightLimit);

/// `"1.5 kg"`, `"300 g"`, or grams alone.
pub(in crate::rules) fn grams(spot: &Spot<'_>) -> Result<i64, Wrong> {
    let wrong =
        || Wrong::from("must be a weight, such as \"1.5 kg\" or \"300 g\", exact to the gram");
    match spot.value() {
        Value::Whole(whole) => Ok(*whole),
        Value::Text(text) => {
            let text = text.trim();
            let (number, decimals) = match text.strip_suffix("kg") {
                Some(number) => (number, 3),
                None => (text.strip_suffix('g').ok_or_else(wrong)?, 0),
            };
            decimal(number.trim_end(), decimals).ok_or_else(wrong)
        }
        _ => Err(wrong()),
    }
}

pub(in crate::rules) fn shown_weight(grams: i64) -> String {
    match (grams / 1_000, grams % 1_000) {
        (0, grams) => format!("{grams} g"),
        (kilograms, 0) => format!("{kilograms} kg"),
        (kilograms, grams) => {
            let decimals = format!("{grams:03}");
            format!("{kilograms}.{} kg", decimals.trim_end_matches('0'))
        }
    }
}
