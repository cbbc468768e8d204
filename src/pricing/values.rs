//! Numbers and texts that cannot hold nonsense: each knows its range (SPEC, Numbers).

use serde::Serialize;

/// A number outside its range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be a whole number from {least} to {most}")]
pub struct OutOfRange {
    least: i64,
    most: i64,
}

/// A whole number with a range of its own.
pub trait Whole: Copy + TryFrom<i64, Error = OutOfRange> + Into<i64> {}

macro_rules! whole {
    ($($(#[$attribute:meta])* $name:ident: $least:expr, $most:expr;)*) => {$(
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(i64);

        impl $name {
            /// The number, when it is within the range.
            pub const fn new(number: i64) -> Option<Self> {
                if number < $least || number > $most { None } else { Some(Self(number)) }
            }

            /// The number.
            pub const fn get(self) -> i64 {
                self.0
            }

            /// The number, wide enough to reckon with.
            pub const fn wide(self) -> i128 {
                self.0 as i128
            }
        }

        impl TryFrom<i64> for $name {
            type Error = OutOfRange;

            fn try_from(number: i64) -> Result<Self, OutOfRange> {
                Self::new(number).ok_or(OutOfRange { least: $least, most: $most })
            }
        }

        impl From<$name> for i64 {
            fn from(number: $name) -> i64 {
                number.0
            }
        }

        impl Whole for $name {}
    )*};
}

whole! {
    /// Money in the currency's minor unit, never negative.
    #[derive(Default)]
    Amount: 0, 1_000_000_000_000;
    /// Units of a line, or of a buy-x-get-y group.
    Quantity: 1, 1_000_000;
    /// How many units a promotion asks for at least.
    #[derive(Default)]
    MinQuantity: 0, 1_000_000_000;
    /// A tax rate in parts per million: 110_000 is 11 %.
    TaxRatePpm: 0, 10_000_000;
    /// A benefit's rate in parts per million: 1_000_000 is the whole amount.
    BenefitPpm: 0, 1_000_000;
    /// The order among promotions, lower first.
    #[derive(Default)]
    Priority: -1_000_000, 1_000_000;
    /// Weight in grams.
    #[derive(Default)]
    Grams: 0, 100_000_000;
    /// The weight of one paid step, in grams.
    StepGrams: 1, 100_000_000;
    /// The lightest or heaviest parcel that a method takes, in grams.
    WeightLimit: 0, 1_000_000_000_000;
    /// Length of a side in millimetres.
    Millimetres: 1, 100_000;
    /// Cubic millimetres that count as one gram.
    VolumetricDivisor: 1, 1_000_000;
    /// The last value of a table's tier, in grams or in minor units.
    UpTo: 0, super::LARGEST;
    /// The increment that cash is rounded to, in minor units; 0 for none.
    #[derive(Default)]
    CashRounding: 0, 1_000_000_000;
}

/// An id, sku, name, code, class or category: 1 to 200 bytes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Text(String);

/// A text that is empty or too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be a text of 1 to 200 bytes")]
pub struct BadText;

impl Text {
    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Text {
    type Error = BadText;

    fn try_from(text: String) -> Result<Self, BadText> {
        if (1..=200).contains(&text.len()) { Ok(Self(text)) } else { Err(BadText) }
    }
}

impl TryFrom<&str> for Text {
    type Error = BadText;

    fn try_from(text: &str) -> Result<Self, BadText> {
        Self::try_from(text.to_owned())
    }
}

/// The code that opens a promotion: a text with more in it than ASCII white space.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Code(Text);

/// A code of nothing but white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must not be blank")]
pub struct BlankCode;

impl Code {
    /// Did the shopper type this code? Surrounding ASCII white space and the case of ASCII
    /// letters do not matter (SPEC, step 2).
    pub fn is(&self, typed: &Text) -> bool {
        let (own, typed) = (self.0.as_str(), typed.as_str());
        own.trim_ascii().eq_ignore_ascii_case(typed.trim_ascii())
    }
}

impl TryFrom<Text> for Code {
    type Error = BlankCode;

    fn try_from(text: Text) -> Result<Self, BlankCode> {
        if text.as_str().trim_ascii().is_empty() { Err(BlankCode) } else { Ok(Self(text)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Text {
        Text::try_from(text).expect("the test writes a text of a fair length")
    }

    #[test]
    fn a_number_holds_its_range_and_both_its_ends() {
        assert_eq!(Quantity::new(0), None);
        assert_eq!(Quantity::new(1).map(Quantity::get), Some(1));
        assert_eq!(Quantity::new(1_000_000).map(Quantity::wide), Some(1_000_000));
        assert_eq!(Quantity::new(1_000_001), None);
        assert_eq!(Priority::new(-1_000_000).map(i64::from), Some(-1_000_000));
        assert_eq!(Priority::new(-1_000_001), None);
        assert_eq!(UpTo::new(9_007_199_254_740_991).map(UpTo::get), Some((1 << 53) - 1));
        assert_eq!(UpTo::new(1 << 53), None);
    }

    #[test]
    fn a_refused_number_tells_its_range() {
        let refused = Quantity::try_from(0).map_err(|refused| refused.to_string());
        assert_eq!(refused, Err("must be a whole number from 1 to 1000000".to_owned()));
    }

    #[test]
    fn a_text_is_counted_in_bytes() {
        assert_eq!(Text::try_from(""), Err(BadText));
        assert!(Text::try_from("é".repeat(100)).is_ok());
        assert_eq!(Text::try_from("é".repeat(100) + "x"), Err(BadText));
    }

    #[test]
    fn a_code_ignores_ascii_case_and_ascii_space_only() {
        let code = Code::try_from(text(" Hemat\t")).expect("not blank");
        assert!(code.is(&text("\r\nhEMAT ")));
        assert!(!code.is(&text("\u{a0}hemat")));
        assert!(!code.is(&text("hem at")));
        let accented = Code::try_from(text("é")).expect("not blank");
        assert!(!accented.is(&text("É")));
    }

    #[test]
    fn a_blank_code_opens_nothing_and_is_refused() {
        assert_eq!(Code::try_from(text(" \t\n\u{c}\r")), Err(BlankCode));
        assert!(Code::try_from(text("\u{a0}")).is_ok() && Code::try_from(text("\u{b}")).is_ok());
    }
}
