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
