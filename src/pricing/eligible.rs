//! Which promotions may speak, and about which lines (SPEC, step 2).

use std::collections::HashMap;

use super::cart::Cart;
use super::{Line, Promotion, Request, SubtotalBasis, Target, Text};

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
        .filter(|promotion| is_open(promotion, request))
        .map(|promotion| Candidate { promotion, lines: shelves.find(&promotion.target) })
        .filter(|candidate| !candidate.lines.is_empty())
        .collect();
    // `Text` compares bytewise, as `String` does.
    open.sort_by_key(|candidate| (candidate.promotion.priority, &candidate.promotion.id));
    open
}

fn is_open(promotion: &Promotion, request: &Request) -> bool {
    let at = &request.at;
    let begun = promotion.starts_at.as_ref().is_none_or(|start| start <= at);
    let over = promotion.ends_at.as_ref().is_some_and(|end| end <= at);
    let code = promotion.code.as_ref();
    begun && !over && code.is_none_or(|code| request.codes.iter().any(|typed| code.is(typed)))
}

impl Candidate<'_> {
    /// Do the targeted lines come to what the promotion asks for, as the cart stands now?
    pub fn is_eligible(&self, cart: &Cart<'_>) -> bool {
        let lines = &cart.request.lines;
        let units: i128 = self.lines.iter().map(|line| lines[*line].quantity.wide()).sum();
        let amounts = match self.promotion.subtotal_basis {
            SubtotalBasis::List => &cart.list,
            SubtotalBasis::Remaining => &cart.remaining,
        };
        let subtotal: i128 = self.lines.iter().map(|line| amounts[*line]).sum();
        units >= self.promotion.min_quantity.wide()
            && subtotal >= self.promotion.min_subtotal.wide()
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
