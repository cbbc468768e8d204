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

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use proptest::prelude::*;

    fn day(number: i64) -> NaiveDateTime {
        DateTime::UNIX_EPOCH.naive_utc() + TimeDelta::days(20_000 + number)
    }

    fn price(amount: i64, window: (i64, i64)) -> Windowed {
        let rule =
            Rule { specificity: 1, min_quantity: 1, amount, compare_at: None, lowest_before: None };
        Windowed { rule, starts_at: day(window.0), ends_at: day(window.1) }
    }

    fn always(amount: i64) -> Windowed {
        let plain = price(amount, (-10_000, 0));
        let rule = Rule { specificity: 0, ..plain.rule };
        Windowed { rule, ends_at: for_ever(), ..plain }
    }

    fn sale(amount: i64, window: (i64, i64)) -> Windowed {
        let plain = price(amount, window);
        Windowed { rule: Rule { compare_at: Some(amount * 2), ..plain.rule }, ..plain }
    }

    fn told(moments: &[Moment]) -> Vec<(NaiveDateTime, Option<i64>)> {
        moments.iter().map(|moment| (moment.since, moment.amount)).collect()
    }

    /// The lowest price before, of the last moment.
    fn lowest_at_last(moments: &[Moment]) -> Option<i64> {
        moments.last().and_then(|moment| moment.lowest_before)
    }

    #[test]
    fn a_sale_ahead_begins_and_ends_at_its_instants() {
        let moments = timeline(&[], &[always(100), sale(80, (5, 9))], day(0));
        let expected = [(day(0), Some(100)), (day(5), Some(80)), (day(9), Some(100))];
        assert_eq!(told(&moments), expected);
        assert_eq!(moments[1].lowest_before, Some(100));
        assert_eq!(moments[2].lowest_before, None, "it is reduced no more");
    }

    #[test]
    fn what_stays_as_it_is_adds_nothing() {
        let known = timeline(&[], &[always(100)], day(0));
        assert_eq!(timeline(&known, &[always(100)], day(3)), []);
        assert_eq!(timeline(&[], &[], day(0)), [], "what never had a price has no history");
    }

    #[test]
    fn the_end_of_the_last_price_is_the_end_of_the_sale() {
        let moments = timeline(&[], &[price(100, (0, 4))], day(0));
        assert_eq!(told(&moments), [(day(0), Some(100)), (day(4), None)]);
    }

    #[test]
    fn the_lowest_of_exactly_thirty_days_before_counts() {
        let lowest = |ended: i64| {
            let prices = [always(100), price(70, (0, ended)), sale(80, (100, 110))];
            let moments = timeline(&[], &prices, day(0));
            let begun = moments.iter().find(|moment| moment.since == day(100));
            begun.and_then(|moment| moment.lowest_before)
        };
        assert_eq!(lowest(70), Some(100), "it ended as the 30 days began");
        assert_eq!(lowest(71), Some(70));
    }

    #[test]
    fn a_price_that_was_raised_first_is_found_out() {
        let known = timeline(&[], &[always(100)], day(0));
        let raised = timeline(&known, &[always(150)], day(40));
        let known = [known, raised].concat();
        let reduced = timeline(&known, &[always(150), sale(120, (50, 60))], day(50));
        assert_eq!(reduced[0].lowest_before, Some(100));
    }

    #[test]
    fn a_reduction_that_is_only_claimed_begins_when_it_is() {
        let known = timeline(&[], &[always(100)], day(0));
        let claimed = Windowed { rule: sale(100, (0, 1)).rule, ..always(100) };
        let moments = timeline(&known, &[claimed], day(60));
        assert_eq!(told(&moments), [(day(60), Some(100))]);
        assert_eq!(lowest_at_last(&moments), Some(100));
    }

    #[test]
    fn nothing_is_known_before_the_first_price() {
        assert_eq!(lowest_at_last(&timeline(&[], &[sale(80, (0, 9))], day(0))), None);
        let known = timeline(&[], &[price(50, (0, 5))], day(0));
        let moments = timeline(&known, &[sale(80, (50, 60))], day(50));
        assert_eq!(moments[0].lowest_before, None, "it was not for sale in the 30 days");
    }

    fn any_prices() -> impl Strategy<Value = Vec<Windowed>> {
        let one = (1..6_i64, 0..60_i64, 1..40_i64, 0..2_i64, any::<bool>());
        let one = one.prop_map(|(amount, start, length, specificity, reduced)| {
            let plain = price(amount, (start, start + length));
            let compare_at = reduced.then_some(9);
            Windowed { rule: Rule { specificity, compare_at, ..plain.rule }, ..plain }
        });
        proptest::collection::vec(one, 0..6)
    }

    /// The moment in force at an instant.
    fn at(moments: &[Moment], instant: NaiveDateTime) -> Option<&Moment> {
        moments.iter().rev().find(|moment| moment.since <= instant)
    }

    proptest! {
        /// Prices are written twice. At every instant where anything may begin or end, and a
        /// microsecond before, the timeline says what a reading of the rules at that instant says.
        #[test]
        fn the_timeline_is_what_the_rules_say_at_every_instant(
            first in any_prices(), second in any_prices(), change in 1..50_i64,
        ) {
            let known = timeline(&[], &first, day(0));
            let known: Vec<Moment> =
                known.into_iter().filter(|moment| moment.since < day(change)).collect();
            let moments = [known.clone(), timeline(&known, &second, day(change))].concat();
            prop_assert!(moments.is_sorted_by(|one, next| one.since < next.since));

            let in_force = |instant| {
                let rules = if instant < day(change) { &first } else { &second };
                counting(rules, instant)
            };
            for instant in (0..110).map(day).flat_map(|i| [i, i + TimeDelta::microseconds(-1)]) {
                if instant < day(0) {
                    continue;
                }
                let rule = in_force(instant);
                let moment = at(&moments, instant);
                prop_assert_eq!(moment.and_then(|m| m.amount), rule.map(|rule| rule.amount));
                let reduced = rule.is_some_and(|rule| rule.compare_at.is_some());
                prop_assert_eq!(moment.is_some_and(|m| m.reduced), reduced);
            }
            for moment in moments.iter().filter(|moment| moment.reduced) {
                // All turns are at whole days: what was in force during a day was so at its start.
                let before = (1..=30).map(|days| moment.since - TimeDelta::days(days));
                let amounts = before.filter(|instant| *instant >= day(0)).filter_map(in_force);
                let lowest = amounts.map(|rule| rule.amount).min();
                prop_assert_eq!(moment.lowest_before, lowest);
            }
        }
    }
}
