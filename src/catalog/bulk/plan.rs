//! What a change makes of a product, reckoned from how it stands, and what can be put back of it.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

use super::model::{Change, Problem};
use crate::catalog::model::Status;
use crate::catalog::sheet::MOST_TAGS;
use crate::ids::{BrandId, CategoryId, VariantId};
use crate::money::{Currency, Money};
use crate::prices::{NewPrice, PriceMistake};
use crate::pricing;

/// A product as it stands, as far as changes are about it.
#[derive(Debug, Clone)]
pub struct State {
    /// Moves on with every change.
    pub version: i64,
    pub status: Status,
    pub category: Option<CategoryId>,
    pub brand: Option<BrandId>,
    pub tags: BTreeSet<String>,
    /// Those that are sold.
    pub variants: Vec<Variant>,
    /// Of its prices.
    pub currency: Currency,
}

#[derive(Debug, Clone)]
pub struct Variant {
    pub id: VariantId,
    pub sku: String,
    /// What one costs everybody when nothing more special applies, and the price before, in minor
    /// units.
    pub price: Option<(i64, Option<i64>)>,
    pub on_hand: i64,
}

/// A number of each variant.
pub type Numbers = BTreeMap<VariantId, i64>;

/// The part of a product that a change is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Values {
    /// Minor units.
    Prices(Numbers),
    Status(Status),
    Category(Option<CategoryId>),
    Brand(Option<BrandId>),
    Tag {
        tag: String,
        has: bool,
    },
    OnHand(Numbers),
}

/// What becomes of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plan {
    /// It is so already.
    Same,
    To {
        from: Values,
        to: Values,
    },
    Cannot(Problem),
}

impl Change {
    /// What the change makes of a product.
    pub fn plan(&self, state: &State) -> Plan {
        let wanted = match self {
            Self::Percent(ppm) => state.priced(|amount| percent(amount, *ppm)),
            Self::Amount(by) => state.priced(|amount| amount.checked_add(*by)),
            Self::Stock { by, .. } => Ok(Values::OnHand(state.moved(|_| *by))),
            Self::Status(status) => Ok(Values::Status(*status)),
            Self::Category(to) => Ok(Values::Category(*to)),
            Self::Brand(to) => Ok(Values::Brand(*to)),
            Self::AddTag(tag) => Ok(Values::Tag { tag: tag.clone(), has: true }),
            Self::TakeTag(tag) => Ok(Values::Tag { tag: tag.clone(), has: false }),
        };
        wanted.map_or_else(Plan::Cannot, |to| state.to(to))
    }
}

/// A price (minor units) and so much of it more or less, by the rule of docs/pricing.md.
fn percent(amount: i64, ppm: i64) -> Option<i64> {
    i64::try_from(pricing::part(amount.into(), pricing::WHOLE + i128::from(ppm))).ok()
}

impl State {
    /// Puts back what a change has made `to` of `from`, unless it is something else by now. What lies
    /// on the shelf moves by itself: there as many are put back as were taken.
    pub(super) fn undo(&self, (from, to): (&Values, &Values)) -> Plan {
        if let (Values::OnHand(before), Values::OnHand(after)) = (from, to) {
            let of = |numbers: &Numbers, id| numbers.get(&id).copied().unwrap_or_default();
            return self.to(Values::OnHand(self.moved(|id| of(before, id) - of(after, id))));
        }
        match self.now(to) == *to {
            true => self.to(from.clone()),
            false => Plan::Cannot(Problem::Since),
        }
    }

    fn to(&self, to: Values) -> Plan {
        let from = self.now(&to);
        match self.check(&to) {
            _ if from == to => Plan::Same,
            Ok(()) => Plan::To { from, to },
            Err(problem) => Plan::Cannot(problem),
        }
    }

    /// What stands where these values would.
    fn now(&self, of: &Values) -> Values {
        match of {
            Values::Prices(prices) => {
                let known = self.variants.iter().filter(|it| prices.contains_key(&it.id));
                let now = known.filter_map(|it| it.price.map(|(amount, _)| (it.id, amount)));
                Values::Prices(now.collect())
            }
            Values::Status(_) => Values::Status(self.status),
            Values::Category(_) => Values::Category(self.category),
            Values::Brand(_) => Values::Brand(self.brand),
            Values::Tag { tag, .. } => {
                Values::Tag { tag: tag.clone(), has: self.tags.contains(tag) }
            }
            Values::OnHand(_) => Values::OnHand(self.moved(|_| 0)),
        }
    }

    /// # Errors
    /// Why it cannot be so.
    fn check(&self, wanted: &Values) -> Result<(), Problem> {
        match wanted {
            Values::Prices(prices) => {
                self.variants.iter().try_for_each(|variant| self.check_price(variant, prices))
            }
            Values::OnHand(counts) if counts.values().any(|count| *count < 0) => {
                Err(Problem::TooFew)
            }
            Values::Tag { has: true, .. } if self.tags.len() >= MOST_TAGS => {
                Err(Problem::TooManyTags)
            }
            _ => Ok(()),
        }
    }

    fn check_price(&self, variant: &Variant, prices: &Numbers) -> Result<(), Problem> {
        let Some((amount, (_, before))) = prices.get(&variant.id).zip(variant.price) else {
            return Ok(());
        };
        let money = |minor| Money::new(minor, self.currency);
        let price = NewPrice { compare_at: before.map(money), ..NewPrice::plain(money(*amount)) };
        price.check().map_err(|mistake| match mistake {
            PriceMistake::CompareAtNotHigher => Problem::AboveBefore,
            PriceMistake::OutOfRange | PriceMistake::EndsBeforeItBegins => Problem::OutOfRange,
        })
    }

