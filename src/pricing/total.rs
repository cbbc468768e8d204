//! Adds everything up and writes the bill (SPEC, step 9 and Bill).

use super::cart::{Cart, Discounts};
use super::round::round;
use super::shipping::Parcel;
use super::tax::{Classes, Item, Taxes, taxes};
use super::{
    Bill, BillFee, BillLine, BillShipping, BillTax, Discount, LARGEST, Refusal, Request, TaxShare,
    Totals,
};

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

/// A taxed item, ready for its row.
struct Taxed<'r> {
    amount: i128,
    rates: &'r [usize],
    taxes: Taxes,
    net: i128,
    tax: i128,
    gross: i128,
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
        lines: (0..lines.len()).map(|at| line(cart, at, &lines[at])).collect::<Result<_, _>>()?,
        shipping: delivered.map(|(row, item)| shipping(request, row, item)).transpose()?,
        fees: (0..fees.len()).map(|at| fee(request, at, &fees[at])).collect::<Result<_, _>>()?,
        taxes: rates(request, &taxed)?,
        totals: totals(cart, &taxed, parcels, fees)?,
    })
}

/// The lines, the delivery and the fees, in that order.
fn items<'r>(
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

fn taxed<'r>(request: &Request, items: Vec<Item<'r>>) -> Vec<Taxed<'r>> {
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

fn line(cart: &Cart<'_>, at: usize, item: &Taxed<'_>) -> Result<BillLine, Refusal> {
    Ok(BillLine {
        id: cart.request.lines[at].id.as_str().to_owned(),
        list: fit(cart.list[at])?,
        discounts: discounts(&cart.discounts[at])?,
        discount: fit(cart.list[at] - cart.remaining[at])?,
        net: fit(item.net)?,
        tax: fit(item.tax)?,
        gross: fit(item.gross)?,
        taxes: shares(cart.request, item)?,
    })
}

fn shipping(
    request: &Request,
    row: &Delivery<'_>,
    item: &Taxed<'_>,
) -> Result<BillShipping, Refusal> {
    Ok(BillShipping {
        id: row.parcel.shipping.id.as_str().to_owned(),
        list: fit(row.parcel.amount)?,
        chargeable_weight_g: fit(row.parcel.chargeable_weight)?,
        discounts: discounts(&row.discounts)?,
        discount: fit(row.parcel.amount - row.remaining)?,
        net: fit(item.net)?,
        tax: fit(item.tax)?,
        gross: fit(item.gross)?,
        taxes: shares(request, item)?,
    })
}

fn fee(request: &Request, at: usize, item: &Taxed<'_>) -> Result<BillFee, Refusal> {
    Ok(BillFee {
        id: request.fees[at].id.as_str().to_owned(),
        net: fit(item.net)?,
        tax: fit(item.tax)?,
        gross: fit(item.gross)?,
        taxes: shares(request, item)?,
    })
}

fn discounts(given: &Discounts<'_>) -> Result<Vec<Discount>, Refusal> {
    let row = |(promotion, amount): &(&super::Promotion, i128)| {
        let promotion = promotion.id.as_str().to_owned();
        Ok(Discount { promotion, amount: fit(*amount)? })
    };
    given.iter().map(row).collect()
}

fn shares(request: &Request, item: &Taxed<'_>) -> Result<Vec<TaxShare>, Refusal> {
    let rates = item.rates.iter().zip(&item.taxes);
    let row = |(rate, amount): (&usize, &i128)| {
        let rate = request.tax_rates[*rate].id.as_str().to_owned();
        Ok(TaxShare { rate, amount: fit(*amount)? })
    };
    rates.map(row).collect()
}

/// The rates that an item carries, even if it carries 0.
fn rates(request: &Request, taxed: &[Taxed<'_>]) -> Result<Vec<BillTax>, Refusal> {
    let mut sums = vec![None; request.tax_rates.len()];
    for item in taxed {
        for (rate, tax) in item.rates.iter().zip(&item.taxes) {
            let (net, amount) = sums[*rate].get_or_insert((0, 0));
            *net += item.net;
            *amount += tax;
        }
    }
    let used = request.tax_rates.iter().zip(sums).filter_map(|(rate, sum)| Some((rate, sum?)));
    let row = |(rate, (net, amount)): (&super::TaxRate, (i128, i128))| {
        Ok(BillTax {
            rate: rate.id.as_str().to_owned(),
            name: rate.name.as_str().to_owned(),
            ppm: rate.ppm.get(),
            net: fit(net)?,
            amount: fit(amount)?,
        })
    };
    used.map(row).collect()
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
