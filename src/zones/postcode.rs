//! Ranges of postcodes.

use std::cmp::Ordering;

/// All postcodes that begin with anything from one bound to another: "401" to "409" holds "40131",
/// and "SW1" to "SW1" holds "SW1A 1AA". Capital letters and digits, nothing else.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PostcodeRange {
    from: String,
    to: String,
}

/// A range with an empty bound, or whose end comes before its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be postcodes or their beginnings, the lower one first")]
pub struct BadRange;

impl PostcodeRange {
    /// From one beginning to another, both of them within; written as people write postcodes.
    pub fn new(from: &str, to: &str) -> Result<Self, BadRange> {
        let (from, to) = (normal(from), normal(to));
        let ascends = beginning(&from, &to) <= beginning(&to, &from);
        match !from.is_empty() && !to.is_empty() && ascends {
            true => Ok(Self { from, to }),
            false => Err(BadRange),
        }
    }

    /// "401-409", or a single beginning like "SW1".
    pub fn parse(text: &str) -> Result<Self, BadRange> {
        let (from, to) = text.split_once('-').unwrap_or((text, text));
        Self::new(from, to)
    }

    pub fn from(&self) -> &str {
        &self.from
    }

    pub fn to(&self) -> &str {
        &self.to
    }

    /// Whether a postcode, as [`normal`] gives it, is within. Each bound is compared with as much of
    /// the code as the bound has.
    pub(super) fn holds(&self, normal: &str) -> bool {
        beginning(normal, &self.from).cmp(self.from.as_str()) != Ordering::Less
            && beginning(normal, &self.to).cmp(self.to.as_str()) != Ordering::Greater
    }
}

impl std::fmt::Display for PostcodeRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.from == self.to {
            true => f.write_str(&self.from),
            false => write!(f, "{}-{}", self.from, self.to),
        }
    }
}

/// A postcode as it is compared: ASCII letters and digits, letters as capitals.
pub(super) fn normal(typed: &str) -> String {
    let plain = typed.chars().filter(char::is_ascii_alphanumeric);
    plain.map(|c| c.to_ascii_uppercase()).collect()
}

/// As much of `code` as `bound` is long. Both are ASCII.
fn beginning<'a>(code: &'a str, bound: &str) -> &'a str {
    code.get(..bound.len()).unwrap_or(code)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn holds(range: &str, code: &str) -> bool {
        PostcodeRange::parse(range).unwrap().holds(&normal(code))
    }

    #[test]
    fn a_range_holds_everything_that_begins_so() {
        for code in ["40100", "40131", "40999", "409", "4-0131"] {
            assert!(holds("401-409", code), "{code}");
        }
        for code in ["40099", "41000", "4", "40", "", "5"] {
            assert!(!holds("401-409", code), "{code}");
        }
        assert!(holds("40131", "40131") && !holds("40131", "4013"));
    }

    #[test]
    fn a_single_beginning_is_a_prefix_however_it_is_typed() {
        for code in ["SW1A 1AA", "sw1a1aa", "SW1", " s-w 1 "] {
            assert!(holds("sw1", code), "{code}");
        }
        assert!(!holds("SW1", "SW2A 1AA") && !holds("SW1", "S"));
    }

    #[test]
    fn a_range_that_holds_nothing_is_refused() {
        for bad in ["", "-", "409-401", "401-", "-409", "é", "42-401"] {
            assert_eq!(PostcodeRange::parse(bad), Err(BadRange), "{bad}");
        }
        assert_eq!(PostcodeRange::parse("40 1 - 40 9").unwrap().to_string(), "401-409");
    }

    proptest! {
        #[test]
        fn between_bounds_of_one_length_it_is_a_comparison_of_numbers(
            (from, to) in (0_u32..1_000, 0_u32..1_000),
            code in 0_u32..100_000,
        ) {
            prop_assume!(from <= to);
            let range = PostcodeRange::new(&format!("{from:03}"), &format!("{to:03}")).unwrap();
            let is_within = (from..=to).contains(&(code / 100));
            prop_assert_eq!(range.holds(&format!("{code:05}")), is_within);
        }

        #[test]
        fn both_ends_are_within(from in "[A-Z0-9]{1,6}", to in "[A-Z0-9]{1,6}", rest in "[A-Z0-9]{0,4}") {
            let Ok(range) = PostcodeRange::new(&from, &to) else { return Ok(()) };
            if from.len() >= to.len() || !to.starts_with(&from) {
                let lowest = format!("{from}{rest}");
                prop_assert!(range.holds(&lowest) || from.len() < to.len(), "{}", lowest);
            }
            let (highest, shown) = (format!("{to}{rest}"), range.to_string());
            prop_assert!(range.holds(&highest) || to.len() < from.len(), "{} {}", highest, shown);
            prop_assert_eq!(PostcodeRange::parse(&shown), Ok(range));
        }
    }
}
