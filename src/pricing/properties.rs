//! The SPEC's invariants on random carts: currencies of 0, 2 and 3 decimals, both tax modes, both
//! roundings. What concerns only shares or refunds stands in `split` and `refund`.

use proptest::prelude::*;

use super::carts::carts;
use super::samples::{bill, of};
use super::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn every_discount_is_within_what_it_was_taken_from(request in carts()) {
        let bill = bill(&request);
        let lines = bill.lines.iter().map(|line| (line.list, line.discount, &line.discounts));
        let shipping = bill.shipping.iter().map(|row| (row.list, row.discount, &row.discounts));
        for (list, discount, rows) in lines.chain(shipping) {
            prop_assert!(rows.iter().all(|row| row.amount > 0));
            prop_assert_eq!(rows.iter().map(|row| row.amount).sum::<i64>(), discount);
            prop_assert!(discount <= list);
        }
        prop_assert_eq!(bill.lines.iter().map(|line| line.discount).sum::<i64>(), bill.totals.discount);
    }

    #[test]
    fn no_amount_is_below_zero(request in carts()) {
        let Totals { list, discount, shipping, fees, net, tax, total, payable, .. } = bill(&request).totals;
        prop_assert!([list, discount, shipping, fees, net, tax, total, payable].iter().all(|sum| *sum >= 0));
        for item in items(&bill(&request)) {
            prop_assert!(item.net >= 0 && item.tax >= 0 && item.gross >= 0);
            prop_assert!(item.taxes.iter().all(|share| share.amount >= 0));
        }
    }

    #[test]
    fn net_and_tax_make_gross_everywhere(request in carts()) {
        let bill = bill(&request);
        for item in items(&bill) {
            prop_assert_eq!(item.net + item.tax, item.gross);
        }
        prop_assert_eq!(bill.totals.net + bill.totals.tax, bill.totals.total);
    }

    #[test]
    fn the_gross_of_all_items_is_the_total(request in carts()) {
        let bill = bill(&request);
        let sum = |amount: fn(&Item<'_>) -> i64| items(&bill).iter().map(amount).sum::<i64>();
        prop_assert_eq!(sum(|item| item.gross), bill.totals.total);
        prop_assert_eq!(sum(|item| item.net), bill.totals.net);
        prop_assert_eq!(bill.totals.payable - bill.totals.rounding, bill.totals.total);
    }

    #[test]
    fn tax_sums_by_rate_by_item_and_in_total(request in carts()) {
        let bill = bill(&request);
        let items = items(&bill);
        for item in &items {
            prop_assert_eq!(item.taxes.iter().map(|share| share.amount).sum::<i64>(), item.tax);
        }
        for row in &bill.taxes {
            let carriers = items.iter().filter(|item| item.share(&row.rate).is_some());
            prop_assert_eq!(carriers.clone().map(|item| item.net).sum::<i64>(), row.net);
            prop_assert_eq!(carriers.filter_map(|item| item.share(&row.rate)).sum::<i64>(), row.amount);
        }
        prop_assert_eq!(items.iter().map(|item| item.tax).sum::<i64>(), bill.totals.tax);
        prop_assert_eq!(bill.taxes.iter().map(|row| row.amount).sum::<i64>(), bill.totals.tax);
    }

    #[test]
    fn the_order_of_promotions_in_the_request_changes_nothing(
        (request, shuffled) in carts().prop_flat_map(|request| {
            let promotions = Just(request.promotions.clone()).prop_shuffle();
            (Just(request), promotions)
        }),
    ) {
        let permuted = Request { promotions: shuffled, ..request.clone() };
        prop_assert_eq!(bill(&permuted), bill(&request));
    }

    #[test]
    fn the_order_of_lines_permutes_the_bill_where_no_tie_needs_it(
        (request, order) in carts().prop_flat_map(|request| {
            let order: Vec<usize> = (0..request.lines.len()).collect();
            (Just(without_ties(request)), Just(order).prop_shuffle())
        }),
    ) {
        let lines = order.iter().map(|line| request.lines[*line].clone()).collect();
        let permuted = bill(&Request { lines, ..request.clone() });
        let bill = bill(&request);
        let lines: Vec<BillLine> = order.iter().map(|line| bill.lines[*line].clone()).collect();
        prop_assert_eq!(permuted, Bill { lines, ..bill });
    }

    #[test]
    fn cash_is_rounded_to_the_nearest_increment(request in carts()) {
        let totals = bill(&request).totals;
        let increment = request.cash_rounding.get();
        if increment > 0 {
            prop_assert_eq!(totals.payable % increment, 0);
            prop_assert!(-increment < 2 * totals.rounding && 2 * totals.rounding <= increment);
        } else {
            prop_assert_eq!(totals.rounding, 0);
        }
    }

    #[test]
    fn a_request_and_its_bill_survive_being_stored(request in carts()) {
        let stored = serde_json::to_string(&request).expect("a request can be written");
        prop_assert_eq!(Request::from_json(&stored), Ok(request.clone()));
        let bill = bill(&request);
        let stored = serde_json::to_string(&bill).expect("a bill can be written");
        prop_assert_eq!(serde_json::from_str::<Bill>(&stored).ok(), Some(bill));
    }
}

/// What lines, delivery and fees have in common.
struct Item<'b> {
    net: i64,
    tax: i64,
    gross: i64,
    taxes: &'b [TaxShare],
}

impl Item<'_> {
    fn share(&self, rate: &str) -> Option<i64> {
        self.taxes.iter().find(|share| share.rate == rate).map(|share| share.amount)
    }
}

fn items(bill: &Bill) -> Vec<Item<'_>> {
    macro_rules! items {
        ($rows:expr) => {
            $rows.iter().map(|row| Item {
                net: row.net,
                tax: row.tax,
                gross: row.gross,
                taxes: &row.taxes,
            })
        };
    }
    items!(bill.lines).chain(items!(bill.shipping)).chain(items!(bill.fees)).collect()
}

/// Takes away what may decide by position: shares of a sum, and units of one price.
fn without_ties(mut request: Request) -> Request {
    request.tax_rounding = TaxRounding::Line;
    for promotion in &mut request.promotions {
        promotion.max_discount = None;
        if let Benefit::Order(_) = promotion.benefit {
            promotion.benefit = Benefit::Line(LineBenefit::Percent { ppm: of(333_333) });
        }
    }
    for (position, line) in request.lines.iter_mut().enumerate() {
        line.unit_price = of(line.unit_price.get() * 10 + position as i64);
    }
    request
}
