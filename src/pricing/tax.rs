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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pricing::samples::{bill, line, rate, request, text};
    use crate::pricing::{BillLine, Line};

    fn taxed(
        lines: Vec<Line>,
        ppm: &[i64],
        rounding: TaxRounding,
        included: bool,
    ) -> Vec<BillLine> {
        let mut request = request(lines);
        let rates = ppm.iter().enumerate().map(|(at, ppm)| rate(&format!("r{at}"), *ppm));
        request.tax_rates = rates.collect();
        (request.tax_rounding, request.prices_include_tax) = (rounding, included);
        bill(&request).lines
    }

    fn rows(line: &BillLine) -> Vec<i64> {
        line.taxes.iter().map(|share| share.amount).collect()
    }

    fn three(price: i64) -> Vec<Line> {
        vec![line("a", 1, price), line("b", 1, price), line("c", 1, price)]
    }

    #[test]
    fn tax_is_added_to_prices_without_it_rate_by_rate() {
        let lines = taxed(vec![line("a", 1, 999)], &[80_000, 500], TaxRounding::Line, false);
        assert_eq!((lines[0].net, lines[0].tax, lines[0].gross), (999, 80, 1_079));
        assert_eq!(rows(&lines[0]), [80, 0]);
    }

    #[test]
    fn tax_is_taken_out_of_prices_with_it_and_shared_by_rate() {
        let lines = taxed(vec![line("a", 1, 111)], &[60_000, 50_000], TaxRounding::Line, true);
        assert_eq!((lines[0].net, lines[0].tax, lines[0].gross), (100, 11, 111));
        assert_eq!(rows(&lines[0]), [6, 5]);
    }

    #[test]
    fn a_group_is_rounded_once_where_lines_round_each() {
        let each = taxed(three(5), &[100_000], TaxRounding::Line, false);
        assert_eq!(each.iter().map(|line| line.tax).collect::<Vec<_>>(), [1, 1, 1]);
        let group = taxed(three(5), &[100_000], TaxRounding::Group, false);
        assert_eq!(group.iter().map(|line| line.tax).collect::<Vec<_>>(), [1, 1, 0]);
    }

    #[test]
    fn a_groups_tax_holds_both_by_item_and_by_rate() {
        let group = taxed(three(6), &[100_000, 100_000], TaxRounding::Group, true);
        // 18 holds 3: two of the first rate, one of the second; one for each item
        assert_eq!(group.iter().map(rows).collect::<Vec<_>>(), [[1, 0], [1, 0], [0, 1]]);
    }

    #[test]
    fn items_of_different_classes_are_different_groups() {
        let mut lines = three(5);
        lines[1].tax_class = text("none");
        let group = taxed(lines, &[100_000], TaxRounding::Group, false);
        assert_eq!(group.iter().map(rows).collect::<Vec<_>>(), [vec![1], vec![], vec![0]]);
    }

    #[test]
    fn a_tax_of_a_thousand_percent_never_exceeds_the_price_it_is_in() {
        let lines = taxed(three(11), &[10_000_000], TaxRounding::Line, true);
        assert_eq!((lines[0].net, lines[0].tax), (1, 10));
    }
}
