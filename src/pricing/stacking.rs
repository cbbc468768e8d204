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
