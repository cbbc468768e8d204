//! The rows of the bill (SPEC, Bill). Refuses with `overflow` what a row cannot hold.

use super::cart::{Cart, Discounts};
use super::items::Taxed;
use super::total::{Delivery, fit};
use super::{
    BillFee, BillLine, BillShipping, BillTax, Discount, Promotion, Refusal, Request, TaxRate,
    TaxShare,
};

pub(super) fn line(cart: &Cart<'_>, at: usize, item: &Taxed<'_>) -> Result<BillLine, Refusal> {
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

pub(super) fn shipping(
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

pub(super) fn fee(request: &Request, at: usize, item: &Taxed<'_>) -> Result<BillFee, Refusal> {
    Ok(BillFee {
        id: request.fees[at].id.as_str().to_owned(),
        net: fit(item.net)?,
        tax: fit(item.tax)?,
        gross: fit(item.gross)?,
        taxes: shares(request, item)?,
    })
}

fn discounts(given: &Discounts<'_>) -> Result<Vec<Discount>, Refusal> {
    let row = |(promotion, amount): &(&Promotion, i128)| {
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
pub(super) fn rates(request: &Request, taxed: &[Taxed<'_>]) -> Result<Vec<BillTax>, Refusal> {
    let mut sums = vec![None; request.tax_rates.len()];
    for item in taxed {
        for (rate, tax) in item.rates.iter().zip(&item.taxes) {
            let (net, amount) = sums[*rate].get_or_insert((0, 0));
            *net += item.net;
            *amount += tax;
        }
    }
    let used = request.tax_rates.iter().zip(sums).filter_map(|(rate, sum)| Some((rate, sum?)));
    let row = |(rate, (net, amount)): (&TaxRate, (i128, i128))| {
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
