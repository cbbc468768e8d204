//! The chosen delivery as the request names it (SPEC, Request and step 6).

use serde::Serialize;

use super::{Amount, Grams, StepGrams, Text, UpTo, VolumetricDivisor, WeightLimit};

/// The chosen delivery method with its price rule and its limits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shipping {
    /// As the bill names it.
    pub id: Text,
    /// Which tax rates apply.
    pub tax_class: Text,
    /// Cubic millimetres that count as a gram; none when only the scale counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub volumetric_divisor: Option<VolumetricDivisor>,
    /// What it costs.
    pub rate: Rate,
    /// From when on it costs nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub free_over: Option<FreeOver>,
    /// Lighter parcels are not taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_weight_g: Option<WeightLimit>,
    /// Heavier parcels are not taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_weight_g: Option<WeightLimit>,
    /// Smaller carts are not taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_subtotal: Option<Amount>,
    /// Larger carts are not taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_subtotal: Option<Amount>,
}

impl Shipping {
    /// A method without limits that weighs by the scale alone.
    pub fn new(id: Text, tax_class: Text, rate: Rate) -> Self {
        Self {
            id,
            tax_class,
            volumetric_divisor: None,
            rate,
            free_over: None,
            min_weight_g: None,
            max_weight_g: None,
            min_subtotal: None,
            max_subtotal: None,
        }
    }
}

/// How a delivery is priced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Rate {
    /// The same for every cart.
    Flat { amount: Amount },
    /// For each unit that is shipped.
    PerItem { amount: Amount },
    /// A first weight, then steps.
    WeightSteps(WeightSteps),
    /// By the first tier that holds the value.
    Table { by: TableBy, tiers: Vec<Tier> },
}

/// As couriers price: the first kilogram, then each begun kilogram, with a tolerance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct WeightSteps {
    /// Weight that `first_amount` pays for.
    pub first_g: Grams,
    /// The price up to `first_g`.
    pub first_amount: Amount,
    /// Weight of a further step.
    pub step_g: StepGrams,
    /// The price of each begun step.
    pub step_amount: Amount,
    /// Weight that is let pass before steps are counted.
    pub tolerance_g: Grams,
}

/// What a table's tiers measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TableBy {
    /// Chargeable grams.
    Weight,
    /// What remains of all lines, in minor units.
    Subtotal,
}

/// One row of a table. 1 to 1,000 of them, strictly ascending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Tier {
    /// The last value it holds.
    pub up_to: UpTo,
    /// Its price.
    pub amount: Amount,
}

/// A delivery that is free from some amount on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct FreeOver {
    /// Free when the lines come to this much or more.
    pub amount: Amount,
    /// Before or after discounts.
    pub basis: FreeOverBasis,
}

/// Which sum of the lines decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FreeOverBasis {
    /// Of list amounts.
    BeforeDiscount,
    /// Of what remains.
    AfterDiscount,
}
