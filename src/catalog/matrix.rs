//! Which variants a product has for the values of its options, and what has to be done to get there
//! from those that it has.

use std::collections::BTreeMap;

use super::choice::Chosen;
use crate::ids::{OptionTypeId, OptionValueId, VariantId};

/// So many variants are as many as somebody looks after by hand.
pub const MOST: usize = 500;

/// A variant that a product has or had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub id: VariantId,
    pub active: bool,
    pub values: Chosen,
}

/// An option with the values that the product comes in.
pub type Axis = (OptionTypeId, Vec<OptionValueId>);

/// Values in the order of the options.
pub type Combination = Vec<(OptionTypeId, OptionValueId)>;

/// How one becomes the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Every combination in its order, with the variant that has it or had it once; without one it is
    /// added.
    pub combinations: Vec<(Combination, Option<VariantId>)>,
    /// Those that are sold now and no more then.
    pub taken_out: Vec<VariantId>,
}

impl Plan {
    /// What is to be done so that a product comes in every combination of these values. A variant
    /// without a value of a new option has its first one; of those that become alike the first stays.
    pub fn new(known: &[Known], axes: &[Axis]) -> Self {
        let combinations = combinations(axes);
        let mut owners: BTreeMap<&Combination, &Known> = BTreeMap::new();
        let places: Vec<(Combination, &Known)> =
            known.iter().map(|variant| (place(variant, axes), variant)).collect();
        // What is sold comes before what was taken out once.
        let (sold, gone): (Vec<_>, Vec<_>) = places.iter().partition(|(_, known)| known.active);
        for (place, variant) in sold.into_iter().chain(gone) {
            if combinations.contains(place) {
                owners.entry(place).or_insert(variant);
            }
        }
        let stays = |variant: &Known| owners.values().any(|owner| owner.id == variant.id);
        let taken_out = known.iter().filter(|variant| variant.active && !stays(variant));
        Self {
            taken_out: taken_out.map(|variant| variant.id).collect(),
            combinations: combinations
                .iter()
                .map(|it| (it.clone(), owners.get(it).map(|owner| owner.id)))
                .collect(),
        }
    }

    /// How many are added that the product never had.
    pub fn added(&self) -> usize {
        self.combinations.iter().filter(|(_, owner)| owner.is_none()).count()
    }
}

/// How many combinations there would be.
pub fn size(axes: &[Axis]) -> usize {
    axes.iter().fold(1, |size, (_, values)| size.saturating_mul(values.len()))
}

/// Every value of each option with every value of the others, the last option changing first.
fn combinations(axes: &[Axis]) -> Vec<Combination> {
    axes.iter().fold(vec![Vec::new()], |begun, (option, values)| {
        let longer = begun.iter().flat_map(|combination| {
            values.iter().map(|value| [&combination[..], &[(*option, *value)]].concat())
        });
        longer.collect()
    })
}

fn place(variant: &Known, axes: &[Axis]) -> Combination {
    let values = axes.iter().filter_map(|(option, values)| {
        let own = variant.values.get(option).or_else(|| values.first());
        own.map(|value| (*option, *value))
    });
    values.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLOUR: OptionTypeId = OptionTypeId(1);
    const SIZE: OptionTypeId = OptionTypeId(2);

    fn known(id: i64, values: &[(OptionTypeId, i64)]) -> Known {
        let values = values.iter().map(|(option, value)| (*option, OptionValueId(*value)));
        Known { id: VariantId(id), active: true, values: values.collect() }
    }

    fn axis(option: OptionTypeId, values: &[i64]) -> Axis {
        (option, values.iter().copied().map(OptionValueId).collect())
    }

    fn owners(plan: &Plan) -> Vec<Option<i64>> {
        plan.combinations.iter().map(|(_, owner)| owner.map(|id| id.0)).collect()
    }

    #[test]
    fn only_what_is_missing_is_added() {
        let have = [known(1, &[(COLOUR, 10)]), known(2, &[(COLOUR, 11)])];
        let plan = Plan::new(&have, &[axis(COLOUR, &[10, 11, 12])]);
        assert_eq!((owners(&plan), plan.added()), (vec![Some(1), Some(2), None], 1));
        assert!(plan.taken_out.is_empty());
    }

    #[test]
    fn what_there_is_gets_the_first_value_of_a_new_option() {
        let plan = Plan::new(&[known(1, &[])], &[axis(COLOUR, &[10, 11]), axis(SIZE, &[20, 21])]);
        assert_eq!(owners(&plan), [Some(1), None, None, None]);
        let first: Vec<i64> = plan.combinations[0].0.iter().map(|(_, value)| value.0).collect();
        assert_eq!(first, [10, 20]);
    }

    #[test]
    fn a_value_that_goes_takes_its_variants_along_and_brings_them_back() {
        let have = [known(1, &[(COLOUR, 10)]), known(2, &[(COLOUR, 11)])];
        let plan = Plan::new(&have, &[axis(COLOUR, &[10])]);
        assert_eq!((owners(&plan), plan.taken_out), (vec![Some(1)], vec![VariantId(2)]));
        let have = [have[0].clone(), Known { active: false, ..have[1].clone() }];
        let plan = Plan::new(&have, &[axis(COLOUR, &[10, 11])]);
        assert_eq!((owners(&plan), plan.added()), (vec![Some(1), Some(2)], 0));
    }

    #[test]
    fn of_variants_that_become_alike_the_first_stays() {
        let have = [known(1, &[(COLOUR, 10), (SIZE, 20)]), known(2, &[(COLOUR, 10), (SIZE, 21)])];
        let plan = Plan::new(&have, &[axis(COLOUR, &[10])]);
        assert_eq!((owners(&plan), plan.taken_out), (vec![Some(1)], vec![VariantId(2)]));
        assert_eq!(owners(&Plan::new(&have, &[])), [Some(1)]);
    }

    #[test]
    fn the_size_of_a_matrix_is_known_before_it_is_made() {
        assert_eq!(size(&[]), 1);
        assert_eq!(size(&[axis(COLOUR, &[1, 2, 3]), axis(SIZE, &[1, 2])]), 6);
    }
}
