//! Money: a whole number of a currency's minor unit, and nothing else.
//!
//! There is no float and no silent wrap: arithmetic is checked and answers with a `MoneyError`. How
//! an amount is shown (`show`), written for machines (`plain`) and read from what a person typed
//! (`parse_typed`) stands in `money/`. What may surprise: IDR has exponent 0 here although ISO 4217
//! says 2, because nobody in Indonesia prices, ships or invoices in sen.

mod currency;
mod shown;
mod typed;

pub use currency::Currency;

/// An amount of one currency, in its minor unit. May be negative (a refund, a balance).
///
/// Two amounts of different currencies can never be added by accident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

/// Why money could not be made, read or reckoned with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The result does not fit 64 bits.
    #[error("the amount is too large")]
    Overflow,
    /// Two currencies met in one sum.
    #[error("{0} and {1} cannot be added together")]
    DifferentCurrencies(Currency, Currency),
    /// Not an active ISO 4217 code.
    #[error("\u{201c}{0}\u{201d} is not a currency code")]
    UnknownCurrency(String),
    /// Typed text that is not an amount.
    #[error("\u{201c}{0}\u{201d} is not an amount")]
    NotAnAmount(String),
    /// Typed text with a minus sign.
    #[error("the amount cannot be negative")]
    Negative,
    /// Typed text with more decimals than the currency has.
    #[error("{0} has {1} decimals at most")]
    TooManyDecimals(Currency, u32),
}

impl Money {
    /// `minor` units (cents, rupiah, fils) of a currency.
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in a currency.
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// The amount in the currency's minor unit.
    pub const fn minor(&self) -> i64 {
        self.minor
    }

    /// The currency it is in.
    pub const fn currency(&self) -> Currency {
        self.currency
    }

    /// Is it exactly nothing?
    pub const fn is_zero(&self) -> bool {
        self.minor == 0
    }

    /// Is it below nothing?
    pub const fn is_negative(&self) -> bool {
        self.minor < 0
    }

    /// The sum. Refuses a second currency and what does not fit.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        self.or_overflow(self.minor.checked_add(other.minor))
    }

    /// The difference. Refuses a second currency and what does not fit.
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        self.or_overflow(self.minor.checked_sub(other.minor))
    }

    /// This amount `count` times, as in unit price times quantity.
    pub fn times(self, count: i64) -> Result<Self, MoneyError> {
        self.or_overflow(self.minor.checked_mul(count))
    }

    /// The sum of many amounts of one currency; zero for none.
    pub fn sum(
        currency: Currency,
        amounts: impl IntoIterator<Item = Self>,
    ) -> Result<Self, MoneyError> {
        amounts.into_iter().try_fold(Self::zero(currency), Self::checked_add)
    }

    fn same_currency(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            Ok(())
        } else {
            Err(MoneyError::DifferentCurrencies(self.currency, other.currency))
        }
    }

    fn or_overflow(self, minor: Option<i64>) -> Result<Self, MoneyError> {
        let minor = minor.ok_or(MoneyError::Overflow)?;
        Ok(Self::new(minor, self.currency))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUPIAH: Currency = Currency::IDR;
    const DOLLAR: Currency = Currency::USD;

    #[test]
    fn sums_and_differences_stay_in_their_currency() {
        let (five, two) = (Money::new(5, RUPIAH), Money::new(2, RUPIAH));
        assert_eq!(five.checked_add(two), Ok(Money::new(7, RUPIAH)));
        assert_eq!(two.checked_sub(five), Ok(Money::new(-3, RUPIAH)));
        assert_eq!(Money::sum(RUPIAH, [five, two, two]), Ok(Money::new(9, RUPIAH)));
        assert_eq!(Money::sum(RUPIAH, []), Ok(Money::zero(RUPIAH)));
    }

    #[test]
    fn two_currencies_are_never_added() {
        let mixed = MoneyError::DifferentCurrencies(RUPIAH, DOLLAR);
        assert_eq!(Money::new(1, RUPIAH).checked_add(Money::new(1, DOLLAR)), Err(mixed.clone()));
        assert_eq!(Money::new(1, RUPIAH).checked_sub(Money::new(1, DOLLAR)), Err(mixed));
    }

    #[test]
    fn what_does_not_fit_is_refused_and_never_wraps() {
        let most = Money::new(i64::MAX, RUPIAH);
        let least = Money::new(i64::MIN, RUPIAH);
        let one = Money::new(1, RUPIAH);
        assert_eq!(most.checked_add(one), Err(MoneyError::Overflow));
        assert_eq!(least.checked_sub(one), Err(MoneyError::Overflow));
        assert_eq!(most.times(2), Err(MoneyError::Overflow));
        assert_eq!(one.times(3), Ok(Money::new(3, RUPIAH)));
    }

    #[test]
    fn the_sign_can_be_asked_for() {
        assert!(Money::zero(RUPIAH).is_zero() && !Money::zero(RUPIAH).is_negative());
        assert!(Money::new(-1, RUPIAH).is_negative() && !Money::new(-1, RUPIAH).is_zero());
        assert!(!Money::new(1, RUPIAH).is_negative());
    }
}
