//! Promotions on each line (SPEC, step 3).

use std::cmp::Reverse;

use super::cart::Cart;
use super::eligible::Candidate;
use super::round::{part, round};
use super::split::split;
use super::stacking::settle;
use super::{Amount, Benefit, Line, LineBenefit, Quantity};

/// Applies the line lane to the cart.
pub(super) fn apply<'a>(cart: &mut Cart<'a>, open: &[Candidate<'a>]) {
    let eligible = open
        .iter()
        .filter(|candidate| matches!(candidate.promotion.benefit, Benefit::Line(_)))
        .filter(|candidate| candidate.is_eligible(cart))
        .cloned()
        .collect();
    let lines = &cart.request.lines;
    let outcome = settle(&cart.remaining, eligible, |candidate, remaining| {
        let amounts = amounts(candidate, lines, remaining);
        capped(amounts, candidate.promotion.max_discount)
    });
    cart.take(outcome);
}

/// What the promotion takes off each of its lines, before its cap. Never more than remains.
fn amounts(candidate: &Candidate<'_>, lines: &[Line], remaining: &[i128]) -> Vec<i128> {
    let Benefit::Line(benefit) = candidate.promotion.benefit else {
        return Vec::new();
    };
    let each = |amount: &dyn Fn(&Line, i128) -> i128| {
        let targeted = candidate.lines.iter();
        targeted.map(|line| amount(&lines[*line], remaining[*line])).collect()
    };
    match benefit {
        LineBenefit::Percent { ppm } => each(&|_, left| part(left, ppm.wide())),
        LineBenefit::AmountPerUnit { amount } => each(&|line, left| times(amount, line).min(left)),
        LineBenefit::FixedPrice { amount } => {
            each(&|line, left| (left - times(amount, line)).max(0))
        }
        LineBenefit::BuyXGetY { buy, get, ppm } => {
            let rewarded = rewarded(candidate, lines, Groups { buy, get });
            let rewards = candidate.lines.iter().zip(rewarded);
            rewards
                .map(|(line, units)| {
                    let worth = round(remaining[*line] * units, lines[*line].quantity.wide());
                    part(worth, ppm.wide())
                })
                .collect()
        }
    }
}

fn times(amount: Amount, line: &Line) -> i128 {
    amount.wide() * line.quantity.wide()
}

/// If the promotion's sum is over its cap, the cap is shared out instead.
fn capped(amounts: Vec<i128>, max_discount: Option<Amount>) -> Vec<i128> {
    match max_discount {
        Some(cap) if amounts.iter().sum::<i128>() > cap.wide() => split(cap.wide(), &amounts),
        _ => amounts,
    }
}

/// Units in a row, cut into groups of `buy + get`.
struct Groups {
    buy: Quantity,
    get: Quantity,
}

/// How many units of each targeted line are rewarded, when all are laid in a row, dearest first.
fn rewarded(candidate: &Candidate<'_>, lines: &[Line], groups: Groups) -> Vec<i128> {
    let mut row: Vec<usize> = (0..candidate.lines.len()).collect();
    // A stable sort: units of one price stay in the order of the lines.
    row.sort_by_key(|at| Reverse(lines[candidate.lines[*at]].unit_price));
    let complete = groups.complete(candidate.lines.iter().map(|line| lines[*line].quantity));
    let mut rewarded = vec![0; row.len()];
    let mut laid = 0;
    for at in row {
        let end = laid + lines[candidate.lines[at]].quantity.wide();
        rewarded[at] = groups.rewarded(end.min(complete)) - groups.rewarded(laid.min(complete));
        laid = end;
    }
    rewarded
}

impl Groups {
    fn size(&self) -> i128 {
        self.buy.wide() + self.get.wide()
    }

    /// How many units stand in complete groups.
    fn complete(&self, quantities: impl Iterator<Item = Quantity>) -> i128 {
        let units: i128 = quantities.map(Quantity::wide).sum();
        units / self.size() * self.size()
    }

