//! Values that cannot hold nonsense: parsed at the door, trusted inside.

use diesel::backend::Backend;
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Text;
use serde::{Deserialize, Deserializer, Serialize};

/// Control characters, and those that turn the direction of what follows: on a parcel or in a list
/// of orders they would make a text look like another one.
pub fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// The name of a thing in an address: lower-case ASCII letters, digits and single hyphens, 1 to
/// 100 bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, AsExpression)]
#[diesel(sql_type = Text)]
#[serde(transparent)]
pub struct Slug(String);

impl Slug {
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (1..=100).contains(&text.len());
        let words = text.split('-').all(|word| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        });
        (fits && words).then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<DB: Backend> ToSql<Text, DB> for Slug
where
    str: ToSql<Text, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.0.as_str().to_sql(out)
    }
}

impl<'de> Deserialize<'de> for Slug {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a slug"))
    }
}

impl std::fmt::Display for Slug {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// How many of a thing: 1 to 9,999 on one line of a cart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Quantity(i64);

impl Quantity {
    pub const ONE: Self = Self(1);
    pub const MAX: i64 = 9_999;

    pub fn new(count: i64) -> Option<Self> {
        (1..=Self::MAX).contains(&count).then_some(Self(count))
    }

    /// What a person typed, with spaces around it or not.
    pub fn parse(text: &str) -> Option<Self> {
        text.trim().parse().ok().and_then(Self::new)
    }

    pub fn get(self) -> i64 {
        self.0
    }

    /// Both together; `None` beyond the limit of a line.
    pub fn plus(self, other: Self) -> Option<Self> {
        Self::new(self.0 + other.0)
    }
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let count = i64::deserialize(deserializer)?;
        Self::new(count).ok_or_else(|| serde::de::Error::custom("not a quantity"))
    }
}

impl std::fmt::Display for Quantity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// An address for mail: one `@`, something on both sides, a dot in the domain, no spaces or
/// control characters, at most 254 bytes (RFC 5321, 4.5.3.1.3). Whether it exists only mail tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (local, domain) = text.split_once('@')?;
        let plain =
            !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>,;\"".contains(c));
        let dotted =
            domain.split('.').count() >= 2 && domain.split('.').all(|part| !part.is_empty());
        let whole = !local.is_empty() && local.len() <= 64 && !domain.contains('@');
        (plain && dotted && whole && text.len() <= 254).then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A country, as two capital letters (ISO 3166-1 alpha-2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

impl Country {
    pub fn parse(code: &str) -> Option<Self> {
        let bytes: [u8; 2] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Self(bytes))
    }

    pub fn code(&self) -> &str {
        // Only capital ASCII letters get in here.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a country code"))
    }
}

impl Serialize for Country {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// Where something goes, as far as tax and delivery ask: as it was typed, so a region or a postcode
/// may be missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub country: Country,
    pub region: String,
    pub postcode: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_has_only_words_of_letters_and_digits() {
        assert!(Slug::parse("bumi-stoneware-mug").is_some());
        for bad in ["", "-", "a--b", "A", "ä", "a b", "../etc", "a-"] {
            assert!(Slug::parse(bad).is_none(), "{bad}");
        }
        assert!(Slug::parse(&"a".repeat(101)).is_none());
    }

    #[test]
    fn a_quantity_is_a_whole_number_from_one() {
        assert_eq!(Quantity::parse(" 12 ").map(Quantity::get), Some(12));
        for bad in ["0", "-1", "1.5", "1e3", "", "10000", "99999999999999999999", "٣"] {
            assert!(Quantity::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn an_email_address_has_two_sides() {
        assert!(Email::parse(" rani.wijaya@example.com ").is_some());
        assert!(Email::parse("ünïcode@exämple.com").is_some());
        for bad in
            ["", "a", "a@b", "@b.c", "a@.c", "a@b.", "a@b@c.d", "a b@c.d", "a@b.c\r\nBcc: x@y.z"]
        {
            assert!(Email::parse(bad).is_none(), "{bad}");
        }
    }
}
