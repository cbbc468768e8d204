//! Adds everything up and writes the bill (SPEC, step 9 and Bill).

use super::cart::{Cart, Discounts};
use super::items::{Taxed, items, taxed};
use super::round::round;
use super::shipping::Parcel;
use super::tax::Classes;
use super::{Bill, LARGEST, Refusal, Totals, rows};

/// The delivery after its lane.
pub(super) struct Delivery<'a> {
    pub parcel: Parcel<'a>,
    pub remaining: i128,
    pub discounts: Discounts<'a>,
}

/// An amount as the bill may hold it.
pub(super) fn fit(amount: i128) -> Result<i64, Refusal> {
    let fits = i64::try_from(amount).ok().filter(|amount| *amount <= LARGEST);
    fits.ok_or_else(Refusal::overflow)
}

/// Taxes all items and writes the bill. Refuses with `overflow`.
pub(super) fn bill(cart: &Cart<'_>, delivery: Option<Delivery<'_>>) -> Result<Bill, Refusal> {
    let request = cart.request;
    let classes = Classes::of(request);
    let items = items(cart, delivery.as_ref(), &classes);
    let taxed = taxed(request, items);
    let (lines, rest) = taxed.split_at(request.lines.len());
    let (parcels, fees) = rest.split_at(usize::from(delivery.is_some()));
    let delivered = delivery.as_ref().zip(parcels.first());
    Ok(Bill {
        currency: request.currency,
        lines: (0..lines.len())
            .map(|at| rows::line(cart, at, &lines[at]))
            .collect::<Result<_, _>>()?,
        shipping: delivered.map(|(row, item)| rows::shipping(request, row, item)).transpose()?,
        fees: (0..fees.len())
            .map(|at| rows::fee(request, at, &fees[at]))
            .collect::<Result<_, _>>()?,
        taxes: rows::rates(request, &taxed)?,
        totals: totals(cart, &taxed, parcels, fees)?,
    })
}

fn totals(
    cart: &Cart<'_>,
    taxed: &[Taxed<'_>],
    parcels: &[Taxed<'_>],
    fees: &[Taxed<'_>],
) -> Result<Totals, Refusal> {
    let total: i128 = taxed.iter().map(|item| item.gross).sum();
    let payable = payable(total, cart.request.cash_rounding.wide());
    Ok(Totals {
        list: fit(cart.list_total())?,
        discount: fit(cart.list_total() - cart.remaining_total())?,
        shipping: fit(parcels.iter().map(|item| item.amount).sum())?,
        fees: fit(fees.iter().map(|item| item.amount).sum())?,
        net: fit(taxed.iter().map(|item| item.net).sum())?,
        tax: fit(taxed.iter().map(|item| item.tax).sum())?,
        total: fit(total)?,
        rounding: fit(payable - total)?,
        payable: fit(payable)?,
    })
}

/// The total, rounded to the cash increment; 0 leaves it as it is.
fn payable(total: i128, increment: i128) -> i128 {
    if increment == 0 { total } else { round(total, increment) * increment }
}

#[cfg(test)]
mod tests {
    use crate::pricing::samples::{bill, line, of, percent_off_order, rate, request, text};
    use crate::pricing::{Fee, Rate, Request, Shipping};

    /// A line of 1,110, a delivery of 222 and a fee of 111, 11 % on all three.
    fn cart() -> Request {
        let mut cart = request(vec![line("a", 2, 555)]);
        let flat = Rate::Flat { amount: of(222) };
        cart.shipping = Some(Shipping::new(text("s"), text("standard"), flat));
        cart.fees = vec![Fee { id: text("f"), amount: of(111), tax_class: text("standard") }];
        cart.tax_rates = vec![rate("ppn", 110_000)];
        cart
    }

    #[test]
    fn everything_is_summed_and_quoted_as_the_prices_are() {
        let with_tax = bill(&cart()).totals;
        assert_eq!((with_tax.list, with_tax.shipping, with_tax.fees), (1_110, 222, 111));
        assert_eq!((with_tax.net, with_tax.tax, with_tax.total), (1_300, 143, 1_443));
        let mut without = cart();
        without.prices_include_tax = false;
        let without = bill(&without).totals;
        assert_eq!((without.list, without.shipping, without.fees), (1_110, 222, 111));
        assert_eq!((without.net, without.tax, without.total), (1_443, 158, 1_601));
    }

    #[test]
    fn cash_is_rounded_half_up_on_a_row_of_its_own() {
        let cash = |increment| {
            let totals = bill(&Request { cash_rounding: of(increment), ..cart() }).totals;
            (totals.total, totals.rounding, totals.payable)
        };
        assert_eq!(cash(0), (1_443, 0, 1_443));
        assert_eq!(cash(50), (1_443, 7, 1_450));
        assert_eq!(cash(100), (1_443, -43, 1_400));
        assert_eq!(cash(2_886), (1_443, 1_443, 2_886));
        assert_eq!(cash(2_887), (1_443, -1_443, 0));
    }

    #[test]
    fn a_rate_is_listed_when_an_item_carries_it_even_with_nothing() {
        let mut cart = cart();
        cart.tax_rates = vec![rate("zero", 0), rate("other", 1), rate("ppn", 110_000)];
        cart.tax_rates[1].tax_class = text("other");
        let rows = bill(&cart).taxes;
        let rows: Vec<_> =
            rows.iter().map(|row| (row.rate.as_str(), row.ppm, row.net, row.amount)).collect();
        assert_eq!(rows, [("zero", 0, 1_300, 0), ("ppn", 110_000, 1_300, 143)]);
    }

    #[test]
    fn an_item_of_a_class_without_rates_has_no_tax_rows() {
        let mut cart = cart();
        cart.fees[0].tax_class = text("none");
        let fee = &bill(&cart).fees[0];
        assert_eq!((fee.net, fee.tax, fee.gross, fee.taxes.len()), (111, 0, 111, 0));
    }

    #[test]
    fn the_totals_count_line_discounts_and_quote_shipping_after_its_own() {
        let mut cart = cart();
        cart.promotions = vec![percent_off_order("p", 500_000)];
        let totals = bill(&cart).totals;
        assert_eq!((totals.list, totals.discount, totals.total), (1_110, 555, 888));
    }
}
