//! Why each promotion of a request gave something or nothing: for the shopper who typed a code,
//! and the merchant who wonders. It goes through the same steps as the bill and reads the amounts
//! from it, so the two cannot disagree.

use std::collections::HashMap;

use super::eligible::{Candidate, Closed, Shortfall, closed};
use super::total::fit;
use super::{Bill, Discount, Lane, Promotion, Refusal, Request, walk};

/// What became of a promotion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It took so much off, in minor units; never 0.
    Applied { amount: i64 },
    /// Its window opens later.
    NotBegun,
    /// Its window has closed.
    Over,
    /// Nobody typed its code.
    CodeMissing,
    /// It looks at no line of the cart.
    NoLine,
    /// The lines that it looks at have so many units too few.
    TooFewUnits { missing: i64 },
    /// The lines that it looks at come to so many minor units too little.
    SubtotalShort { missing: i64 },
    /// Another outcome of its lane gives more (SPEC, step 5).
    Outdone,
    /// It had its turn, and nothing was left to take or it takes nothing.
    NothingLeft,
    /// It is for the delivery, and nothing is delivered or no delivery chosen yet.
    NoDelivery,
}

/// A verdict on each promotion, in the order of the request.
///
/// # Errors
/// As [`super::quote`]: what has no bill has no reasons.
pub fn why(request: &Request) -> Result<Vec<Verdict>, Refusal> {
    let mut met: HashMap<&str, Option<Shortfall>> = HashMap::new();
    let bill = walk(request, |lane, cart, open: &[Candidate<'_>]| {
        let of_lane = open.iter().filter(|candidate| candidate.promotion.benefit.lane() == lane);
        met.extend(of_lane.map(|one| (one.promotion.id.as_str(), one.shortfall(cart))));
    })?;
    let given = given(&bill);
    let ruling = Ruling { request, bill: &bill, given };
    request
        .promotions
        .iter()
        .map(|promotion| ruling.verdict(promotion, met.get(promotion.id.as_str()).copied()))
        .collect()
}

/// What each promotion took off in all.
fn given(bill: &Bill) -> HashMap<&str, i64> {
    let mut given = HashMap::new();
    let lines = bill.lines.iter().flat_map(|line| &line.discounts);
    let delivery = bill.shipping.iter().flat_map(|shipping| &shipping.discounts);
    for Discount { promotion, amount } in lines.chain(delivery) {
        *given.entry(promotion.as_str()).or_insert(0) += amount;
    }
    given
}

struct Ruling<'a> {
    request: &'a Request,
    bill: &'a Bill,
    given: HashMap<&'a str, i64>,
}

