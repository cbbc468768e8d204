//! What promotions took off a line for itself, as the line shows it. Shares of what was taken off
//! the whole order are no part of it: they stand among the sums.

use super::goods::Item;
use super::quote::Quote;
use crate::money::Money;
use crate::pricing::{Bill, BillLine, Lane};
use crate::promotions::Given;
use crate::web::Shell;

/// A line's own discounts.
#[derive(Debug, Default)]
pub struct Reduced {
    /// Minor units.
    pub off: i64,
    /// Name and amount of each, ready to show.
    pub words: Vec<String>,
}

/// The discounts of a line of the bill; of none when it is not on it.
pub fn reduced(shell: &Shell, bill: &Bill, line: Option<&BillLine>, given: &[Given]) -> Reduced {
    let mut reduced = Reduced::default();
    for discount in line.iter().flat_map(|line| &line.discounts) {
        let own = given.iter().find(|given| given.slug == discount.promotion);
        if let Some(Given { name, .. }) = own.filter(|given| given.lane == Lane::Line) {
            reduced.off += discount.amount;
            let amount = shell.money(&bill.money(-discount.amount));
            let arguments = [("name", name.as_str().into()), ("amount", amount.into())];
            reduced.words.push(shell.texts().with("line-discount", &arguments));
        }
    }
    reduced
}

impl Quote {
    /// What promotions took off an item of the cart for itself.
    pub fn own_discounts(&self, shell: &Shell, item: &Item) -> Reduced {
        let id = item.line.variant.to_string();
        let line = self.bill.lines.iter().find(|line| line.id == id);
        reduced(shell, &self.bill, line, &self.given)
    }
}

impl Reduced {
    /// What the line comes to, and what it would without discounts where that is more.
    pub fn prices(&self, shell: &Shell, sum: Money, regular: Option<Money>) -> (String, String) {
        let less = Money::new(sum.minor() - self.off, sum.currency());
        let regular = regular.or((self.off > 0).then_some(sum));
        (shell.money(&less), regular.map(|regular| shell.money(&regular)).unwrap_or_default())
    }
}
