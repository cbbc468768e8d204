//! Prices in cells: amounts, and rules by quantity, group, time and currency.

use super::cells::{Wrong, instant, parse_instant};
use crate::money::{Currency, Money};
use crate::prices::NewPrice;
use crate::values::{Quantity, Slug};

/// An amount with a point before its decimals; those that say nothing are left away.
pub(super) fn amount(cell: &str, currency: Currency) -> Result<Money, Wrong> {
    let cell = match cell.rsplit_once('.') {
        Some((whole, zeros)) if zeros.len() <= 2 && zeros.bytes().all(|byte| byte == b'0') => whole,
        _ => cell,
    };
    let money = Money::parse_typed(cell, currency, "en").map_err(|_| "import-wrong-price")?;
    NewPrice::plain(money).check().map(|()| money).map_err(|_| "import-wrong-price")
}

/// Digits, and a point before the decimals.
pub(super) fn price_cell(money: Money) -> String {
    let (exponent, minor) = (money.currency().exponent() as usize, money.minor().abs());
    let sign = if money.minor() < 0 { "-" } else { "" };
    let digits = format!("{minor:0>width$}", width = exponent + 1);
    let (whole, fraction) = digits.split_at(digits.len() - exponent);
    let point = if exponent > 0 { "." } else { "" };
    format!("{sign}{whole}{point}{fraction}")
}

/// `IDR 45000 from 10 for resellers since … until … was 50000`, with `|` between.
pub(super) fn prices_cell(prices: &[NewPrice]) -> String {
    let mut cells: Vec<String> = prices.iter().map(rule_cell).collect();
    cells.sort();
    cells.dedup();
    cells.join(" | ")
}

fn rule_cell(price: &NewPrice) -> String {
    let parts = [
        (
            "from",
            (price.min_quantity != Quantity::ONE).then(|| price.min_quantity.get().to_string()),
        ),
        ("for", price.group.as_ref().map(ToString::to_string)),
        ("since", price.from.map(instant)),
        ("until", price.until.map(instant)),
        ("was", price.compare_at.map(price_cell)),
    ];
    let begin = format!("{} {}", price.amount.currency().code(), price_cell(price.amount));
    parts.into_iter().fold(begin, |cell, (word, part)| match part {
        Some(part) => format!("{cell} {word} {part}"),
        None => cell,
    })
}

pub(super) fn parse_prices(cell: &str) -> Result<Vec<NewPrice>, Wrong> {
    let rules = cell.split('|').map(str::trim).filter(|rule| !rule.is_empty());
    rules.map(|rule| parse_rule(rule).ok_or("import-wrong-prices")).collect()
}

fn parse_rule(rule: &str) -> Option<NewPrice> {
    let mut words = rule.split_whitespace();
    let currency = Currency::parse(words.next()?).ok()?;
    let mut price = NewPrice::plain(amount(words.next()?, currency).ok()?);
    while let Some(word) = words.next() {
        let part = words.next()?;
        match word {
            "from" => price.min_quantity = Quantity::parse(part)?,
            "for" => price.group = Some(Slug::parse(part)?),
            "since" => price.from = Some(parse_instant(part)?),
            "until" => price.until = Some(parse_instant(part)?),
            "was" => price.compare_at = Some(amount(part, currency).ok()?),
            _ => return None,
        }
    }
    price.check().is_ok().then_some(price)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_written_with_a_point() {
        let cell = |minor, code| {
            price_cell(Money::new(minor, Currency::parse(code).expect("the test names a currency")))
        };
        assert_eq!(
            [cell(45_000, "IDR"), cell(5, "USD"), cell(1_250, "KWD"), cell(-1_250, "USD")],
            ["45000", "0.05", "1.250", "-12.50"]
        );
        let read = |text| amount(text, Currency::IDR).map(|money| money.minor());
        assert_eq!(
            [read("45000.00"), read("45,000"), read("45.5")],
            [Ok(45_000), Ok(45_000), Err("import-wrong-price")]
        );
        assert!(read("-1").is_err() && read("1000000000001").is_err());
    }

    #[test]
    fn prices_are_read_as_they_are_written() {
        let cell = "IDR 40000 from 10 for resellers was 45000 | USD 3.50 since 2026-01-01T00:00:00Z until 2026-02-01T00:00:00Z";
        assert_eq!(parse_prices(cell).map(|prices| prices_cell(&prices)), Ok(cell.to_owned()));
        for wrong in ["40000", "IDR", "IDR x", "IDR 5 from", "IDR 5 was 4", "IDR 5 at 3", "XXX 5"] {
            assert!(parse_prices(wrong).is_err(), "{wrong}");
        }
    }
}