impl Ruling<'_> {
    /// `met`: whether the promotion targets a line, and what was missing when its lane began.
    fn verdict(
        &self,
        promotion: &Promotion,
        met: Option<Option<Shortfall>>,
    ) -> Result<Verdict, Refusal> {
        if let Some(amount) = self.given.get(promotion.id.as_str()) {
            return Ok(Verdict::Applied { amount: *amount });
        }
        Ok(match (closed(promotion, self.request), met) {
            (Some(Closed::NotBegun), _) => Verdict::NotBegun,
            (Some(Closed::Over), _) => Verdict::Over,
            (Some(Closed::CodeMissing), _) => Verdict::CodeMissing,
            (None, None) => Verdict::NoLine,
            (None, Some(Some(Shortfall::Units(missing)))) => {
                Verdict::TooFewUnits { missing: fit(missing)? }
            }
            (None, Some(Some(Shortfall::Subtotal(missing)))) => {
                Verdict::SubtotalShort { missing: fit(missing)? }
            }
            (None, Some(None)) => self.silent(promotion),
        })
    }

    /// An eligible promotion that gave nothing.
    fn silent(&self, promotion: &Promotion) -> Verdict {
        let lane = promotion.benefit.lane();
        let is_outdone = self.request.promotions.iter().any(|other| {
            let speaks = other.benefit.lane() == lane && self.given.contains_key(other.id.as_str());
            // What is applied together leaves something or nothing; only an exclusive one, or the
            // stack against it, shuts another up.
            speaks && (other.exclusive || promotion.exclusive)
        });
        match is_outdone {
            _ if lane == Lane::Shipping && self.bill.shipping.is_none() => Verdict::NoDelivery,
            true => Verdict::Outdone,
            false => Verdict::NothingLeft,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pricing::carts::carts;
    use crate::pricing::samples::{
        amount_off_order, at, bill, line, of, percent_off_lines, percent_off_order, promoted, text,
    };
    use crate::pricing::{Benefit, Code, Rate, Shipping, SumBenefit};
    use proptest::prelude::*;

    /// The verdict on the first promotion: two mugs for 100 each.
    fn verdict(promotions: Vec<Promotion>) -> Verdict {
        why(&promoted(vec![line("mug", 2, 100)], promotions)).expect("it has a bill")[0]
    }

    fn with(change: impl Fn(&mut Promotion)) -> Verdict {
        let mut promotion = amount_off_order("p", 30);
        change(&mut promotion);
        verdict(vec![promotion])
    }

    fn delivery() -> Promotion {
        let half = SumBenefit::Percent { ppm: of(500_000) };
        Promotion::new(text("p"), Benefit::Shipping(half))
    }

    #[test]
    fn what_was_taken_off_is_told_over_all_lines() {
        assert_eq!(with(|_| ()), Verdict::Applied { amount: 30 });
        let lines = vec![line("a", 1, 100), line("b", 1, 100)];
        let verdicts = why(&promoted(lines, vec![percent_off_lines("p", 100_000)]));
        assert_eq!(verdicts, Ok(vec![Verdict::Applied { amount: 20 }]));
    }

    #[test]
    fn a_closed_promotion_says_what_keeps_it_closed() {
        let now = "2026-11-23T03:00:00Z";
        assert_eq!(with(|it| it.starts_at = Some(at("2026-11-23T03:00:01Z"))), Verdict::NotBegun);
        assert_eq!(with(|it| it.ends_at = Some(at(now))), Verdict::Over);
        assert_eq!(with(|it| it.code = Code::try_from(text("x")).ok()), Verdict::CodeMissing);
    }

    #[test]
    fn what_is_missing_is_counted_in_targeted_lines() {
        assert_eq!(with(|it| it.target.skus = vec![text("bowl")]), Verdict::NoLine);
        assert_eq!(with(|it| it.min_quantity = of(5)), Verdict::TooFewUnits { missing: 3 });
        assert_eq!(with(|it| it.min_subtotal = of(250)), Verdict::SubtotalShort { missing: 50 });
        let both = with(|it| (it.min_quantity, it.min_subtotal) = (of(3), of(300)));
        assert_eq!(both, Verdict::TooFewUnits { missing: 1 });
    }

    #[test]
    fn the_losers_of_a_lane_are_outdone() {
        let alone = |promotion| Promotion { exclusive: true, ..promotion };
        let more = || percent_off_order("more", 500_000);
        assert_eq!(verdict(vec![alone(amount_off_order("p", 30)), more()]), Verdict::Outdone);
        assert_eq!(verdict(vec![amount_off_order("p", 30), alone(more())]), Verdict::Outdone);
    }

    #[test]
    fn the_last_of_a_stack_may_find_nothing() {
        let mut last = amount_off_order("p", 30);
        last.priority = of(1);
        assert_eq!(verdict(vec![last, amount_off_order("all", 200)]), Verdict::NothingLeft);
        assert_eq!(with(|it| it.max_discount = Some(of(0))), Verdict::NothingLeft);
    }

    #[test]
    fn a_delivery_promotion_needs_a_delivery_that_costs_something() {
        let mut request = promoted(vec![line("mug", 2, 100)], vec![delivery()]);
        assert_eq!(why(&request), Ok(vec![Verdict::NoDelivery]));
        for (amount, expected) in [(0, Verdict::NothingLeft), (80, Verdict::Applied { amount: 40 })]
        {
            let rate = Rate::Flat { amount: of(amount) };
            request.shipping = Some(Shipping::new(text("s"), text("none"), rate));
            assert_eq!(why(&request), Ok(vec![expected]));
        }
    }

    proptest! {
        #[test]
        fn a_promotion_is_applied_exactly_when_the_bill_has_a_row_for_it(request in carts()) {
            let bill = bill(&request);
            let given = given(&bill);
            for (promotion, verdict) in request.promotions.iter().zip(why(&request).unwrap()) {
                let row = given.get(promotion.id.as_str()).map(|amount| Verdict::Applied { amount: *amount });
                let is_applied = matches!(verdict, Verdict::Applied { .. });
                prop_assert_eq!(row.is_some(), is_applied);
                prop_assert!(row.is_none_or(|row| row == verdict));
            }
        }

        #[test]
        fn without_those_that_gave_nothing_the_bill_is_the_same(request in carts()) {
            let verdicts = why(&request).unwrap();
            let mut verdicts = verdicts.iter();
            let mut less = request.clone();
            less.promotions.retain(|_| matches!(verdicts.next(), Some(Verdict::Applied { .. })));
            prop_assert_eq!(bill(&less), bill(&request));
        }

        #[test]
        fn with_what_was_missing_it_is_missing_no_more(request in carts()) {
            for (position, verdict) in why(&request).unwrap().into_iter().enumerate() {
                let mut met = request.clone();
                let promotion = &mut met.promotions[position];
                match verdict {
                    Verdict::TooFewUnits { missing } => {
                        promotion.min_quantity = of(promotion.min_quantity.get() - missing);
                    }
                    Verdict::SubtotalShort { missing } => {
                        promotion.min_subtotal = of(promotion.min_subtotal.get() - missing);
                    }
                    _ => continue,
                }
                let now = why(&met).unwrap()[position];
                prop_assert_ne!(now, verdict);
                let is_short = matches!(now, Verdict::TooFewUnits { .. });
                prop_assert!(!is_short);
            }
        }
    }
}
