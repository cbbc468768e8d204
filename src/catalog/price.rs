//! What a variant costs at an instant.

use std::collections::BTreeMap;

use crate::ids::{ProductId, VariantId};
use crate::money::{Currency, Money};
use crate::stock::Supply;

/// A variant as it can be bought now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub variant: VariantId,
    pub amount: Money,
    /// The price before; always higher.
    pub compare_at: Option<Money>,
    pub supply: Supply,
}

/// A row of `price` that is valid now, with its variant's stock.
#[derive(Debug, diesel::Queryable)]
pub(super) struct PriceRow {
    pub product: ProductId,
    pub variant: VariantId,
    pub specificity: i64,
    pub amount: i64,
    pub compare_at: Option<i64>,
    pub supply: Option<Supply>,
}

/// Of several valid prices the most specific counts, of equals the lowest.
pub(super) fn choose(rows: Vec<PriceRow>, currency: Currency) -> BTreeMap<ProductId, Vec<Offer>> {
    let mut best: Vec<PriceRow> = Vec::with_capacity(rows.len());
    for row in rows {
        match best.iter_mut().rev().find(|known| known.variant == row.variant) {
            Some(known) if rank(&row) < rank(known) => *known = row,
            Some(_) => {}
            None => best.push(row),
        }
    }
    let mut offers: BTreeMap<ProductId, Vec<Offer>> = BTreeMap::new();
    for row in best {
        offers.entry(row.product).or_default().push(Offer {
            variant: row.variant,
            amount: Money::new(row.amount, currency),
            compare_at: row.compare_at.map(|was| Money::new(was, currency)),
            supply: row.supply.unwrap_or_default(),
        });
    }
    offers
}

fn rank(row: &PriceRow) -> (i64, i64) {
    (-row.specificity, row.amount)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(variant: i64, specificity: i64, amount: i64) -> PriceRow {
        PriceRow {
            product: ProductId(1),
            variant: VariantId(variant),
            specificity,
            amount,
            compare_at: None,
            supply: Some(Supply { available: 1, backorder_limit: 0 }),
        }
    }

    #[test]
    fn the_most_specific_price_counts_then_the_lowest() {
        let idr = Currency::parse("IDR").expect("an ISO 4217 code");
        let rows = vec![row(1, 0, 100), row(1, 1, 90), row(1, 1, 80), row(1, 0, 10), row(2, 0, 5)];
        let offers = choose(rows, idr).remove(&ProductId(1)).expect("both variants are its");
        let amounts: Vec<i64> = offers.iter().map(|offer| offer.amount.minor()).collect();
        assert_eq!(amounts, [80, 5]);
    }
}
