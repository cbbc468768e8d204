//! Texts and codes: how they are written in a file, and how they are read there.
//!
//! Reading and writing stand side by side, because what is written must be read again as it was.

use chrono_tz::Tz;

use super::fields::{Fields, Ground, Read, Spot, Wrong};
use super::mistake::{is_unseen, quoted};
use super::tree::Value;
use crate::language::{Language, LocalText};
use crate::money::Currency;
use crate::pricing::Text;
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
