//! What stands on every invoice, and when one is issued.

use serde::{Deserialize, Deserializer, Serialize};

use crate::language::LocalText;

/// How the merchant invoices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Invoicing {
    pub at: InvoiceAt,
    /// The seller as the law knows her; empty for the shop's name.
    pub seller_name: String,
    /// As it stands on paper, a line a line; empty for the shop's city.
    pub seller_address: Vec<String>,
    /// NPWP, VAT number; empty for none.
    pub seller_tax_number: String,
    /// What the numbers of invoices begin with.
    pub prefix: NumberPrefix,
    /// What the numbers of credit notes begin with, never the same.
    pub credit_note_prefix: NumberPrefix,
    /// Below the sums: how to pay, what the law wants said. Empty for nothing.
    pub footer: LocalText,
}

/// When an order gets its invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceAt {
    /// With the order itself: what a buyer pays a transfer by. An order that waits for a payment on a
    /// gateway's page is placed when that has come.
    Placed,
    /// When the money has arrived: an order that is never paid leaves no paper.
    Paid,
    /// When the goods leave.
    Shipped,
}

impl Default for Invoicing {
    /// Invoices with the order: all that can be chosen to pay with is paid afterwards, and by an
    /// invoice; it also needs nobody who remembers to issue it.
    fn default() -> Self {
        Self {
            at: InvoiceAt::Placed,
            seller_name: String::new(),
            seller_address: Vec::new(),
            seller_tax_number: String::new(),
            prefix: NumberPrefix("INV".into()),
            credit_note_prefix: NumberPrefix("CN".into()),
            footer: LocalText::default(),
        }
    }
}

/// What a series of numbers begins with: 1 to 20 ASCII capitals, digits and hyphens, so that it
/// can stand in the name of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct NumberPrefix(String);

impl NumberPrefix {
    pub fn parse(text: &str) -> Option<Self> {
        let is_plain = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-';
        let fits = (1..=20).contains(&text.len()) && text.bytes().all(is_plain);
        fits.then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for NumberPrefix {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text)
            .ok_or_else(|| serde::de::Error::custom("1 to 20 capital letters, digits and hyphens"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_can_stand_in_the_name_of_a_file() {
        for good in ["INV", "A", "TOKO-2", "0123456789ABCDEFGHIJ"] {
            assert!(NumberPrefix::parse(good).is_some(), "{good}");
        }
        for bad in ["", "inv", "INV/", "A B", "..", "É", "0123456789ABCDEFGHIJK"] {
            assert_eq!(NumberPrefix::parse(bad), None, "{bad}");
        }
    }
}
