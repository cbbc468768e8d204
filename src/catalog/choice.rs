//! Choosing a variant by its options, without scripts: what is chosen, what could be, and what
//! each choice would cost.

use std::collections::BTreeMap;

use super::price::Offer;
use super::problem::AddProblem;
use super::queries::VariantRow;
use crate::ids::{MediaId, OptionTypeId, OptionValueId, VariantId};
use crate::money::Money;
use crate::web::View;

/// A product's variants with their option values and offers.
pub struct Range {
    pub variants: Vec<VariantRow>,
    pub options: Vec<OptionTypeId>,
    values: BTreeMap<VariantId, Vec<(OptionTypeId, OptionValueId)>>,
    offers: BTreeMap<VariantId, Offer>,
}

/// One value of every option, as far as they are chosen.
pub type Chosen = BTreeMap<OptionTypeId, OptionValueId>;

/// What choosing a value would lead to, everything else being as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Prospect {
    Available {
        amount: Money,
    },
    SoldOut,
    /// No variant has these values together.
    Impossible,
}

impl Range {
    /// `values`: those of the product's first option first.
    pub fn new(
        variants: Vec<VariantRow>,
        values: Vec<(VariantId, OptionTypeId, OptionValueId)>,
        offers: Vec<Offer>,
    ) -> Self {
        let mut options: Vec<OptionTypeId> = Vec::new();
        let mut by_variant: BTreeMap<VariantId, Vec<_>> = BTreeMap::new();
        for (variant, option, value) in values {
            if !options.contains(&option) {
                options.push(option);
            }
            by_variant.entry(variant).or_default().push((option, value));
        }
        let values = by_variant;
        let offers = offers.into_iter().map(|offer| (offer.variant, offer)).collect();
        Self { variants, options, values, offers }
    }

    pub fn offers(&self) -> Vec<Offer> {
        self.offers.values().cloned().collect()
    }

    pub fn offer(&self, variant: VariantId) -> Option<&Offer> {
        self.offers.get(&variant)
    }

    /// The values of an option that some variant has, in the order of the variants.
    pub fn values_of(&self, option: OptionTypeId) -> Vec<OptionValueId> {
        let mut values: Vec<OptionValueId> = Vec::new();
        let of_variants = self.variants.iter().filter_map(|variant| self.values.get(&variant.id));
        for (_, value) in of_variants.flatten().filter(|(owner, _)| *owner == option) {
            if !values.contains(value) {
                values.push(*value);
            }
        }
        values
    }

    /// The variant that has exactly these values.
    pub fn find(&self, chosen: &Chosen) -> Option<&VariantRow> {
        self.variants.iter().find(|variant| self.chosen_by(variant.id) == *chosen)
    }

    pub fn find_sku(&self, sku: &str) -> Option<&VariantRow> {
        self.variants.iter().find(|variant| variant.sku == sku)
    }

    /// The values of a variant.
    pub fn chosen_by(&self, variant: VariantId) -> Chosen {
        self.values.get(&variant).into_iter().flatten().copied().collect()
    }

    /// What a page shows before anybody has chosen: the first variant that can be had, else the
    /// first.
    pub fn first(&self) -> Option<&VariantRow> {
        let mut priced = self.variants.iter().filter(|v| self.offers.contains_key(&v.id));
        let can_be_had = |variant: &&VariantRow| {
            self.offer(variant.id).is_some_and(|offer| !offer.supply.is_sold_out())
        };
        priced.clone().find(can_be_had).or_else(|| priced.next())
    }

    /// Where choosing `value` would lead from `chosen`.
    pub fn prospect(
        &self,
        chosen: &Chosen,
        option: OptionTypeId,
        value: OptionValueId,
    ) -> Prospect {
        let mut other = chosen.clone();
        other.insert(option, value);
        match self.find(&other).and_then(|variant| self.offer(variant.id)) {
            Some(offer) if !offer.supply.is_sold_out() => {
                Prospect::Available { amount: offer.amount }
            }
            Some(_) => Prospect::SoldOut,
            None => Prospect::Impossible,
        }
    }

