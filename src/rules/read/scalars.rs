//! Numbers, texts and times: how each is written in a file, and how it is read there.
//!
//! Reading and writing stand side by side, because what is written must be read again as it was.

use chrono::{DateTime, NaiveDateTime, NaiveTime, SecondsFormat, TimeZone, Timelike};
use chrono_tz::Tz;

use super::fields::{Fields, Ground, Read, Spot, Wrong};
use super::mistake::{is_unseen, quoted};
use super::tree::Value;
use crate::language::{Language, LocalText};
use crate::money::{Currency, Money};
use crate::pricing::{
    Amount, BenefitPpm, Grams, MinQuantity, Priority, Quantity, StepGrams, TaxRatePpm, Text,
    VolumetricDivisor, WeightLimit,
};
use crate::values::{Country, Slug};

/// How many bytes a text of the settings has at most.
const LONGEST_TEXT: usize = 2_000;

/// Something that is written as one value.
pub(in crate::rules) trait Write {
    fn write(&self, ground: &Ground) -> String;
}

impl<T: Write> Write for Vec<T> {
    fn write(&self, ground: &Ground) -> String {
        let entries: Vec<String> = self.iter().map(|entry| entry.write(ground)).collect();
        format!("[{}]", entries.join(", "))
    }
}

/// A text in quotes.
pub(in crate::rules) fn write_text(text: &str) -> String {
    let mut written = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => written.extend(['\\', letter]),
            c if is_unseen(c) => written.push_str(&format!("\\U{:08X}", u32::from(c))),
            c => written.push(c),
        }
    }
    written + "\""
}

/// A text of one line.
pub(in crate::rules) fn line<'a>(spot: &Spot<'a>) -> Result<&'a str, Wrong> {
    let text = written(spot, "a text in quotes")?;
    if text.contains(is_unseen) {
        return Err("must not hold control characters, nor line breaks".into());
    }
    if text.len() > LONGEST_TEXT {
        return Err(format!("must have at most {LONGEST_TEXT} bytes").into());
    }
    Ok(text)
}

/// What stands in quotes; anything else should have been what `wanted` says.
fn written<'a>(spot: &Spot<'a>, wanted: &str) -> Result<&'a str, Wrong> {
    match spot.value() {
        Value::Text(text) => Ok(text),
        other => Err(format!("must be {wanted}; this is {}", other.what()).into()),
    }
}

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

impl Read for String {
    fn read(spot: &Spot<'_>) -> Result<Self, Wrong> {
        line(spot).map(str::to_owned)
    }
}

impl Write for String {
    fn write(&self, _: &Ground) -> String {
        write_text(self)
    }
}

impl Read for Text {
    fn read(spot: &Spot<'_>) -> Result<Self, Wrong> {
        Ok(Self::try_from(line(spot)?)?)
    }
}

