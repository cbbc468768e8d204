//! Promotions on the delivery (SPEC, step 7).

use super::cart::{Cart, Discounts};
use super::eligible::Candidate;
use super::order_lane::amounts;
use super::stacking::settle;
use super::{Benefit, Promotion};

/// What the lane takes off the shipping amount, and what remains of it.
///
/// Who may speak is decided by the lines as they stand after the order lane; only the money is the
/// delivery's. So the lane is an order lane over a single row.
pub(super) fn apply<'a>(
    cart: &Cart<'a>,
    amount: i128,
    open: &[Candidate<'a>],
) -> (i128, Discounts<'a>) {
    let eligible = open
        .iter()
        .filter(|candidate| matches!(candidate.promotion.benefit, Benefit::Shipping(_)))
        .filter(|candidate| candidate.is_eligible(cart))
        .map(|candidate| on_the_delivery(candidate.promotion))
        .collect();
    let outcome = settle(&[amount], eligible, amounts);
    let given = outcome.given.into_iter().map(|(promotion, _, amount)| (promotion, amount));
    (outcome.remaining.iter().sum(), given.collect())
}

fn on_the_delivery(promotion: &Promotion) -> Candidate<'_> {
    Candidate { promotion, lines: vec![0] }
}
