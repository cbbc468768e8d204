//! Which of several prices counts.

use std::cmp::Reverse;

use crate::money::{Currency, Money};
use crate::values::Quantity;

/// A row of `price` that applies to a shopper at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, diesel::Queryable)]
pub struct Rule {
    pub specificity: i64,
    pub min_quantity: i64,
    pub amount: i64,
    pub compare_at: Option<i64>,
    /// Of a reduced price: the lowest of the 30 days before, where it is known.
    pub lowest_before: Option<i64>,
}

impl Rule {
    /// The most specific first, of equals the lowest; of equal amounts the one that claims no
    /// reduction.
    pub(super) fn rank(&self) -> impl Ord + use<> {
        (Reverse(self.specificity), self.amount, self.compare_at)
    }
}

/// The rule that counts for a quantity.
pub fn best(rules: impl IntoIterator<Item = Rule>, quantity: Quantity) -> Option<Rule> {
    let apply = rules.into_iter().filter(|rule| rule.min_quantity <= quantity.get());
    apply.min_by_key(Rule::rank)
}

/// What one costs, when so many are bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Price {
    pub amount: Money,
    /// The price before; always higher.
    pub compare_at: Option<Money>,
    /// Of a reduced price: the lowest of the 30 days before, where it is known.
    pub lowest_before: Option<Money>,
}

/// All that applies to one variant, for one shopper, at one instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prices {
    currency: Currency,
    rules: Vec<Rule>,
}

impl Prices {
    pub fn new(currency: Currency, rules: Vec<Rule>) -> Self {
        Self { currency, rules }
    }

    /// What nobody sells.
    pub fn none(currency: Currency) -> Self {
        Self::new(currency, Vec::new())
    }

    pub fn add(&mut self, rule: Rule) {
        self.rules.push(rule);
    }

    /// The price of each, when so many are bought; `None` when it is not for sale.
    pub fn at(&self, quantity: Quantity) -> Option<Price> {
        best(self.rules.iter().copied(), quantity).map(|rule| self.price(rule))
    }

    /// From how many on each costs another amount than before, in order.
    pub fn tiers(&self) -> Vec<(Quantity, Money)> {
        let mut steps: Vec<Quantity> =
            self.rules.iter().filter_map(|rule| Quantity::new(rule.min_quantity)).collect();
        steps.sort_unstable();
        let mut tiers = Vec::new();
        let mut before = self.at(Quantity::ONE).map(|price| price.amount);
        for step in steps.into_iter().filter(|step| *step > Quantity::ONE) {
            let amount = self.at(step).map(|price| price.amount);
            tiers.extend(amount.filter(|_| amount != before).map(|amount| (step, amount)));
            before = amount;
        }
        tiers
    }

    fn price(&self, rule: Rule) -> Price {
        let money = |minor| Money::new(minor, self.currency);
        Price {
            amount: money(rule.amount),
            compare_at: rule.compare_at.map(money),
            lowest_before: rule.lowest_before.map(money),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(specificity: i64, min_quantity: i64, amount: i64) -> Rule {
        Rule { specificity, min_quantity, amount, compare_at: None, lowest_before: None }
    }

    fn prices(rules: &[Rule]) -> Prices {
        Prices::new(Currency::IDR, rules.to_vec())
    }

    fn at(prices: &Prices, quantity: i64) -> Option<i64> {
        let quantity = Quantity::new(quantity).expect("a quantity");
        prices.at(quantity).map(|price| price.amount.minor())
    }

    #[test]
    fn a_tier_counts_from_exactly_its_quantity_on() {
        let mug = prices(&[rule(0, 1, 100), rule(0, 10, 90), rule(0, 50, 80)]);
        let costs = [1, 9, 10, 11, 49, 50, 9_999].map(|quantity| at(&mug, quantity));
        assert_eq!(costs, [100, 100, 90, 90, 90, 80, 80].map(Some));
    }

    #[test]
    fn a_group_counts_before_a_sale_and_a_sale_before_the_plain_price() {
        assert_eq!(at(&prices(&[rule(0, 1, 70), rule(1, 1, 80), rule(2, 1, 90)]), 1), Some(90));
        assert_eq!(at(&prices(&[rule(0, 1, 70), rule(1, 1, 80)]), 1), Some(80));
        assert_eq!(at(&prices(&[rule(3, 1, 95), rule(2, 1, 90)]), 1), Some(95));
    }

    #[test]
    fn a_specific_rule_that_needs_more_does_not_count_yet() {
        let mug = prices(&[rule(0, 1, 100), rule(2, 10, 60)]);
        assert_eq!((at(&mug, 9), at(&mug, 10)), (Some(100), Some(60)));
    }

    #[test]
    fn of_equally_specific_rules_the_lowest_counts_so_more_is_never_dearer() {
        let mug = prices(&[rule(0, 1, 100), rule(0, 10, 120)]);
        assert_eq!(at(&mug, 10), Some(100));
        assert_eq!(mug.tiers(), []);
    }

    #[test]
    fn nothing_applies_before_the_first_quantity() {
        let mug = prices(&[rule(0, 5, 100)]);
        assert_eq!((at(&mug, 4), at(&mug, 5)), (None, Some(100)));
    }

    #[test]
    fn tiers_are_where_the_price_changes() {
        let mug = prices(&[rule(0, 50, 80), rule(0, 1, 100), rule(0, 10, 90), rule(0, 20, 90)]);
        let tiers: Vec<_> =
            mug.tiers().iter().map(|(from, each)| (from.get(), each.minor())).collect();
        assert_eq!(tiers, [(10, 90), (50, 80)]);
    }
}
