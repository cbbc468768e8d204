//! Which promotions of a lane apply together (SPEC, step 5).

use super::Promotion;
use super::eligible::Candidate;

/// What a lane comes to.
pub(super) struct Outcome<'a> {
    /// What is left of each row.
    pub remaining: Vec<i128>,
    /// Which promotion takes how much off which row, in the order of applying; none of zero.
    pub given: Vec<(&'a Promotion, usize, i128)>,
    total: i128,
}

/// The outcome with the largest discount: all non-exclusive promotions one after the other, or one
/// exclusive promotion alone. On a tie the former, then the earlier exclusive one.
///
/// `eligible` is in the order of applying. `amounts` says what a promotion takes off each of its
/// rows when so much remains of all rows.
pub(super) fn settle<'a>(
    rows: &[i128],
    eligible: Vec<Candidate<'a>>,
    amounts: impl Fn(&Candidate<'a>, &[i128]) -> Vec<i128>,
) -> Outcome<'a> {
    let (alone, together): (Vec<_>, Vec<_>) =
        eligible.into_iter().partition(|candidate| candidate.promotion.exclusive);
    let mut best = apply(rows, &together, &amounts);
    for candidate in &alone {
        let outcome = apply(rows, std::slice::from_ref(candidate), &amounts);
        if outcome.total > best.total {
            best = outcome;
        }
    }
    best
}

fn apply<'a>(
    rows: &[i128],
    candidates: &[Candidate<'a>],
    amounts: &impl Fn(&Candidate<'a>, &[i128]) -> Vec<i128>,
) -> Outcome<'a> {
    let mut outcome = Outcome { remaining: rows.to_vec(), given: Vec::new(), total: 0 };
    for candidate in candidates {
        let amounts = amounts(candidate, &outcome.remaining);
        for (row, amount) in candidate.lines.iter().zip(amounts).filter(|(_, amount)| *amount > 0) {
            outcome.remaining[*row] -= amount;
            outcome.total += amount;
            outcome.given.push((candidate.promotion, *row, amount));
        }
    }
    outcome
}

#[cfg(test)]
mod tests {
    use crate::pricing::samples::{
        amount_off_order, bill, given, line, of, percent_off_lines, percent_off_order, promoted,
    };
    use crate::pricing::{Benefit, Promotion, SumBenefit};

    /// What is taken off one line of 1,000.
    fn stacked(promotions: Vec<Promotion>) -> Vec<(String, i64)> {
        let bill = bill(&promoted(vec![line("a", 1, 1_000)], promotions));
        given(&bill.lines[0]).into_iter().map(|(id, amount)| (id.to_owned(), amount)).collect()
    }

    fn rows(rows: &[(&str, i64)]) -> Vec<(String, i64)> {
        rows.iter().map(|(id, amount)| ((*id).to_owned(), *amount)).collect()
    }

    fn alone(promotion: Promotion) -> Promotion {
        Promotion { exclusive: true, ..promotion }
    }

    #[test]
    fn promotions_apply_one_after_the_other_by_priority_then_id() {
        let mut first = percent_off_order("z", 100_000);
        first.priority = of(-1);
        let rest = [percent_off_order("é", 500_000), percent_off_order("b", 500_000)];
        let [e, b] = rest;
        assert_eq!(stacked(vec![e, b, first]), rows(&[("z", 100), ("b", 450), ("é", 225)]));
    }

    #[test]
    fn an_exclusive_promotion_wins_alone_when_it_gives_more() {
        let pair = [amount_off_order("a", 100), amount_off_order("b", 50)];
        let [a, b] = pair;
        let more = alone(amount_off_order("c", 151));
        assert_eq!(stacked(vec![a, b, more]), rows(&[("c", 151)]));
    }

    #[test]
    fn on_a_tie_the_stack_wins_then_the_earlier_exclusive_one() {
        let stack = amount_off_order("z", 100);
        let tie = |id, priority| {
            let mut promotion = alone(amount_off_order(id, 100));
            promotion.priority = of(priority);
            promotion
        };
        assert_eq!(stacked(vec![tie("a", 0), stack]), rows(&[("z", 100)]));
        assert_eq!(stacked(vec![tie("b", 0), tie("a", 0)]), rows(&[("a", 100)]));
        assert_eq!(stacked(vec![tie("a", 1), tie("b", 0)]), rows(&[("b", 100)]));
    }

    #[test]
    fn lanes_do_not_know_of_each_other() {
        let promotions =
            vec![alone(percent_off_lines("line", 100_000)), alone(amount_off_order("order", 90))];
        assert_eq!(stacked(promotions), rows(&[("line", 100), ("order", 90)]));
    }

    #[test]
    fn rows_of_zero_are_dropped() {
        let nothing = Benefit::Order(SumBenefit::Amount { amount: of(0) });
        let nothing = Promotion { benefit: nothing, ..amount_off_order("a", 1) };
        assert_eq!(stacked(vec![nothing, amount_off_order("b", 2_000)]), rows(&[("b", 1_000)]));
    }
}
