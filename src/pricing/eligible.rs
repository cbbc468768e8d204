//! Which promotions may speak, and about which lines (SPEC, step 2).

use std::collections::HashMap;

use super::cart::Cart;
use super::{Code, Line, Promotion, Request, SubtotalBasis, Target, Text};

/// An open promotion and the positions of the lines that it targets, ascending.
#[derive(Clone)]
pub(super) struct Candidate<'a> {
    pub promotion: &'a Promotion,
    pub lines: Vec<usize>,
}

/// The open promotions that target a line, in the order in which they are applied: by priority,
/// then by id.
pub(super) fn open(request: &Request) -> Vec<Candidate<'_>> {
    let shelves = Shelves::of(request);
    let mut open: Vec<Candidate<'_>> = request
        .promotions
        .iter()
        .filter(|promotion| closed(promotion, request).is_none())
        .map(|promotion| Candidate { promotion, lines: shelves.find(&promotion.target) })
        .filter(|candidate| !candidate.lines.is_empty())
        .collect();
    // `Text` compares bytewise, as `String` does.
    open.sort_by_key(|candidate| (candidate.promotion.priority, &candidate.promotion.id));
    open
}

/// Why a promotion is not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closed {
    NotBegun,
    Over,
    CodeMissing,
}

/// How far the targeted lines are from what a promotion asks for; units before money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shortfall {
    Units(i128),
    Subtotal(i128),
}

/// What keeps the promotion closed; `None` when it is open.
pub(super) fn closed(promotion: &Promotion, request: &Request) -> Option<Closed> {
    let at = &request.at;
    let is_typed = |code: &Code| request.codes.iter().any(|typed| code.is(typed));
    if promotion.starts_at.as_ref().is_some_and(|start| at < start) {
        Some(Closed::NotBegun)
    } else if promotion.ends_at.as_ref().is_some_and(|end| end <= at) {
        Some(Closed::Over)
    } else if !promotion.code.as_ref().is_none_or(is_typed) {
        Some(Closed::CodeMissing)
    } else {
        None
    }
}

impl Candidate<'_> {
    /// Do the targeted lines come to what the promotion asks for, as the cart stands now?
    pub fn is_eligible(&self, cart: &Cart<'_>) -> bool {
        self.shortfall(cart).is_none()
    }

    /// What is missing until they do.
    pub fn shortfall(&self, cart: &Cart<'_>) -> Option<Shortfall> {
        let lines = &cart.request.lines;
        let units: i128 = self.lines.iter().map(|line| lines[*line].quantity.wide()).sum();
        let amounts = match self.promotion.subtotal_basis {
            SubtotalBasis::List => &cart.list,
            SubtotalBasis::Remaining => &cart.remaining,
        };
        let subtotal: i128 = self.lines.iter().map(|line| amounts[*line]).sum();
        let (least, enough) =
            (self.promotion.min_quantity.wide(), self.promotion.min_subtotal.wide());
        if units < least {
            Some(Shortfall::Units(least - units))
        } else if subtotal < enough {
            Some(Shortfall::Subtotal(enough - subtotal))
        } else {
            None
        }
    }
}

/// Where the lines of a sku, a product or a category are, so that a long target list does not
/// have to be compared with every line.
struct Shelves<'a> {
    count: usize,
    skus: Shelf<'a>,
    products: Shelf<'a>,
    categories: Shelf<'a>,
}

type Shelf<'a> = HashMap<&'a Text, Vec<usize>>;

impl<'a> Shelves<'a> {
    fn of(request: &'a Request) -> Self {
        // Most carts meet only promotions on everything; then there is nothing to look up.
        let needed = request.promotions.iter().any(|promotion| !promotion.target.is_everything());
        let lines = if needed { request.lines.as_slice() } else { &[] };
        Self {
            count: request.lines.len(),
            skus: shelf(lines, |line| std::slice::from_ref(&line.sku)),
            products: shelf(lines, |line| std::slice::from_ref(&line.product)),
            categories: shelf(lines, |line| &line.categories),
        }
    }

    /// The positions of the targeted lines, ascending.
    fn find(&self, target: &Target) -> Vec<usize> {
        if target.is_everything() {
            return (0..self.count).collect();
        }
        let skus = target.skus.iter().filter_map(|sku| self.skus.get(sku));
        let products = target.products.iter().filter_map(|product| self.products.get(product));
        let categories = target.categories.iter().filter_map(|name| self.categories.get(name));
        let mut targeted = vec![false; self.count];
        for line in skus.chain(products).chain(categories).flatten() {
            targeted[*line] = true;
        }
        (0..self.count).filter(|line| targeted[*line]).collect()
    }
}

