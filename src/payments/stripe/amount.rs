//! Money in Stripe's smallest unit, which is not always ours.
//!
//! Source: docs.stripe.com/currencies, of 2026: zero-decimal and three-decimal currencies, special
//! cases, least and largest charges.

use crate::money::{Currency, Money};

/// Twelve digits.
const LARGEST: i64 = 999_999_999_999;

/// What Stripe calls this amount; `None` for one that it cannot take.
pub(super) fn to_stripe(money: Money) -> Option<i64> {
    let (times, by) = factors(money.currency())?;
    let amount = exactly(money.minor().checked_mul(times)?, by)?;
    (amount % step(money.currency()) == 0 && (0..=LARGEST).contains(&amount)).then_some(amount)
}

/// What Stripe means by its amount; `None` for one that we cannot keep.
pub(super) fn from_stripe(amount: i64, currency: Currency) -> Option<Money> {
    let (times, by) = factors(currency)?;
    Some(Money::new(exactly(amount.checked_mul(by)?, times)?, currency))
}

/// The least that is charged, in Stripe's unit, where the account is settled in this currency.
pub(super) fn least(currency: Currency) -> i64 {
    match currency.code() {
        "USD" | "ARS" | "AUD" | "BRL" | "CAD" | "CHF" | "COP" | "EUR" | "IDR" | "ILS" | "INR"
        | "JPY" | "KRW" | "NZD" | "PHP" | "RUB" | "SGD" | "ZAR" => 50,
        "GBP" => 30,
        "AED" | "MYR" | "PLN" | "RON" => 200,
        "DKK" => 250,
        "NOK" | "SEK" => 300,
        "HKD" => 400,
        "MXN" | "THB" => 1_000,
        "CZK" => 1_500,
        "HUF" => 17_500,
        _ => 1,
    }
}

/// By what our amount is multiplied and divided.
fn factors(currency: Currency) -> Option<(i64, i64)> {
    let (ours, theirs) = (currency.exponent(), decimals(currency)?);
    Some((10_i64.pow(theirs.saturating_sub(ours)), 10_i64.pow(ours.saturating_sub(theirs))))
}

/// How many decimals it has at Stripe.
fn decimals(currency: Currency) -> Option<u32> {
    match currency.code() {
        // Sen, which nobody has seen for decades; and two that keep decimals for the sake of old shops.
        "IDR" | "ISK" | "UGX" => Some(2),
        "MGA" => Some(0),
        "CLF" | "UYW" => None,
        _ => Some(currency.exponent()),
    }
}

/// What amounts are whole multiples of: banks cut the last of three decimals off.
fn step(currency: Currency) -> i64 {
    if decimals(currency) == Some(3) { 10 } else { 1 }
}

fn exactly(amount: i64, by: i64) -> Option<i64> {
    (amount % by == 0).then_some(amount / by)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(code: &str) -> Currency {
        Currency::parse(code).unwrap()
    }

    fn stripe(minor: i64, code: &str) -> Option<i64> {
        to_stripe(Money::new(minor, of(code)))
    }

    #[test]
    fn amounts_are_what_stripe_says_they_are() {
        for (minor, code, amount) in [
            (50_000, "IDR", Some(5_000_000)),
            (1, "IDR", Some(100)),
            (999_999_999, "IDR", Some(99_999_999_900)),
            (1_000, "USD", Some(1_000)),
            (500, "JPY", Some(500)),
            (5, "ISK", Some(500)),
            (5, "UGX", Some(500)),
            (1_045, "HUF", Some(1_045)),
            (80_045, "TWD", Some(80_045)),
            (5_120, "KWD", Some(5_120)),
            (5_124, "KWD", None),
            (500, "MGA", Some(5)),
            (520, "MGA", None),
            (1, "CLF", None),
            (1_000_000_000_000, "USD", None),
            (i64::MAX, "IDR", None),
            (-1, "USD", None),
        ] {
            assert_eq!(stripe(minor, code), amount, "{minor} {code}");
        }
    }

    #[test]
    fn what_does_not_come_out_even_is_not_taken_for_money() {
        for (amount, code) in [(5_000_050, "IDR"), (501, "ISK"), (1, "CLF"), (i64::MAX, "MGA")] {
            assert_eq!(from_stripe(amount, of(code)), None, "{amount} {code}");
        }
    }

    #[test]
    fn the_least_charges_are_those_of_the_list() {
        let least = |code| from_stripe(least(of(code)), of(code)).map(|money| money.minor());
        assert_eq!(least("USD"), Some(50));
        assert_eq!(least("JPY"), Some(50));
        assert_eq!(least("HUF"), Some(17_500));
        // Half a rupiah cannot be asked for here.
        assert_eq!(least("IDR"), None);
    }

    proptest! {
        #[test]
        fn every_amount_that_stripe_takes_comes_back_as_it_was(
            minor in 0..=LARGEST,
            currency in prop::sample::select(Currency::all().collect::<Vec<_>>()),
        ) {
            let money = Money::new(minor, currency);
            if let Some(amount) = to_stripe(money) {
                prop_assert_eq!(from_stripe(amount, currency), Some(money));
            }
        }

        #[test]
        fn every_amount_of_stripes_that_we_keep_goes_back_as_it_was(
            tens in 0..=LARGEST / 10,
            currency in prop::sample::select(Currency::all().collect::<Vec<_>>()),
        ) {
            if let Some(money) = from_stripe(tens * 10, currency) {
                prop_assert_eq!(to_stripe(money), Some(tens * 10));
            }
        }
    }
}
