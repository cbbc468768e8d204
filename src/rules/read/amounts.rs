//! Amounts of money: how they are written in a file, and how they are read there.

use super::fields::{Ground, Read, Spot, Wrong};
use super::mistake::quoted;
use super::numbers::decimal;
use super::texts::{Write, write_text};
use super::tree::Value;
use crate::money::{Currency, Money};
use crate::pricing::Amount;

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