    /// How many of the first `units` are rewarded: in each group the last `get`.
    fn rewarded(&self, units: i128) -> i128 {
        let (groups, begun) = (units / self.size(), units % self.size());
        groups * self.get.wide() + (begun - self.buy.wide()).max(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pricing::samples::{
        bill, discounts, given, line, of, on_lines, percent_off_lines, promoted,
    };

    fn on(lines: &[Line], benefit: LineBenefit) -> Vec<i64> {
        discounts(&promoted(lines.to_vec(), vec![on_lines("p", benefit)]))
    }

    fn buy_get(lines: &[Line], buy: i64, get: i64, ppm: i64) -> Vec<i64> {
        on(lines, LineBenefit::BuyXGetY { buy: of(buy), get: of(get), ppm: of(ppm) })
    }

    #[test]
    fn a_percentage_is_rounded_on_each_line() {
        let lines = [line("a", 1, 5), line("b", 3, 5)];
        assert_eq!(on(&lines, LineBenefit::Percent { ppm: of(100_000) }), [1, 2]);
    }

    #[test]
    fn so_much_off_each_unit_never_exceeds_the_line() {
        let lines = [line("a", 3, 50), line("b", 3, 10)];
        assert_eq!(on(&lines, LineBenefit::AmountPerUnit { amount: of(20) }), [60, 30]);
    }

    #[test]
    fn a_fixed_price_makes_nothing_dearer() {
        let lines = [line("a", 3, 50), line("b", 3, 10)];
        assert_eq!(on(&lines, LineBenefit::FixedPrice { amount: of(20) }), [90, 0]);
    }

    #[test]
    fn the_cheapest_of_each_complete_group_is_rewarded() {
        let lines = [line("cheap", 2, 10), line("dear", 3, 30), line("middle", 2, 20)];
        // dear dear DEAR | middle middle CHEAP | cheap
        assert_eq!(buy_get(&lines, 2, 1, 1_000_000), [10, 30, 0]);
        assert_eq!(buy_get(&lines, 2, 1, 500_000), [5, 15, 0]);
        // dear dear dear middle MIDDLE CHEAP CHEAP
        assert_eq!(buy_get(&lines, 4, 3, 1_000_000), [20, 0, 20]);
        assert_eq!(buy_get(&lines, 5, 3, 1_000_000), [0, 0, 0]);
    }

    #[test]
    fn units_of_one_price_stand_in_the_order_of_the_lines() {
        let lines = [line("first", 1, 10), line("second", 1, 10)];
        assert_eq!(buy_get(&lines, 1, 1, 1_000_000), [0, 10]);
    }

    #[test]
    fn millions_of_units_are_counted_and_not_laid_out() {
        let lines = [line("a", 1_000_000, 2), line("b", 1_000_000, 1)];
        assert_eq!(buy_get(&lines, 1, 1, 1_000_000), [1_000_000, 500_000]);
        assert_eq!(buy_get(&lines, 1_000_000, 1_000_000, 1_000_000), [0, 1_000_000]);
    }

    #[test]
    fn a_reward_is_of_what_remains_rounded_twice() {
        let first = percent_off_lines("a", 100_000);
        let half = LineBenefit::BuyXGetY { buy: of(2), get: of(1), ppm: of(500_000) };
        let request = promoted(vec![line("x", 3, 11)], vec![first, on_lines("b", half)]);
        // 33 - 3 = 30, a third is 10, half of it 5
        assert_eq!(given(&bill(&request).lines[0]), [("a", 3), ("b", 5)]);
    }

    #[test]
    fn a_cap_is_shared_as_the_discounts_stand_to_each_other() {
        let capped = |cap| {
            let mut promotion = percent_off_lines("p", 100_000);
            promotion.max_discount = Some(of(cap));
            discounts(&promoted(vec![line("a", 1, 100), line("b", 2, 100)], vec![promotion]))
        };
        assert_eq!(capped(30), [10, 20]);
        assert_eq!(capped(29), [10, 19]);
        assert_eq!(capped(0), [0, 0]);
    }
}
