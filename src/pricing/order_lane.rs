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

#[cfg(test)]
mod tests {
    use crate::pricing::samples::{
        amount_off_order, discounts, line, of, percent_off_lines, percent_off_order, promoted, text,
    };
    use crate::pricing::{Line, Promotion};

    fn off(lines: &[Line], promotions: Vec<Promotion>) -> Vec<i64> {
        discounts(&promoted(lines.to_vec(), promotions))
    }

    #[test]
    fn a_percentage_is_rounded_once_and_shared_out() {
        let lines = [line("a", 1, 5), line("b", 1, 5), line("c", 1, 5)];
        // a tenth of 15 is 1.5, so 2
        assert_eq!(off(&lines, vec![percent_off_order("p", 100_000)]), [1, 1, 0]);
    }

    #[test]
    fn an_amount_never_exceeds_what_is_left() {
        let lines = [line("a", 1, 10), line("b", 1, 30)];
        assert_eq!(off(&lines, vec![amount_off_order("p", 20)]), [5, 15]);
        assert_eq!(off(&lines, vec![amount_off_order("p", 50)]), [10, 30]);
    }

    #[test]
    fn a_cap_of_zero_gives_nothing() {
        let capped = |cap| {
            let mut promotion = percent_off_order("p", 500_000);
            promotion.max_discount = Some(of(cap));
            off(&[line("a", 1, 100)], vec![promotion])
        };
        assert_eq!(
            (capped(49), capped(50), capped(51), capped(0)),
            (vec![49], vec![50], vec![50], vec![0])
        );
    }

    #[test]
    fn shares_follow_what_the_line_lane_left() {
        let mut first = percent_off_lines("a", 1_000_000);
        first.target.skus = vec![text("a")];
        let lines = [line("a", 1, 100), line("b", 1, 100)];
        assert_eq!(off(&lines, vec![first, amount_off_order("b", 30)]), [100, 30]);
    }

    #[test]
    fn only_targeted_lines_pay_for_the_sum_and_get_the_shares() {
        let mut promotion = percent_off_order("p", 100_000);
        promotion.target.skus = vec![text("b")];
        assert_eq!(off(&[line("a", 1, 100), line("b", 1, 100)], vec![promotion]), [0, 10]);
    }
}
