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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pricing::samples::{amount_off_order, bill, line, of, refused, request, text};
    use crate::pricing::{BillShipping, RefusalCode, Request};

    /// Two units of 50 and 100 g that are shipped, and one of 1,000 that is not.
    fn cart(rate: Rate) -> Request {
        let mut shipped = line("a", 2, 50);
        shipped.weight_g = of(100);
        let mut voucher = line("b", 1, 1_000);
        (voucher.requires_shipping, voucher.weight_g) = (false, of(9_999));
        let mut request = request(vec![shipped, voucher]);
        request.shipping = Some(Shipping::new(text("post"), text("none"), rate));
        request
    }

    fn flat() -> Rate {
        Rate::Flat { amount: of(7) }
    }

    fn shipping(request: &Request) -> BillShipping {
        bill(request).shipping.expect("the test ships something")
    }

    fn with(rate: Rate, change: impl Fn(&mut Shipping)) -> Request {
        let mut request = cart(rate);
        request.shipping.iter_mut().for_each(change);
        request
    }

    fn is_unavailable(request: &Request) -> bool {
        refused(request) == (RefusalCode::ShippingUnavailable, "shipping".to_owned())
    }

    #[test]
    fn nothing_to_ship_has_no_delivery_and_none_is_unavailable() {
        let mut digital = with(flat(), |method| method.max_weight_g = Some(of(0)));
        assert!(is_unavailable(&digital));
        digital.lines[0].requires_shipping = false;
        assert_eq!(bill(&digital).shipping, None);
    }

    #[test]
    fn only_what_is_shipped_is_weighed_and_counted() {
        let row = shipping(&cart(Rate::PerItem { amount: of(9) }));
        assert_eq!((row.id.as_str(), row.list, row.chargeable_weight_g), ("post", 18, 200));
        assert_eq!(shipping(&cart(flat())).list, 7);
    }

    #[test]
    fn the_larger_of_scale_and_volume_is_charged() {
        let weight = |sides: [i64; 3], divisor: i64| {
            let mut request = with(flat(), |it| it.volumetric_divisor = Some(of(divisor)));
            request.lines[0].size_mm = Some(sides.map(of));
            request.lines.push(line("c", 1, 1));
            request.lines[2].size_mm = Some([of(1), of(1), of(1)]);
            shipping(&request).chargeable_weight_g
        };
        // 2 * 100 * 100 * 100 / 6000 = 333.3, up to 334; and the small thing's begun gram
        assert_eq!(weight([100, 100, 100], 6_000), 335);
        assert_eq!(weight([10, 100, 100], 6_000), 200);
        assert_eq!(weight([10, 20, 30], 1_000_000), 200);
    }

    #[test]
    fn without_divisor_or_size_only_the_scale_counts() {
        let mut request = cart(flat());
        request.lines[0].size_mm = Some([of(1_000), of(1_000), of(1_000)]);
        assert_eq!(shipping(&request).chargeable_weight_g, 200);
    }

    #[test]
    fn steps_begin_after_the_first_weight_and_its_tolerance() {
        let price = |first_g: i64, tolerance_g: i64| {
            let steps = WeightSteps {
                first_g: of(first_g),
                first_amount: of(1_000),
                step_g: of(50),
                step_amount: of(10),
                tolerance_g: of(tolerance_g),
            };
            shipping(&cart(Rate::WeightSteps(steps))).list
        };
        assert_eq!(price(170, 30), 1_000);
        assert_eq!(price(170, 29), 1_010);
        assert_eq!(price(150, 0), 1_010);
        assert_eq!(price(149, 0), 1_020);
        assert_eq!(price(900, 0), 1_000);
    }

    #[test]
    fn the_first_tier_that_holds_the_value_is_paid() {
        let table = |by, ends: [i64; 2]| {
            let [first, last] = ends.map(of);
            let tiers =
                vec![Tier { up_to: first, amount: of(1) }, Tier { up_to: last, amount: of(2) }];
            cart(Rate::Table { by, tiers })
        };
        assert_eq!(shipping(&table(TableBy::Weight, [200, 201])).list, 1);
        assert_eq!(shipping(&table(TableBy::Weight, [199, 200])).list, 2);
        assert!(is_unavailable(&table(TableBy::Weight, [198, 199])));
        assert_eq!(shipping(&table(TableBy::Subtotal, [1_099, 1_100])).list, 2);
        let mut cheaper = table(TableBy::Subtotal, [1_099, 1_100]);
        cheaper.promotions = vec![amount_off_order("p", 1)];
        assert_eq!(shipping(&cheaper).list, 1);
    }

    #[test]
    fn limits_are_inclusive() {
        let limits = |weight: [i64; 2], subtotal: [i64; 2]| {
            with(flat(), |method| {
                (method.min_weight_g, method.max_weight_g) =
                    (Some(of(weight[0])), Some(of(weight[1])));
                (method.min_subtotal, method.max_subtotal) =
                    (Some(of(subtotal[0])), Some(of(subtotal[1])));
            })
        };
        assert_eq!(shipping(&limits([200, 200], [1_100, 1_100])).list, 7);
        assert!(is_unavailable(&limits([201, 300], [0, 9_999])));
        assert!(is_unavailable(&limits([100, 199], [0, 9_999])));
        assert!(is_unavailable(&limits([0, 999], [1_101, 9_999])));
        assert!(is_unavailable(&limits([0, 999], [0, 1_099])));
    }

    #[test]
    fn free_delivery_says_before_or_after_discount() {
        let price = |basis, amount: i64| {
            let free_over = FreeOver { amount: of(amount), basis };
            let mut request = with(flat(), |method| method.free_over = Some(free_over));
            request.promotions = vec![amount_off_order("p", 100)];
            shipping(&request).list
        };
        assert_eq!(price(FreeOverBasis::BeforeDiscount, 1_100), 0);
        assert_eq!(price(FreeOverBasis::BeforeDiscount, 1_101), 7);
        assert_eq!(price(FreeOverBasis::AfterDiscount, 1_000), 0);
        assert_eq!(price(FreeOverBasis::AfterDiscount, 1_001), 7);
    }

    #[test]
    fn a_free_delivery_can_still_be_unavailable() {
        let free_over = FreeOver { amount: of(0), basis: FreeOverBasis::BeforeDiscount };
        assert!(is_unavailable(&with(flat(), |method| {
            (method.free_over, method.max_weight_g) = (Some(free_over), Some(of(199)));
        })));
    }
}
