//! The timeline of what one costs everybody: from which instant on which price counts, past and to
//! come. Sales that are scheduled ahead stand in it already, so nobody has to write at midnight.

use chrono::{NaiveDateTime, TimeDelta};

use super::model::for_ever;
use super::rules::{Rule, best};
use crate::values::Quantity;

/// How far back the lowest price before a reduction is looked for.
///
/// Source: directive 98/6/EC, article 6a(2), "not shorter than 30 days".
pub(super) const LOOKING_BACK: TimeDelta = TimeDelta::days(30);

/// A price for everybody, from one on, while its window is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Windowed {
    pub rule: Rule,
    pub starts_at: NaiveDateTime,
    pub ends_at: NaiveDateTime,
}

/// What one costs from an instant until the next moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, diesel::Queryable)]
pub(super) struct Moment {
    pub since: NaiveDateTime,
    /// Minor units; `None` when it is not for sale.
    pub amount: Option<i64>,
    /// Shown as less than a higher price.
    pub reduced: bool,
    /// Of a reduced price: the lowest of the 30 days before it began, where any is known.
    pub lowest_before: Option<i64>,
}

/// The moments from `from` on, in order: one wherever the amount changes, or whether it is reduced.
///
/// `known`: the moments before `from`, oldest first, at least those of the 30 days before and the
/// one that was in force then.
pub(super) fn timeline(known: &[Moment], prices: &[Windowed], from: NaiveDateTime) -> Vec<Moment> {
    let mut moments = known.to_vec();
    for since in turns(prices, from) {
        let rule = counting(prices, since);
        let (amount, reduced) =
            (rule.map(|rule| rule.amount), rule.is_some_and(|rule| rule.compare_at.is_some()));
        let before = moments.last().map_or((None, false), |last| (last.amount, last.reduced));
        if before != (amount, reduced) {
            let lowest_before = reduced.then(|| lowest(&moments, since)).flatten();
            moments.push(Moment { since, amount, reduced, lowest_before });
        }
    }
    moments.split_off(known.len())
}

/// The instants from `from` on at which a window opens or closes, in order, with `from` itself.
fn turns(prices: &[Windowed], from: NaiveDateTime) -> Vec<NaiveDateTime> {
    let ends = prices.iter().flat_map(|price| [price.starts_at, price.ends_at]);
    let to_come = ends.filter(|turn| *turn > from && *turn < for_ever());
    let mut turns: Vec<NaiveDateTime> = std::iter::once(from).chain(to_come).collect();
    turns.sort_unstable();
    turns.dedup();
    turns
}

fn counting(prices: &[Windowed], at: NaiveDateTime) -> Option<Rule> {
    let open = prices.iter().filter(|price| price.starts_at <= at && at < price.ends_at);
    best(open.map(|price| price.rule), Quantity::ONE)
}

/// The lowest price that was in force at some instant of the 30 days before `begins`; `None` when
/// nothing is known of them.
///
/// Source: directive 98/6/EC, article 6a, the stricter reading without 6a(5): each further
/// reduction is a reduction of its own.
fn lowest(moments: &[Moment], begins: NaiveDateTime) -> Option<i64> {
    let ends = moments.iter().skip(1).map(|next| next.since).chain([begins]);
    let in_force = moments.iter().zip(ends).filter(|(_, end)| *end > begins - LOOKING_BACK);
    in_force.filter_map(|(moment, _)| moment.amount).min()
}
