//! Money as people read it, and as machines do.
//!
//! The table of signs is our own: ICU4X formats currencies only in `icu_experimental` (0.7, "all
//! code in this crate is unstable"). Once that is stable it can stand behind `Money::show`, from
//! which all pages get their amounts.

use super::{Currency, Money};

/// Between a word and its number, so that a line never breaks there.
pub(super) const NO_BREAK_SPACE: char = '\u{a0}';
const MINUS: char = '\u{2212}';

/// How numbers are grouped and pointed.
#[derive(Clone, Copy)]
pub(super) struct Points {
    pub group: char,
    pub decimal: char,
}

impl Money {
    /// The amount for a person who reads `language` ("id", "en"; others read as "en").
    ///
    /// Rupiah looks the same in every language, as the design has it: `Rp 135.000`. A negative
    /// amount begins with U+2212.
    pub fn show(&self, language: &str) -> String {
        let minus = if self.is_negative() { String::from(MINUS) } else { String::new() };
        let points = points(self.currency(), language);
        let number = number(self, Some(points.group), points.decimal);
        minus + &symbol(self.currency(), language) + &number
    }

    /// The number alone, as a person types it in this language: `135.000`, `12.50`.
    pub fn typed(&self, language: &str) -> String {
        let points = points(self.currency(), language);
        number(self, Some(points.group), points.decimal)
    }

    /// The amount for structured data: "135000", "12.00", "-1.250".
    pub fn plain(&self) -> String {
        let minus = if self.is_negative() { "-" } else { "" };
        minus.to_owned() + &number(self, None, '.')
    }
}

/// The points of a currency's numbers in a language.
pub(super) fn points(currency: Currency, language: &str) -> Points {
    match (currency.code(), language) {
        ("IDR", _) | (_, "id") => Points { group: '.', decimal: ',' },
        _ => Points { group: ',', decimal: '.' },
    }
}

/// What stands before the number, with its space where it has one.
pub(super) fn symbol(currency: Currency, language: &str) -> String {
    let sign = match (currency.code(), language) {
        ("IDR", _) => return format!("Rp{NO_BREAK_SPACE}"),
        ("USD", "id") => "US$",
        ("USD", _) => "$",
        ("EUR", _) => "\u{20ac}",
        ("GBP", _) => "\u{a3}",
        ("JPY", _) => "\u{a5}",
        (code, _) => return format!("{code}{NO_BREAK_SPACE}"),
    };
    sign.to_owned()
}

/// The digits without sign: `1234567` with two decimals is "12,345.67".
fn number(money: &Money, group: Option<char>, decimal: char) -> String {
    let exponent = money.currency().exponent() as usize;
    let digits = format!("{:0width$}", money.minor().unsigned_abs(), width = exponent + 1);
    let (whole, fraction) = digits.split_at(digits.len() - exponent);
    let whole = group.map_or_else(|| whole.to_owned(), |group| grouped(whole, group));
    match fraction {
        "" => whole,
        fraction => format!("{whole}{decimal}{fraction}"),
    }
}

fn grouped(digits: &str, group: char) -> String {
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(group);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(minor: i64, code: &str) -> Money {
        Money::new(minor, Currency::from_letters(code).expect("the test names a currency"))
    }

    #[test]
    fn rupiah_looks_the_same_in_both_languages() {
        for language in ["id", "en"] {
            assert_eq!(money(135_000, "IDR").show(language), "Rp\u{a0}135.000");
            assert_eq!(money(0, "IDR").show(language), "Rp\u{a0}0");
            assert_eq!(money(1_250_000_000, "IDR").show(language), "Rp\u{a0}1.250.000.000");
        }
    }

    #[test]
    fn english_points_the_decimals_and_commas_the_thousands() {
        assert_eq!(money(1_200, "USD").show("en"), "$12.00");
        assert_eq!(money(1_250, "EUR").show("en"), "\u{20ac}12.50");
        assert_eq!(money(1_624, "JPY").show("en"), "\u{a5}1,624");
        assert_eq!(money(1_250, "KWD").show("en"), "KWD\u{a0}1.250");
        assert_eq!(money(123_456_789, "GBP").show("en"), "\u{a3}1,234,567.89");
    }

    #[test]
    fn indonesian_points_the_thousands_and_commas_the_decimals() {
        assert_eq!(money(1_200, "USD").show("id"), "US$12,00");
        assert_eq!(money(1_234_550, "EUR").show("id"), "\u{20ac}12.345,50");
        assert_eq!(money(1_624, "JPY").show("id"), "\u{a5}1.624");
        assert_eq!(money(1_250, "KWD").show("id"), "KWD\u{a0}1,250");
    }

    #[test]
    fn a_language_without_a_table_reads_as_english() {
        assert_eq!(money(123_400, "USD").show("fr"), "$1,234.00");
    }

    #[test]
    fn a_minus_stands_before_the_symbol() {
        assert_eq!(money(-135_000, "IDR").show("id"), "\u{2212}Rp\u{a0}135.000");
        assert_eq!(money(-5, "USD").show("en"), "\u{2212}$0.05");
        assert_eq!(money(i64::MIN, "JPY").show("en"), "\u{2212}\u{a5}9,223,372,036,854,775,808");
    }

    #[test]
    fn machines_get_ascii_digits_and_a_point() {
        assert_eq!(money(135_000, "IDR").plain(), "135000");
        assert_eq!(money(1_200, "USD").plain(), "12.00");
        assert_eq!(money(1_250, "KWD").plain(), "1.250");
        assert_eq!(money(-5, "USD").plain(), "-0.05");
    }
}