fn shelf(lines: &[Line], names: impl Fn(&Line) -> &[Text]) -> Shelf<'_> {
    let mut shelf = Shelf::new();
    for (position, line) in lines.iter().enumerate() {
        for name in names(line) {
            shelf.entry(name).or_default().push(position);
        }
    }
    shelf
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pricing::samples::{
        amount_off_order, at, discounts, line, of, percent_off_lines, promoted, text,
    };

    /// Two mugs for 100 and three bowls for 10 each; every promotion takes a tenth off each line.
    fn tenth(change: impl Fn(&mut Promotion)) -> Vec<i64> {
        let mut mugs = line("mug", 2, 100);
        mugs.categories = vec![text("clay"), text("gift")];
        let mut promotion = percent_off_lines("tenth", 100_000);
        change(&mut promotion);
        let mut request = promoted(vec![mugs, line("bowl", 3, 10)], vec![promotion]);
        request.codes = vec![text("other"), text(" hemat\t")];
        discounts(&request)
    }

    #[test]
    fn without_target_every_line_is_meant() {
        assert_eq!(tenth(|_| ()), [20, 3]);
    }

    #[test]
    fn a_line_is_targeted_by_sku_product_or_category() {
        assert_eq!(tenth(|it| it.target.skus = vec![text("bowl")]), [0, 3]);
        assert_eq!(tenth(|it| it.target.products = vec![text("x"), text("mug")]), [20, 0]);
        assert_eq!(tenth(|it| it.target.categories = vec![text("gift"), text("clay")]), [20, 0]);
        let either = |it: &mut Promotion| {
            it.target.skus = vec![text("bowl")];
            it.target.categories = vec![text("clay")];
        };
        assert_eq!(tenth(either), [20, 3]);
        assert_eq!(tenth(|it| it.target.skus = vec![text("clay")]), [0, 0]);
    }

    #[test]
    fn a_window_begins_with_its_start_and_ends_before_its_end() {
        let (before, now, after) =
            ("2026-11-23T02:59:59.9Z", "2026-11-23T10:00:00+07:00", "2026-11-23T03:00:00.1Z");
        assert_eq!(tenth(|it| it.starts_at = Some(at(now))), [20, 3]);
        assert_eq!(tenth(|it| it.starts_at = Some(at(after))), [0, 0]);
        assert_eq!(tenth(|it| it.ends_at = Some(at(now))), [0, 0]);
        assert_eq!(tenth(|it| it.ends_at = Some(at(before))), [0, 0]);
        assert_eq!(tenth(|it| it.ends_at = Some(at(after))), [20, 3]);
        let never =
            |it: &mut Promotion| (it.starts_at, it.ends_at) = (Some(at(now)), Some(at(now)));
        assert_eq!(tenth(never), [0, 0]);
    }

    #[test]
    fn a_code_opens_when_it_was_typed() {
        let code = |code: &str| Code::try_from(text(code)).ok();
        assert_eq!(tenth(|it| it.code = code("HEMAT ")), [20, 3]);
        assert_eq!(tenth(|it| it.code = code("HEMAT10")), [0, 0]);
    }

    #[test]
    fn minimum_units_are_of_the_targeted_lines() {
        assert_eq!(tenth(|it| it.min_quantity = of(5)), [20, 3]);
        assert_eq!(tenth(|it| it.min_quantity = of(6)), [0, 0]);
        let of_mugs =
            |least| tenth(|it| (it.min_quantity, it.target.skus) = (of(least), vec![text("mug")]));
        assert_eq!((of_mugs(2), of_mugs(3)), (vec![20, 0], vec![0, 0]));
    }

    #[test]
    fn minimum_subtotals_are_of_the_targeted_lines() {
        assert_eq!(tenth(|it| it.min_subtotal = of(230)), [20, 3]);
        assert_eq!(tenth(|it| it.min_subtotal = of(231)), [0, 0]);
    }

    #[test]
    fn what_remains_is_counted_when_the_lane_begins() {
        let order = |basis, least| {
            let mut second = amount_off_order("b", 50);
            (second.subtotal_basis, second.min_subtotal) = (basis, of(least));
            let rules = [percent_off_lines("a", 100_000), amount_off_order("a2", 80), second];
            discounts(&promoted(vec![line("mug", 1, 1_000)], rules.to_vec()))
        };
        assert_eq!(order(SubtotalBasis::List, 1_000), [230]);
        assert_eq!(order(SubtotalBasis::List, 1_001), [180]);
        assert_eq!(order(SubtotalBasis::Remaining, 900), [230]);
        assert_eq!(order(SubtotalBasis::Remaining, 901), [180]);
    }
}
