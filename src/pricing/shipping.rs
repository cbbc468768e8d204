//! What the delivery costs, and whether it carries this cart at all (SPEC, step 6).

use super::cart::Cart;
use super::round::ceil;
use super::{
    FreeOver, FreeOverBasis, Line, Rate, Refusal, Shipping, TableBy, Tier, VolumetricDivisor,
    WeightSteps,
};

/// The chosen delivery of a cart that has something to ship.
pub(super) struct Parcel<'a> {
    pub shipping: &'a Shipping,
    pub chargeable_weight: i128,
    /// The rate's amount, 0 when free.
    pub amount: i128,
}

/// What the rules of a delivery look at.
struct Measures {
    units: i128,
    weight: i128,
    subtotal: i128,
}

/// Weighs and prices the chosen delivery. None when none was chosen or nothing is shipped.
///
/// Refuses with `shipping_unavailable`, even where the delivery would be free.
pub(super) fn charge<'a>(cart: &Cart<'a>) -> Result<Option<Parcel<'a>>, Refusal> {
    let shipped: Vec<&Line> =
        cart.request.lines.iter().filter(|line| line.requires_shipping).collect();
    let Some(shipping) = cart.request.shipping.as_ref().filter(|_| !shipped.is_empty()) else {
        return Ok(None);
    };
    let measures = Measures {
        units: shipped.iter().map(|line| line.quantity.wide()).sum(),
        weight: chargeable_weight(&shipped, shipping.volumetric_divisor),
        subtotal: cart.remaining_total(),
    };
    within_limits(shipping, &measures)?;
    let amount = price(&shipping.rate, &measures)?;
    let amount = if is_free(shipping.free_over, cart) { 0 } else { amount };
    Ok(Some(Parcel { shipping, chargeable_weight: measures.weight, amount }))
}

/// Grams: the scale's or the volume's, whichever is more.
fn chargeable_weight(shipped: &[&Line], divisor: Option<VolumetricDivisor>) -> i128 {
    let actual: i128 = shipped.iter().map(|line| line.weight_g.wide() * line.quantity.wide()).sum();
    let Some(divisor) = divisor else {
        return actual;
    };
    let volumetric: i128 = shipped
        .iter()
        .filter_map(|line| line.size_mm.map(|sides| (line, sides)))
        .map(|(line, [l, w, h])| {
            ceil(l.wide() * w.wide() * h.wide() * line.quantity.wide(), divisor.wide())
        })
        .sum();
    actual.max(volumetric)
}

fn within_limits(shipping: &Shipping, measures: &Measures) -> Result<(), Refusal> {
    let Measures { weight, subtotal, .. } = *measures;
    let refuse = |message| Err(Refusal::shipping_unavailable(message));
    if shipping.min_weight_g.is_some_and(|least| weight < least.wide()) {
        refuse("the parcel is too light for this delivery")
    } else if shipping.max_weight_g.is_some_and(|most| weight > most.wide()) {
        refuse("the parcel is too heavy for this delivery")
    } else if shipping.min_subtotal.is_some_and(|least| subtotal < least.wide()) {
        refuse("the cart is too small for this delivery")
    } else if shipping.max_subtotal.is_some_and(|most| subtotal > most.wide()) {
        refuse("the cart is too large for this delivery")
    } else {
        Ok(())
    }
}

fn price(rate: &Rate, measures: &Measures) -> Result<i128, Refusal> {
    match rate {
        Rate::Flat { amount } => Ok(amount.wide()),
        Rate::PerItem { amount } => Ok(amount.wide() * measures.units),
        Rate::WeightSteps(steps) => Ok(by_steps(steps, measures.weight)),
        Rate::Table { by: TableBy::Weight, tiers } => by_table(tiers, measures.weight),
        Rate::Table { by: TableBy::Subtotal, tiers } => by_table(tiers, measures.subtotal),
    }
}

fn by_steps(steps: &WeightSteps, weight: i128) -> i128 {
    let paid = steps.first_g.wide() + steps.tolerance_g.wide();
    let over = (weight - paid).max(0);
    steps.first_amount.wide() + steps.step_amount.wide() * ceil(over, steps.step_g.wide())
}

fn by_table(tiers: &[Tier], value: i128) -> Result<i128, Refusal> {
    let tier = tiers.iter().find(|tier| value <= tier.up_to.wide());
    tier.map(|tier| tier.amount.wide())
        .ok_or_else(|| Refusal::shipping_unavailable("beyond the last tier of this delivery"))
}

fn is_free(free_over: Option<FreeOver>, cart: &Cart<'_>) -> bool {
    free_over.is_some_and(|free| {
        let sum = match free.basis {
            FreeOverBasis::BeforeDiscount => cart.list_total(),
            FreeOverBasis::AfterDiscount => cart.remaining_total(),
        };
        sum >= free.amount.wide()
    })
}
