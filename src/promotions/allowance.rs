//! What staff take off one order as a whole, as they have agreed with its shopper.

use super::given::{self, Given};
use crate::pricing::{Benefit, Bill, Priority, Promotion, SumBenefit, Text};

/// What it is called in a request: a name that no promotion can have.
const ID: &str = "*allowance";

/// Off the sum of the goods, after all promotions; one that stands alone in the order's lane stands
/// in its place where it gives more (docs/pricing.md, step 5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowance {
    /// As the shopper reads it.
    pub name: String,
    pub cut: SumBenefit,
}

impl Allowance {
    /// As the pricing core takes it.
    pub(super) fn priced(&self) -> Option<Promotion> {
        let id = Text::try_from(ID).ok()?;
        let last = Priority::try_from(LAST).ok()?;
        Some(Promotion { priority: last, ..Promotion::new(id, Benefit::Order(self.cut)) })
    }

    pub(super) fn given(&self, bill: &Bill) -> Given {
        Given {
            slug: ID.to_owned(),
            name: self.name.clone(),
            code: String::new(),
            lane: Benefit::Order(self.cut).lane(),
            amount: given::amount(bill, ID),
        }
    }
}

/// The highest priority that there is.
const LAST: i64 = 1_000_000;

/// Whether this is no promotion but an allowance, which nothing can use up.
pub(super) fn is_allowance(id: &str) -> bool {
    id == ID
}
