//! The cart while it is being priced (SPEC, step 1).

use super::stacking::Outcome;
use super::{Promotion, Request};

/// The lines with what remains of them. Amounts in minor units, line by line as in the request.
pub(super) struct Cart<'a> {
    pub request: &'a Request,
    pub list: Vec<i128>,
    pub remaining: Vec<i128>,
    /// What each promotion took off each line, in the order in which it was applied; none of zero.
    pub discounts: Vec<Discounts<'a>>,
}

/// The discounts of one row.
pub(super) type Discounts<'a> = Vec<(&'a Promotion, i128)>;

impl<'a> Cart<'a> {
    /// Step 1: `list = unit_price * quantity`, and all of it remains.
    pub fn listed(request: &'a Request) -> Self {
        let list: Vec<i128> = request
            .lines
            .iter()
            .map(|line| line.unit_price.wide() * line.quantity.wide())
            .collect();
        let discounts = vec![Vec::new(); list.len()];
        Self { request, remaining: list.clone(), list, discounts }
    }

    /// Takes a lane's discounts off the lines.
    pub fn take(&mut self, outcome: Outcome<'a>) {
        for (promotion, line, amount) in outcome.given {
            self.discounts[line].push((promotion, amount));
        }
        self.remaining = outcome.remaining;
    }

    /// What the lines came to before any discount.
    pub fn list_total(&self) -> i128 {
        self.list.iter().sum()
    }

    /// What is left of all lines.
    pub fn remaining_total(&self) -> i128 {
        self.remaining.iter().sum()
    }
}
