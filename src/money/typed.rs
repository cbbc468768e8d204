//! Money from what a person typed.

use super::shown::{Points, points, symbol};
use super::{Currency, Money, MoneyError};

impl Money {
    /// Reads an amount as a person types it in `language` ("id", "en"; others read as "en").
    ///
    /// The symbol or code may stand before the number; thousands may be grouped, but then rightly;
    /// decimals may be left away, but not outnumber the currency's. Never negative. `12.50` in
    /// Indonesian is refused rather than guessed at.
    pub fn parse_typed(text: &str, currency: Currency, language: &str) -> Result<Self, MoneyError> {
        let refused = || MoneyError::NotAnAmount(text.trim().to_owned());
        let number = without_symbol(text.trim(), currency, language);
        if number.starts_with(['-', '\u{2212}']) {
            return Err(MoneyError::Negative);
        }
        let points = points_typed(number, currency, language);
        let (whole, fraction) = match number.split_once(points.decimal) {
            Some((_, fraction)) if !is_digits(fraction) => return Err(refused()),
            Some(parts) => parts,
            None => (number, ""),
        };
        let whole = ungrouped(whole, points.group).ok_or_else(refused)?;
        minor(&whole, fraction, currency).map(|minor| Self::new(minor, currency))
    }
}

/// `Rp 135.000` → `135.000`: one symbol or code, in either case and of either language.
fn without_symbol<'a>(text: &'a str, currency: Currency, language: &str) -> &'a str {
    let known = [symbol(currency, language), symbol(currency, "id"), symbol(currency, "en")];
    let known = known.iter().map(|symbol| symbol.trim()).chain([currency.code()]);
    known.into_iter().find_map(|symbol| strip(text, symbol)).unwrap_or(text).trim_start()
}

fn strip<'a>(text: &'a str, symbol: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(symbol.len())?;
    start.eq_ignore_ascii_case(symbol).then_some(rest)
}

/// Rupiah are shown with dots in English too, but an English hand may type `135,000`: a currency
/// without decimals leaves nothing else for that comma to mean.
fn points_typed(number: &str, currency: Currency, language: &str) -> Points {
    let english = Points { group: ',', decimal: '.' };
    match currency.exponent() {
        0 if language != "id" && number.contains(',') => english,
        _ => points(currency, language),
    }
}

/// The digits of the whole part; groups, if any, are of three.
fn ungrouped(whole: &str, group: char) -> Option<String> {
    let mut groups = whole.split(group);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let rightly = rest.is_empty() || (first.len() <= 3 && rest.iter().all(|g| g.len() == 3));
    let digits = first.to_owned() + &rest.concat();
    (rightly && !first.is_empty() && is_digits(&digits)).then_some(digits)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Digits to minor units.
fn minor(whole: &str, fraction: &str, currency: Currency) -> Result<i64, MoneyError> {
    let exponent = currency.exponent() as usize;
    if fraction.len() > exponent {
        return Err(MoneyError::TooManyDecimals(currency, currency.exponent()));
    }
    format!("{whole}{fraction:0<exponent$}").parse().map_err(|_| MoneyError::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str, code: &str, language: &str) -> Result<i64, MoneyError> {
        let currency = Currency::from_letters(code).expect("the test names a currency");
        Money::parse_typed(text, currency, language).map(|money| money.minor())
    }

    #[test]
    fn rupiah_are_read_in_every_usual_spelling() {
        for text in [
            "135000",
            "135.000",
            "Rp 135.000",
            "Rp135.000",
            "rp\u{a0}135.000",
            "IDR 135000",
            " 135.000 ",
        ] {
            assert_eq!(typed(text, "IDR", "id"), Ok(135_000), "{text}");
            assert_eq!(typed(text, "IDR", "en"), Ok(135_000), "{text}");
        }
        assert_eq!(typed("1.135.000", "IDR", "id"), Ok(1_135_000));
        assert_eq!(typed("135,000", "IDR", "en"), Ok(135_000));
    }

    #[test]
    fn decimals_are_read_by_the_language() {
        assert_eq!(typed("12,50", "USD", "id"), Ok(1_250));
        assert_eq!(typed("12.50", "USD", "en"), Ok(1_250));
        assert_eq!(typed("1.234,5", "EUR", "id"), Ok(123_450));
        assert_eq!(typed("$1,234.5", "USD", "en"), Ok(123_450));
        assert_eq!(typed("US$ 12", "USD", "en"), Ok(1_200));
        assert_eq!(typed("1.25", "KWD", "en"), Ok(1_250));
        assert_eq!(typed("12.0", "USD", "en"), Ok(1_200));
        assert_eq!(typed("0.05", "USD", "en"), Ok(5));
    }

    #[test]
    fn nonsense_is_refused_and_named() {
        for text in [
            "", "Rp", "abc", "12a", "1.2.3", "1..000", ".5", "12,", "1234.567", "1 000", "٣",
            "12.50", "135,000x",
        ] {
            let refused = MoneyError::NotAnAmount(text.to_owned());
            assert_eq!(typed(text, "EUR", "id"), Err(refused), "{text}");
        }
        assert_eq!(
            typed("0.001.000", "EUR", "en"),
            Err(MoneyError::NotAnAmount("0.001.000".into()))
        );
    }

    #[test]
    fn more_decimals_than_the_currency_has_are_refused() {
        let idr = MoneyError::TooManyDecimals(Currency::IDR, 0);
        assert_eq!(typed("135,50", "IDR", "id"), Err(idr.clone()));
        assert_eq!(typed("135,000", "IDR", "id"), Err(idr));
        assert_eq!(typed("1.255", "USD", "en"), Err(MoneyError::TooManyDecimals(Currency::USD, 2)));
    }

    #[test]
    fn a_typed_amount_is_never_negative_nor_too_large() {
        assert_eq!(typed("-5", "USD", "en"), Err(MoneyError::Negative));
        assert_eq!(typed("Rp \u{2212}5", "IDR", "en"), Err(MoneyError::Negative));
        assert_eq!(typed("99999999999999999999", "IDR", "id"), Err(MoneyError::Overflow));
    }

    #[test]
    fn what_is_shown_can_be_typed_again() {
        for code in ["IDR", "JPY", "USD", "EUR", "KWD", "CLF", "SGD"] {
            for (language, minor) in [("id", 0), ("en", 7), ("id", 123_456_789), ("en", 1_000)] {
                let currency = Currency::parse(code).expect("an active code");
                let shown = Money::new(minor, currency).show(language);
                assert_eq!(typed(&shown, code, language), Ok(minor), "{shown}");
            }
        }
    }
}