impl Write for Text {
    fn write(&self, _: &Ground) -> String {
        write_text(self.as_str())
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
fn decimal(text: &str, decimals: usize) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let needed = fraction.trim_end_matches('0');
    let exact = is_digits(whole) && is_digits(fraction) && needed.len() <= decimals;
    // Decimals that say nothing are no reason to refuse, but "18.000" rupiah may mean thousands.
    let exact = exact && (decimals > 0 || !text.contains('.'));
    exact.then(|| format!("{whole}{needed:0<decimals$}").parse().ok()).flatten()
}

/// An amount of a currency in minor units: `18000`, or `"12.50"` where there are decimals.
pub(in crate::rules) fn amount_in(spot: &Spot<'_>, currency: Currency) -> Result<Amount, Wrong> {
    let decimals = currency.exponent();
    let minor = match spot.value() {
        Value::Whole(whole) => whole.checked_mul(10_i64.pow(decimals)),
        Value::Text(text) => {
            let read = decimal(text.trim(), decimals as usize);
            Some(read.ok_or_else(|| bad_amount(text, currency))?)
        }
        Value::Number(number) if number.contains('.') => {
            return Err(format!("must be exact: write \"{number}\" in quotes").into());
        }
        Value::Number(_) => None,
        other => return Err(format!("must be an amount; this is {}", other.what()).into()),
    };
    let amount = minor.ok_or("is too large")?;
    Amount::new(amount).ok_or_else(|| match amount < 0 {
        true => "must not be below 0".into(),
        false => "is too large".into(),
    })
}

fn bad_amount(text: &str, currency: Currency) -> Wrong {
    let text = quoted(text);
    match currency.exponent() {
        0 => format!("{text} is no amount in {currency}; write digits alone, such as 18000"),
        decimals => {
            let example = Money::new(18_i64.saturating_mul(10_i64.pow(decimals)), currency).plain();
            format!("{text} is no amount in {currency}; write \"{example}\", with at most {decimals} decimals")
        }
    }
    .into()
}

pub(in crate::rules) fn write_amount(minor: i64, currency: Currency) -> String {
    let plain = Money::new(minor, currency).plain();
    if currency.exponent() == 0 { plain } else { write_text(&plain) }
}

impl Read for Amount {
    fn read(spot: &Spot<'_>) -> Result<Self, Wrong> {
        amount_in(spot, spot.currency)
    }
}

impl Write for Amount {
    fn write(&self, ground: &Ground) -> String {
        write_amount(self.get(), ground.currency)
    }
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

impl Read for LocalText {
    fn read(spot: &Spot<'_>) -> Result<Self, Wrong> {
        if matches!(spot.value(), Value::Text(_)) {
            return Ok([(spot.ground().language, line(spot)?)].into());
        }
        let Value::Table(table) = spot.value() else {
            let codes = Language::ALL.map(|language| format!("{} = \"\u{2026}\"", language.code()));
            return Err(format!(
                "must be a text, or a text for each language: {{ {} }}",
                codes.join(", ")
            )
            .into());
        };
        let mut text = Self::default();
        let mut is_right = table.keys().all(|code| Language::parse(code).is_some());
        let fields = Fields::of(spot)?;
        for language in
            Language::ALL.into_iter().filter(|language| table.contains_key(language.code()))
        {
            match fields.required::<String>(language.code()) {
                Some(written) => text.set(language, written),
                None => is_right = false,
            }
        }
        for language in Language::ALL {
            fields.spot(language.code());
        }
        fields.close();
        if is_right { Ok(text) } else { Err(Wrong::Told) }
    }
}

impl Write for LocalText {
    fn write(&self, ground: &Ground) -> String {
        let texts: Vec<(Language, &str)> = self.iter().collect();
        match texts.as_slice() {
            [] => "{}".to_owned(),
            [(language, text)] if *language == ground.language => write_text(text),
            _ => {
                let entry = |(language, text): &(Language, &str)| {
                    format!("{} = {}", language.code(), write_text(text))
                };
                format!("{{ {} }}", texts.iter().map(entry).collect::<Vec<_>>().join(", "))
            }
        }
    }
}

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
    use chrono::Datelike;
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

/// Values with a name of their own, such as a country's two letters.
macro_rules! code {
    ($($type:ty, $parse:expr, $wanted:expr, $shown:expr;)+) => {$(
        impl Read for $type {
            fn read(spot: &Spot<'_>) -> Result<Self, Wrong> {
                let text = written(spot, $wanted)?;
                let parse: fn(&str) -> Option<Self> = $parse;
                parse(text).ok_or_else(|| format!("{} is not {}", quoted(text), $wanted).into())
            }
        }

        impl Write for $type {
            fn write(&self, _: &Ground) -> String {
                let shown: fn(&Self) -> String = $shown;
                write_text(&shown(self))
            }
        }
    )+};
}

code! {
    Country, Self::parse, "a country's two capital letters (ISO 3166), such as \"ID\"", |country| country.code().into();
    Currency, |code| Self::parse(code).ok(), "a currency's three capital letters (ISO 4217), such as \"IDR\"", |currency| currency.code().into();
    Language, Self::parse, "a language of the shop: \"en\" or \"id\"", |language| language.code().into();
    Slug, Self::parse, "a name of small letters, digits and single hyphens, such as \"gift-wrap\"", |slug| slug.as_str().into();
    Tz, |name| name.parse().ok(), "a time zone by its IANA name, such as \"Asia/Jakarta\"", |zone| zone.name().into();
}

/// The last key of a path, which is of the merchant's choice.
pub(in crate::rules) fn name(spot: &Spot<'_>, key: &str) -> Option<Text> {
    let is_plain = !key.contains(is_unseen) && key.trim() == key;
    let name = Text::try_from(key).ok().filter(|_| is_plain);
    if name.is_none() {
        spot.wrong("a name has 1 to 200 bytes, no control characters and no spaces around it");
    }
    name
}
