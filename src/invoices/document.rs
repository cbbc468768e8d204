//! A paper, whole: everything that is printed, as it was when the paper was issued. Amounts in
//! minor units of its currency.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::model::{Kind, RowKey};
use crate::language::Language;
use crate::money::Currency;
use crate::pricing::{BillTax, TaxShare, Totals};

/// Stored as JSON: a field may be added with a default, none renamed or given another meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    pub kind: Kind,
    pub number: String,
    /// By the shop's calendar.
    pub issued_on: NaiveDate,
    /// Of a credit note.
    pub corrects: Option<Correction>,
    /// The order's.
    pub language: Language,
    pub currency: Currency,
    /// How unit prices are quoted.
    pub prices_include_tax: bool,
    pub order_number: String,
    /// By the shop's calendar.
    pub ordered_on: NaiveDate,
    /// `orders::Payment`, by its code.
    pub payment: String,
    pub seller: Party,
    pub buyer: Party,
    pub delivery: Party,
    /// Lines, then delivery, then fees.
    pub rows: Vec<Row>,
    /// Each rate that a row carries, with its base.
    pub taxes: Vec<BillTax>,
    pub totals: Totals,
    /// What the shopper wrote with the order.
    pub note: String,
    /// What the merchant wants said.
    pub footer: String,
}

/// The invoice that a credit note takes back, in part or whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    pub number: String,
    pub issued_on: NaiveDate,
    pub reason: String,
}

/// Who sells, who pays, or where it goes. What is not known is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    pub name: String,
    pub company: String,
    pub tax_number: String,
    /// A line a line, the country last.
    pub address: Vec<String>,
    pub email: String,
    pub phone: String,
}

/// A line, the delivery or a fee. `net + tax = gross`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    pub key: RowKey,
    pub name: String,
    pub options: String,
    pub sku: String,
    pub quantity: i64,
    /// Of one, as the shop quotes it.
    pub unit: i64,
    /// Of all, before discounts, as the shop quotes it.
    pub list: i64,
    pub discounts: Vec<RowDiscount>,
    pub net: i64,
    pub tax: i64,
    pub gross: i64,
    /// The tax by rate; sums to `tax`.
    pub taxes: Vec<TaxShare>,
}

/// What was taken off a row, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowDiscount {
    pub name: String,
    pub amount: i64,
}
