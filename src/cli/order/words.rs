//! What is typed and what is printed.

use std::str::FromStr;

use crate::money::{Currency, Money};
use crate::orders::book::Entry;

/// So many units of a line, which is counted from 1.
#[derive(Debug, Clone, Copy)]
pub struct Units {
    pub line: i64,
    pub units: i64,
}

impl Units {
    /// As the books count it, from 0.
    pub fn position(self) -> i64 {
        self.line - 1
    }
}

impl FromStr for Units {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "write the line and its units, as 1=2".to_owned();
        let (line, units) = text.split_once('=').ok_or_else(wrong)?;
        let number = |text: &str| text.parse().ok().filter(|n: &i64| (1..=1_000_000).contains(n));
        let (line, units) = (number(line).ok_or_else(wrong)?, number(units).ok_or_else(wrong)?);
        Ok(Self { line, units })
    }
}

/// Reads the name of a status.
pub fn status<T>(
    parse: fn(&str) -> Option<T>,
) -> impl Fn(&str) -> Result<T, String> + Clone + Send + Sync {
    move |code| parse(code).ok_or_else(|| "there is no such status".to_owned())
}

pub fn money(minor: i64, currency: &str) -> String {
    match Currency::from_letters(currency) {
        Some(currency) => Money::new(minor, currency).show("en"),
        None => minor.to_string(),
    }
}

/// A line about an order; one of which no real money moves says so.
pub fn entry(order: &Entry, is_test: bool) -> String {
    let at = order.placed_at.format("%Y-%m-%d %H:%M");
    let total = money(order.total_amount, &order.currency);
    format!(
        "{}  {at}  {:9}  {:13}  {:13}  {total:>16}  {}{}",
        order.number,
        order.status,
        order.payment_status,
        order.fulfilment_status,
        order.email,
        if is_test { "  TEST" } else { "" }
    )
}
