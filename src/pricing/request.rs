//! What is to be priced: the cart, the rules and the instant, as plain values (SPEC, Request).

use serde::{Deserialize, Serialize};

use super::{
    Amount, CashRounding, Grams, Instant, Millimetres, Promotion, Quantity, Shipping, TaxRatePpm,
    Text,
};
use crate::money::Currency;

/// A quote request. Written by serde it is the SPEC's JSON and can be priced again from it.
///
/// Single values are right by their types; what holds between them (lengths of lists, repeated
/// ids) is checked by `quote`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Request {
    /// The currency of every amount.
    pub currency: Currency,
    /// The instant of the quote, which decides whether promotions are open.
    pub at: Instant,
    /// Whether unit prices, shipping and fees are quoted with tax.
    pub prices_include_tax: bool,
    /// Where tax is rounded.
    pub tax_rounding: TaxRounding,
    /// The increment that the payable amount is rounded to; 0 for none.
    pub cash_rounding: CashRounding,
    /// What the shopper typed.
    pub codes: Vec<Text>,
    /// The cart, at most 500 lines.
    pub lines: Vec<Line>,
    /// At most 100.
    pub promotions: Vec<Promotion>,
    /// The chosen delivery.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipping: Option<Shipping>,
    /// At most 20.
    pub fees: Vec<Fee>,
    /// At most 100.
    pub tax_rates: Vec<TaxRate>,
}

/// Where tax is rounded (SPEC, step 8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TaxRounding {
    /// Once for each line, shipping and fee.
    Line,
    /// Once for all items with the same rates, then shared out among them.
    Group,
}

/// A line of the cart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Unique among the lines.
    pub id: Text,
    /// The variant's stock keeping unit.
    pub sku: Text,
    /// The product it belongs to.
    pub product: Text,
    /// At most 100.
    pub categories: Vec<Text>,
    /// Units.
    pub quantity: Quantity,
    /// Of one unit.
    pub unit_price: Amount,
    /// Which tax rates apply.
    pub tax_class: Text,
    /// Whether it counts for delivery.
    pub requires_shipping: bool,
    /// Of one unit.
    pub weight_g: Grams,
    /// Length, width and height of one unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size_mm: Option<[Millimetres; 3]>,
}

/// A fee beside the goods, such as cash on delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fee {
    /// Unique among the fees.
    pub id: Text,
    /// With or without tax, as all prices of the request.
    pub amount: Amount,
    /// Which tax rates apply.
    pub tax_class: Text,
}

/// A tax rate of a class. A class may have several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TaxRate {
    /// Unique among the rates.
    pub id: Text,
    /// As the invoice prints it.
    pub name: Text,
    /// The class it applies to.
    pub tax_class: Text,
    /// Parts per million: 110_000 is 11 %.
    pub ppm: TaxRatePpm,
}
