//! Pricing: one pure function from a request to a bill.
//!
//! Cart page, checkout, order, invoice, refund, API and the `price` command all call `quote`, so
//! they cannot disagree. The rules are in docs/pricing.md, called SPEC here; each file is one of
//! its steps. The room owns no tables and knows no clock, database, float or language. What may
//! surprise: everything is reckoned in `i128` and only becomes `i64` in the bill, where a number
//! over 2^53 - 1 refuses the request; and a request is written back as JSON in full, so that a
//! stored one can be priced again.

mod bill;
mod cart;
mod check;
mod delivery;
mod eligible;
#[cfg(test)]
mod examples;
mod instant;
mod line_lane;
mod order_lane;
mod promotion;
mod read;
mod refund;
mod refusal;
mod request;
mod round;
mod shipping;
mod shipping_lane;
mod split;
mod stacking;
mod tax;
mod total;
mod values;

pub use bill::{Bill, BillFee, BillLine, BillShipping, BillTax, Discount, TaxShare, Totals};
pub use delivery::{FreeOver, FreeOverBasis, Rate, Shipping, TableBy, Tier, WeightSteps};
pub use instant::{Instant, NotAnInstant};
pub use promotion::{Benefit, LineBenefit, Promotion, SubtotalBasis, SumBenefit, Target};
pub use refund::{Refund, RefundMistake, Sold};
pub use refusal::{Refusal, RefusalCode};
pub use request::{Fee, Line, Request, TaxRate, TaxRounding};
pub use values::{
    Amount, BadText, BenefitPpm, BlankCode, CashRounding, Code, Grams, Millimetres, MinQuantity,
    OutOfRange, Priority, Quantity, StepGrams, TaxRatePpm, Text, UpTo, VolumetricDivisor,
    WeightLimit, Whole,
};

use cart::Cart;
use eligible::Candidate;
use total::{Delivery, fit};

/// The largest number a bill may hold, so that every JSON reader sees the same: 2^53 - 1.
pub const LARGEST: i64 = (1 << 53) - 1;

/// Prices a request. The same request always gives the same bill, to the minor unit.
///
/// Refuses, in this order: what is invalid, an empty cart, a delivery that does not carry the
/// cart, a bill with a number over `LARGEST`.
///
/// Source: docs/pricing.md, Steps
pub fn quote(request: &Request) -> Result<Bill, Refusal> {
    check::request(request)?;
    if request.lines.is_empty() {
        return Err(Refusal::empty_cart());
    }
    let mut cart = Cart::listed(request);
    let open = eligible::open(request);
    line_lane::apply(&mut cart, &open);
    order_lane::apply(&mut cart, &open);
    let delivery = deliver(&cart, &open)?;
    // From here on numbers must fit, or multiplying them on could exceed even `i128`.
    fit(cart.list_total())?;
    total::bill(&cart, delivery)
}

fn deliver<'a>(cart: &Cart<'a>, open: &[Candidate<'a>]) -> Result<Option<Delivery<'a>>, Refusal> {
    let Some(parcel) = shipping::charge(cart)? else {
        return Ok(None);
    };
    fit(parcel.amount)?;
    let (remaining, discounts) = shipping_lane::apply(cart, parcel.amount, open);
    Ok(Some(Delivery { parcel, remaining, discounts }))
}
