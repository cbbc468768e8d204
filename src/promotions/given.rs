//! What promotions gave, in words ready to show and to be kept with the order.

use crate::pricing::{Bill, Discount, Lane};

/// What one promotion took off a bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The promotion's stable name.
    pub slug: String,
    /// Its name in the shopper's language.
    pub name: String,
    /// The code that she typed for it; empty where it is automatic.
    pub code: String,
    pub lane: Lane,
    /// Over all rows of the bill, in minor units; more than 0.
    pub amount: i64,
}

/// What a promotion took off all rows of a bill.
pub(super) fn amount(bill: &Bill, slug: &str) -> i64 {
    let lines = bill.lines.iter().flat_map(|line| &line.discounts);
    let delivery = bill.shipping.iter().flat_map(|shipping| &shipping.discounts);
    of(lines.chain(delivery), slug)
}

fn of<'a>(rows: impl Iterator<Item = &'a Discount>, slug: &str) -> i64 {
    rows.filter(|row| row.promotion == slug).map(|row| row.amount).sum()
}
