//! Everything that is taxed, in one row: lines, delivery, fees (SPEC, step 8).

use super::Request;
use super::cart::Cart;
use super::tax::{Classes, Item, Taxes, taxes};
use super::total::Delivery;

/// A taxed item, ready for its row.
pub(super) struct Taxed<'r> {
    pub amount: i128,
    pub rates: &'r [usize],
    pub taxes: Taxes,
    pub net: i128,
    pub tax: i128,
    pub gross: i128,
}

/// The lines, the delivery and the fees, in that order.
pub(super) fn items<'r>(
    cart: &Cart<'_>,
    delivery: Option<&Delivery<'_>>,
    classes: &'r Classes<'_>,
) -> Vec<Item<'r>> {
    let request = cart.request;
    let lines = request.lines.iter().zip(&cart.remaining);
    let lines = lines.map(|(line, amount)| (*amount, &line.tax_class));
    let shipping = delivery.map(|row| (row.remaining, &row.parcel.shipping.tax_class));
    let fees = request.fees.iter().map(|fee| (fee.amount.wide(), &fee.tax_class));
    let all = lines.chain(shipping).chain(fees);
    all.map(|(amount, class)| Item { amount, rates: classes.rates(class.as_str()) }).collect()
}

/// The items with their tax, and what that makes of them without and with it.
pub(super) fn taxed<'r>(request: &Request, items: Vec<Item<'r>>) -> Vec<Taxed<'r>> {
    let taxes = taxes(request, &items);
    let taxed = items.into_iter().zip(taxes).map(|(Item { amount, rates }, taxes)| {
        let tax = taxes.iter().sum();
        let (net, gross) = if request.prices_include_tax {
            (amount - tax, amount)
        } else {
            (amount, amount + tax)
        };
        Taxed { amount, rates, taxes, net, tax, gross }
    });
    taxed.collect()
}
