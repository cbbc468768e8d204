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
#[cfg(test)]
mod carts;
mod check;
mod delivery;
mod eligible;
#[cfg(test)]
mod examples;
mod instant;
mod items;
mod line_lane;
mod order_lane;
mod promotion;
#[cfg(test)]
mod properties;
mod read;
mod refund;
mod refusal;
mod request;
mod round;
mod rows;
#[cfg(test)]
mod samples;
mod shipping;
mod shipping_lane;
mod split;
mod stacking;
mod tax;
mod total;
mod values;
mod why;

pub use bill::{Bill, BillFee, BillLine, BillShipping, BillTax, Discount, TaxShare, Totals};
pub use delivery::{FreeOver, FreeOverBasis, Rate, Shipping, TableBy, Tier, WeightSteps};
pub use instant::{Instant, NotAnInstant};
pub use promotion::{Benefit, Lane, LineBenefit, Promotion, SubtotalBasis, SumBenefit, Target};
pub use refund::{Refund, RefundMistake, Sold};
pub use refusal::{Refusal, RefusalCode};
pub use request::{Fee, Line, Request, TaxRate, TaxRounding};
pub use round::{WHOLE, part};
pub use values::{
    Amount, BadText, BenefitPpm, BlankCode, CashRounding, Code, Grams, Millimetres, MinQuantity,
    OutOfRange, Priority, Quantity, StepGrams, TaxRatePpm, Text, UpTo, VolumetricDivisor,
    WeightLimit, Whole,
};
pub use why::{Verdict, why};

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
    walk(request, |_, _, _| ())
}

/// Goes through the steps, and lets `look` see the cart as it stands when a lane begins.
fn walk<'a>(
    request: &'a Request,
    mut look: impl FnMut(Lane, &Cart<'a>, &[Candidate<'a>]),
) -> Result<Bill, Refusal> {
    check::request(request)?;
    if request.lines.is_empty() {
        return Err(Refusal::empty_cart());
    }
    let mut cart = Cart::listed(request);
    let open = eligible::open(request);
    look(Lane::Line, &cart, &open);
    line_lane::apply(&mut cart, &open);
    look(Lane::Order, &cart, &open);
    order_lane::apply(&mut cart, &open);
    look(Lane::Shipping, &cart, &open);
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

#[cfg(test)]
mod tests {
    use super::samples::{bill, line, of, percent_off_order, refused, request, text};
    use super::*;

    #[test]
    fn an_empty_cart_is_refused_after_what_is_invalid() {
        let mut empty = request(vec![]);
        assert_eq!(refused(&empty), (RefusalCode::EmptyCart, "lines".to_owned()));
        empty.codes = vec![text("x"); 21];
        assert_eq!(refused(&empty), (RefusalCode::Invalid, "codes".to_owned()));
    }

    #[test]
    fn a_delivery_is_unavailable_before_a_bill_is_too_large() {
        let mut huge = request(vec![line("a", 1_000_000, 1_000_000_000_000)]);
        huge.shipping = Some(Shipping::new(text("s"), text("none"), Rate::Flat { amount: of(1) }));
        assert_eq!(refused(&huge).0, RefusalCode::Overflow);
        huge.shipping.iter_mut().for_each(|method| method.max_subtotal = Some(of(1)));
        assert_eq!(refused(&huge), (RefusalCode::ShippingUnavailable, "shipping".to_owned()));
    }

    #[test]
    fn the_largest_cart_there_can_be_is_refused_and_does_not_panic() {
        let lines = (0..500).map(|at| line(&at.to_string(), 1_000_000, 1_000_000_000_000));
        let mut largest = request(lines.collect());
        largest.promotions = vec![percent_off_order("p", 999_999)];
        assert_eq!(refused(&largest).0, RefusalCode::Overflow);
        for line in &mut largest.lines {
            (line.size_mm, line.weight_g) = (Some([of(100_000); 3]), of(100_000_000));
        }
        let steps = WeightSteps {
            first_g: of(0),
            first_amount: of(1_000_000_000_000),
            step_g: of(1),
            step_amount: of(1_000_000_000_000),
            tolerance_g: of(0),
        };
        let mut method = Shipping::new(text("s"), text("none"), Rate::WeightSteps(steps));
        method.volumetric_divisor = Some(of(1));
        largest.shipping = Some(method);
        assert_eq!(refused(&largest).0, RefusalCode::Overflow);
    }

    #[test]
    fn the_largest_bill_is_given_and_one_unit_more_refused() {
        let nearly = line("a", 1_000_000, 9_007_199_254);
        let mut most = request(vec![nearly, line("b", 1, 740_991)]);
        assert_eq!(bill(&most).totals.payable, LARGEST);
        most.lines[1].unit_price = of(740_992);
        assert_eq!(refused(&most), (RefusalCode::Overflow, String::new()));
    }
}
