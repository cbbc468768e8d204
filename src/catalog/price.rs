//! What a variant costs at an instant, with how many there are.

use std::collections::BTreeMap;

use crate::ids::{ProductId, VariantId};
use crate::money::{Currency, Money};
use crate::prices::{Prices, Rule};
use crate::stock::Supply;
use crate::values::Quantity;

/// A variant as one of it can be bought now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub variant: VariantId,
    pub amount: Money,
    /// The price before; always higher.
    pub compare_at: Option<Money>,
    /// Of a reduced price: the lowest of the 30 days before, where it is known.
    pub lowest_before: Option<Money>,
    /// From how many on each costs another amount; lists do not know.
    pub tiers: Vec<(Quantity, Money)>,
    pub supply: Supply,
}

/// A rule that applies now, with its variant's stock.
#[derive(Debug, Clone, Copy, diesel::Queryable)]
pub(super) struct PriceRow {
    pub product: ProductId,
    pub variant: VariantId,
    pub rule: Rule,
    pub supply: Option<Supply>,
}

/// The offers of each product from rows that stand together by variant, in their order. What has
/// no price for one is not offered.
pub(super) fn offers(rows: &[PriceRow], currency: Currency) -> BTreeMap<ProductId, Vec<Offer>> {
    let mut offers: BTreeMap<ProductId, Vec<Offer>> = BTreeMap::new();
    for rows in rows.chunk_by(|one, other| one.variant == other.variant) {
        if let Some((product, offer)) = offer(rows, currency) {
            offers.entry(product).or_default().push(offer);
        }
    }
    offers
}

fn offer(rows: &[PriceRow], currency: Currency) -> Option<(ProductId, Offer)> {
    let first = rows.first()?;
    let prices = Prices::new(currency, rows.iter().map(|row| row.rule).collect());
    let price = prices.at(Quantity::ONE)?;
    let offer = Offer {
        variant: first.variant,
        amount: price.amount,
        compare_at: price.compare_at,
        lowest_before: price.lowest_before,
        tiers: prices.tiers(),
        supply: first.supply.unwrap_or_default(),
    };
    Some((first.product, offer))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(variant: i64, specificity: i64, min_quantity: i64, amount: i64) -> PriceRow {
        let rule =
            Rule { specificity, min_quantity, amount, compare_at: None, lowest_before: None };
        let supply = Some(Supply { available: 1, backorder_limit: 0 });
        PriceRow { product: ProductId(1), variant: VariantId(variant), rule, supply }
    }

    #[test]
    fn each_variant_has_the_price_that_counts_for_one() {
        let rows = [row(1, 0, 1, 100), row(1, 1, 1, 90), row(1, 0, 10, 80), row(2, 0, 1, 5)];
        let offers = offers(&rows, Currency::IDR).remove(&ProductId(1)).expect("both are its");
        let amounts: Vec<i64> = offers.iter().map(|offer| offer.amount.minor()).collect();
        assert_eq!(amounts, [90, 5]);
    }

    #[test]
    fn what_is_sold_in_tens_only_has_no_offer_for_one() {
        assert!(offers(&[row(1, 0, 10, 80)], Currency::IDR).is_empty());
    }
}
