//! The bill: what a priced request comes to (SPEC, Bill). All amounts in minor units.

use serde::{Deserialize, Serialize};

use crate::money::{Currency, Money};

/// Every amount of an order, row by row; the rows add up to the totals exactly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bill {
    /// The currency of every amount.
    pub currency: Currency,
    /// In the order of the request.
    pub lines: Vec<BillLine>,
    /// None when nothing is shipped.
    pub shipping: Option<BillShipping>,
    /// In the order of the request.
    pub fees: Vec<BillFee>,
    /// Each tax rate that an item carries, in the order of the request.
    pub taxes: Vec<BillTax>,
    /// The sums.
    pub totals: Totals,
}

impl Bill {
    /// An amount of this bill as money.
    pub const fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.currency)
    }
}

/// A line of the cart, priced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillLine {
    /// The line's id in the request.
    pub id: String,
    /// Unit price times quantity.
    pub list: i64,
    /// In the order in which they were applied; none of zero.
    pub discounts: Vec<Discount>,
    /// Their sum.
    pub discount: i64,
    /// Without tax.
    pub net: i64,
    /// The tax.
    pub tax: i64,
    /// With tax.
    pub gross: i64,
    /// The tax by rate; sums to `tax`.
    pub taxes: Vec<TaxShare>,
}

/// The delivery, priced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillShipping {
    /// The method's id in the request.
    pub id: String,
    /// The rate's amount, 0 when free.
    pub list: i64,
    /// Grams that the rate was asked for.
    pub chargeable_weight_g: i64,
    /// In the order in which they were applied; none of zero.
    pub discounts: Vec<Discount>,
    /// Their sum.
    pub discount: i64,
    /// Without tax.
    pub net: i64,
    /// The tax.
    pub tax: i64,
    /// With tax.
    pub gross: i64,
    /// The tax by rate; sums to `tax`.
    pub taxes: Vec<TaxShare>,
}

/// A fee, priced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillFee {
    /// The fee's id in the request.
    pub id: String,
    /// Without tax.
    pub net: i64,
    /// The tax.
    pub tax: i64,
    /// With tax.
    pub gross: i64,
    /// The tax by rate; sums to `tax`.
    pub taxes: Vec<TaxShare>,
}

/// What one promotion took off a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discount {
    /// The promotion's id.
    pub promotion: String,
    /// What it took off.
    pub amount: i64,
}

/// What one rate adds to a row's tax.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxShare {
    /// The rate's id.
    pub rate: String,
    /// Its part of the tax.
    pub amount: i64,
}

/// One tax rate over the whole bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillTax {
    /// The rate's id.
    pub rate: String,
    /// As the invoice prints it.
    pub name: String,
    /// Parts per million.
    pub ppm: i64,
    /// The net of all items that carry the rate.
    pub net: i64,
    /// Its tax.
    pub amount: i64,
}

/// The sums of the bill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Of the lines, before discount.
    pub list: i64,
    /// Of the lines.
    pub discount: i64,
    /// The delivery as quoted, after discount.
    pub shipping: i64,
    /// The fees as quoted.
    pub fees: i64,
    /// Everything without tax.
    pub net: i64,
    /// All tax.
    pub tax: i64,
    /// Everything with tax.
    pub total: i64,
    /// What cash rounding adds or, below zero, takes away.
    pub rounding: i64,
    /// What the shopper pays.
    pub payable: i64,
}
