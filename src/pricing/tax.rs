//! Tax of every item, by rate (SPEC, step 8).

use std::collections::BTreeMap;

use super::round::{WHOLE, part, round};
use super::split::split;
use super::{Request, TaxRounding};

/// Something taxed: a line, the delivery or a fee.
pub(super) struct Item<'r> {
    /// As quoted, with or without tax, after discounts.
    pub amount: i128,
    /// The positions of its rates in the request.
    pub rates: &'r [usize],
}

/// An item's tax, rate by rate as in the item's `rates`.
pub(super) type Taxes = Vec<i128>;

/// The rates of each tax class, by position in the request.
pub(super) struct Classes<'a>(BTreeMap<&'a str, Vec<usize>>);

impl<'a> Classes<'a> {
    pub fn of(request: &'a Request) -> Self {
        let mut classes = BTreeMap::<&str, Vec<usize>>::new();
        for (position, rate) in request.tax_rates.iter().enumerate() {
            classes.entry(rate.tax_class.as_str()).or_default().push(position);
        }
        Self(classes)
    }

    /// A class without rates has none.
    pub fn rates(&self, class: &str) -> &[usize] {
        self.0.get(class).map_or(&[], Vec::as_slice)
    }
}

/// The taxes of all items, in their order.
pub(super) fn taxes(request: &Request, items: &[Item<'_>]) -> Vec<Taxes> {
    match request.tax_rounding {
        TaxRounding::Line => items.iter().map(|item| by_rate(request, item)).collect(),
        TaxRounding::Group => by_group(request, items),
    }
}

/// The two formulas: an amount's tax for each of its rates.
fn by_rate(request: &Request, item: &Item<'_>) -> Taxes {
    let rates = item.rates.iter().map(|rate| request.tax_rates[*rate].ppm.wide());
    let ppm: Vec<i128> = rates.collect();
    if request.prices_include_tax {
        split(tax_within(item.amount, ppm.iter().sum()), &ppm)
    } else {
        ppm.iter().map(|ppm| part(item.amount, *ppm)).collect()
    }
}

/// The tax that a price with tax contains. Never more than the price.
fn tax_within(amount: i128, ppm: i128) -> i128 {
    amount - round(amount * WHOLE, WHOLE + ppm)
}

/// Items with the same rates are taxed as one sum, then the tax is shared out among them.
fn by_group(request: &Request, items: &[Item<'_>]) -> Vec<Taxes> {
    let mut groups = BTreeMap::<&[usize], Vec<usize>>::new();
    for (position, item) in items.iter().enumerate() {
        groups.entry(item.rates).or_default().push(position);
    }
    let mut taxes = vec![Taxes::new(); items.len()];
    for (rates, members) in groups {
        let amounts: Vec<i128> = members.iter().map(|member| items[*member].amount).collect();
        let sum = Item { amount: amounts.iter().sum(), rates };
        let shares = share_out(request, by_rate(request, &sum), &amounts);
        for (member, share) in members.into_iter().zip(shares) {
            taxes[member] = share;
        }
    }
    taxes
}

/// A group's tax by rate becomes each member's tax by rate; both sums hold.
fn share_out(request: &Request, group: Taxes, amounts: &[i128]) -> Vec<Taxes> {
    if request.prices_include_tax {
        share_out_whole(group, amounts)
    } else {
        share_out_each(&group, amounts)
    }
}

/// Prices without tax: each rate's tax is shared by amount.
fn share_out_each(group: &[i128], amounts: &[i128]) -> Vec<Taxes> {
    let columns: Vec<Vec<i128>> = group.iter().map(|tax| split(*tax, amounts)).collect();
    let row = |member| columns.iter().map(|column: &Vec<i128>| column[member]).collect();
    (0..amounts.len()).map(row).collect()
}

/// Prices with tax: the whole tax is shared by amount, so that no item owes more than it costs;
/// then each share is given to what is left of each rate's tax.
fn share_out_whole(mut left: Taxes, amounts: &[i128]) -> Vec<Taxes> {
    let shares = split(left.iter().sum(), amounts);
    let give = |share| {
        let rows = split(share, &left);
        left.iter_mut().zip(&rows).for_each(|(left, row)| *left -= row);
        rows
    };
    shares.into_iter().map(give).collect()
}
