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

#[cfg(test)]
mod tests {
    use crate::pricing::samples::{amount_off_order, bill, line, of, promoted, text};
    use crate::pricing::{
        Benefit, BillShipping, Promotion, Rate, Shipping, SubtotalBasis, SumBenefit,
    };

    /// One line of 1,000, a delivery of 200.
    fn shipped(promotions: Vec<Promotion>) -> BillShipping {
        let mut request = promoted(vec![line("a", 1, 1_000)], promotions);
        let rate = Rate::Flat { amount: of(200) };
        request.shipping = Some(Shipping::new(text("s"), text("none"), rate));
        bill(&request).shipping.expect("the test ships something")
    }

    fn off(id: &str, benefit: SumBenefit) -> Promotion {
        Promotion::new(text(id), Benefit::Shipping(benefit))
    }

    fn half() -> Promotion {
        off("half", SumBenefit::Percent { ppm: of(500_000) })
    }

    #[test]
    fn the_money_is_the_deliverys() {
        let row = shipped(vec![half(), off("less", SumBenefit::Amount { amount: of(30) })]);
        let given: Vec<_> =
            row.discounts.iter().map(|row| (row.promotion.as_str(), row.amount)).collect();
        assert_eq!(given, [("half", 100), ("less", 30)]);
        assert_eq!((row.list, row.discount, row.gross), (200, 130, 70));
    }

    #[test]
    fn no_more_than_the_delivery_is_given() {
        assert_eq!(shipped(vec![off("all", SumBenefit::Amount { amount: of(999) })]).gross, 0);
    }

    #[test]
    fn a_cap_holds_here_too() {
        let capped = Promotion { max_discount: Some(of(99)), ..half() };
        assert_eq!(shipped(vec![capped]).discount, 99);
    }

    #[test]
    fn who_may_speak_is_decided_by_the_lines_after_the_order_lane() {
        let minimum = |basis, least| {
            let (min_subtotal, subtotal_basis) = (of(least), basis);
            let rule = Promotion { min_subtotal, subtotal_basis, ..half() };
            shipped(vec![amount_off_order("o", 100), rule]).discount
        };
        assert_eq!(minimum(SubtotalBasis::Remaining, 900), 100);
        assert_eq!(minimum(SubtotalBasis::Remaining, 901), 0);
        assert_eq!(minimum(SubtotalBasis::List, 1_000), 100);
        let mut elsewhere = half();
        elsewhere.target.skus = vec![text("other")];
        assert_eq!(shipped(vec![elsewhere]).discount, 0);
    }
}