    /// The prices that this makes of those that there are.
    fn priced(&self, price: impl Fn(i64) -> Option<i64>) -> Result<Values, Problem> {
        let mut prices = Numbers::new();
        for variant in &self.variants {
            let Some((amount, _)) = variant.price else { continue };
            prices.insert(variant.id, price(amount).ok_or(Problem::OutOfRange)?);
        }
        if prices.is_empty() { Err(Problem::NoPrice) } else { Ok(Values::Prices(prices)) }
    }

    /// What would lie there after so many more of each variant.
    fn moved(&self, by: impl Fn(VariantId) -> i64) -> Numbers {
        self.variants.iter().map(|it| (it.id, it.on_hand.saturating_add(by(it.id)))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn state(prices: &[(i64, Option<i64>)]) -> State {
        let variants = (1..).zip(prices).map(|(id, price)| Variant {
            id: VariantId(id),
            sku: format!("CUP-{id}"),
            price: Some(*price),
            on_hand: 3,
        });
        State {
            version: 1,
            status: Status::Active,
            category: None,
            brand: None,
            tags: BTreeSet::new(),
            variants: variants.collect(),
            currency: Currency::IDR,
        }
    }

    fn to(plan: Plan) -> Vec<i64> {
        match plan {
            Plan::To { to: Values::Prices(numbers) | Values::OnHand(numbers), .. } => {
                numbers.into_values().collect()
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn prices_are_rounded_half_up_to_the_smallest_coin() {
        let prices = |change: Change, of: &[(i64, Option<i64>)]| to(change.plan(&state(of)));
        assert_eq!(prices(Change::Percent(100_000), &[(105, None), (104, None)]), [116, 114]);
        assert_eq!(prices(Change::Percent(-125_000), &[(100, None), (4, None)]), [88, 4]);
        assert_eq!(prices(Change::Amount(-30), &[(100, None)]), [70]);
    }

    #[test]
    fn a_price_that_cannot_be_leaves_its_product_alone() {
        let plan = |change: Change, of: &[(i64, Option<i64>)]| change.plan(&state(of));
        let cannot = Plan::Cannot;
        assert_eq!(plan(Change::Amount(-101), &[(100, None)]), cannot(Problem::OutOfRange));
        assert_eq!(plan(Change::Amount(i64::MAX), &[(100, None)]), cannot(Problem::OutOfRange));
        assert_eq!(plan(Change::Amount(20), &[(100, Some(120))]), cannot(Problem::AboveBefore));
        assert_eq!(plan(Change::Percent(10_000), &[]), cannot(Problem::NoPrice));
        assert_eq!(plan(Change::Percent(1_000), &[(1, None)]), Plan::Same);
    }

    #[test]
    fn what_was_changed_since_is_not_put_back() {
        let (from, to) =
            (Numbers::from([(VariantId(1), 100)]), Numbers::from([(VariantId(1), 110)]));
        let (from, to) = (Values::Prices(from), Values::Prices(to));
        let undone = |now| state(&[now]).undo((&from, &to));
        let back = Plan::To { from: to.clone(), to: from.clone() };
        assert_eq!(undone((110, None)), back);
        assert_eq!(undone((111, None)), Plan::Cannot(Problem::Since));
        let up = (Values::Prices(Numbers::from([(VariantId(1), 120)])), to.clone());
        let struck_since = state(&[(110, Some(115))]).undo((&up.0, &up.1));
        assert_eq!(struck_since, Plan::Cannot(Problem::AboveBefore));
    }

    #[test]
    fn stock_is_put_back_by_as_many_as_were_taken() {
        let change = Change::Stock { by: -2, reason: "broken".into() };
        let mut shelf = state(&[(100, None)]);
        let Plan::To { from, to: after } = change.plan(&shelf) else { panic!("it changes") };
        // Four have come meanwhile.
        shelf.variants[0].on_hand = 1 + 4;
        assert_eq!(to(shelf.undo((&from, &after))), [7]);
        let too_many = Change::Stock { by: -6, reason: String::new() };
        assert_eq!(too_many.plan(&shelf), Plan::Cannot(Problem::TooFew));
    }

    #[test]
    fn a_product_has_so_many_tags_and_no_more() {
        let mut full = state(&[]);
        full.tags = (0..MOST_TAGS).map(|n| format!("tag-{n}")).collect();
        let add = |tag: &str| Change::AddTag(tag.to_owned()).plan(&full);
        assert_eq!((add("new"), add("tag-1")), (Plan::Cannot(Problem::TooManyTags), Plan::Same));
    }

    proptest! {
        #[test]
        fn no_price_falls_below_nothing(
            amount in 0_i64..=1_000_000_000_000,
            ppm in -1_000_000_i64..=10_000_000,
            by in -1_000_000_000_000_i64..=1_000_000_000_000,
        ) {
            for change in [Change::Percent(ppm), Change::Amount(by)] {
                if let Plan::To { to: Values::Prices(prices), .. } = change.plan(&state(&[(amount, None)])) {
                    prop_assert!(prices.values().all(|price| (0..=1_000_000_000_000).contains(price)));
                }
            }
        }
    }
}