    /// The picture of the first variant with a value.
    pub fn picture_of(&self, value: OptionValueId) -> Option<MediaId> {
        let has = |variant: &&VariantRow| {
            self.chosen_by(variant.id).values().any(|known| *known == value)
        };
        self.variants.iter().filter(has).find_map(|variant| variant.media)
    }

    /// The choice that fields named like options make. What is no option is not looked at.
    ///
    /// # Errors
    /// `ChoiceMissing` with the codes of the options that say nothing.
    pub fn read<'a>(
        &self,
        view: &View,
        field: impl Fn(&str) -> Option<&'a str>,
    ) -> Result<Chosen, AddProblem> {
        let vocabulary = &view.frame.vocabulary;
        let mut chosen = Chosen::new();
        let mut missing = Vec::new();
        for option in &self.options {
            let Some(term) = vocabulary.options.get(option) else { continue };
            let code = field(&term.code).map(|code| vec![code.to_owned()]).unwrap_or_default();
            match vocabulary.option_values_of(*option, &code).first() {
                Some(value) => {
                    chosen.insert(*option, *value);
                }
                None => missing.push(term.code.clone()),
            }
        }
        match missing.is_empty() {
            true => Ok(chosen),
            false => Err(AddProblem::ChoiceMissing { options: missing }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;
    use crate::stock::Supply;

    const COLOUR: OptionTypeId = OptionTypeId(1);
    const SIZE: OptionTypeId = OptionTypeId(2);
    const CLAY: OptionValueId = OptionValueId(10);
    const OAT: OptionValueId = OptionValueId(11);
    const SMALL: OptionValueId = OptionValueId(20);
    const LARGE: OptionValueId = OptionValueId(21);

    /// Clay in both sizes, the large one sold out; oat only small.
    fn mugs() -> Range {
        let idr = Currency::parse("IDR").expect("an ISO 4217 code");
        let mugs = [(1, CLAY, SMALL, 5), (2, CLAY, LARGE, 0), (3, OAT, SMALL, 2)];
        let row = |id| VariantRow {
            id: VariantId(id),
            sku: format!("MUG-{id}"),
            media: None,
            weight_grams: 360,
        };
        let offer = |id, on_hand| Offer {
            variant: VariantId(id),
            amount: Money::new(100 * id, idr),
            compare_at: None,
            lowest_before: None,
            tiers: Vec::new(),
            supply: Supply { available: on_hand, backorder_limit: 0 },
        };
        let values = mugs.iter().flat_map(|(id, colour, size, _)| {
            [(VariantId(*id), COLOUR, *colour), (VariantId(*id), SIZE, *size)]
        });
        Range::new(
            mugs.map(|(id, ..)| row(id)).to_vec(),
            values.collect(),
            mugs.map(|(id, _, _, on_hand)| offer(id, on_hand)).to_vec(),
        )
    }

    #[test]
    fn a_choice_says_what_it_would_lead_to() {
        let mugs = mugs();
        let chosen = Chosen::from([(COLOUR, CLAY), (SIZE, SMALL)]);
        assert_eq!(mugs.prospect(&chosen, SIZE, LARGE), Prospect::SoldOut);
        assert!(matches!(mugs.prospect(&chosen, COLOUR, OAT), Prospect::Available { .. }));
        let large = Chosen::from([(COLOUR, CLAY), (SIZE, LARGE)]);
        assert_eq!(mugs.prospect(&large, COLOUR, OAT), Prospect::Impossible);
    }

    #[test]
    fn a_combination_that_does_not_exist_is_no_variant() {
        let mugs = mugs();
        assert_eq!(mugs.find(&Chosen::from([(COLOUR, OAT), (SIZE, LARGE)])), None);
        assert_eq!(mugs.find(&Chosen::from([(COLOUR, OAT)])), None);
        let found = mugs.find(&Chosen::from([(COLOUR, OAT), (SIZE, SMALL)]));
        assert_eq!(found.map(|variant| variant.id), Some(VariantId(3)));
    }
}
