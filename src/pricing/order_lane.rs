//! Promotions on the sum of the lines (SPEC, step 4).

use super::cart::Cart;
use super::eligible::Candidate;
use super::round::part;
use super::split::split;
use super::stacking::settle;
use super::{Benefit, SumBenefit};

/// Applies the order lane to the cart.
pub(super) fn apply<'a>(cart: &mut Cart<'a>, open: &[Candidate<'a>]) {
    let eligible = open
        .iter()
        .filter(|candidate| matches!(candidate.promotion.benefit, Benefit::Order(_)))
        .filter(|candidate| candidate.is_eligible(cart))
        .cloned()
        .collect();
    let outcome = settle(&cart.remaining, eligible, amounts);
    cart.take(outcome);
}

/// What a promotion on a sum takes off each of its rows, in proportion to what remains of them.
/// The shipping lane is the same with one row.
pub(super) fn amounts(candidate: &Candidate<'_>, remaining: &[i128]) -> Vec<i128> {
    let rows: Vec<i128> = candidate.lines.iter().map(|row| remaining[*row]).collect();
    let sum: i128 = rows.iter().sum();
    let discount = match candidate.promotion.benefit {
        Benefit::Order(benefit) | Benefit::Shipping(benefit) => off(benefit, sum),
        // The lanes are kept apart by their callers.
        Benefit::Line(_) => 0,
    };
    let cap = candidate.promotion.max_discount.map_or(discount, |cap| cap.wide());
    split(discount.min(cap), &rows)
}

fn off(benefit: SumBenefit, sum: i128) -> i128 {
    match benefit {
        SumBenefit::Percent { ppm } => part(sum, ppm.wide()),
        SumBenefit::Amount { amount } => amount.wide().min(sum),
    }
}
