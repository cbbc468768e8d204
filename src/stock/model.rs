//! How much there is to sell.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::audit::Who;

/// Units of a variant that an order may still take.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Queryable)]
pub struct Supply {
    /// On hand and promised to nobody; below zero while something is on backorder.
    pub available: i64,
    /// How many may be promised beyond what is there.
    pub backorder_limit: i64,
}

impl Supply {
    /// How many can be ordered now, on backorder or not; never below zero.
    pub fn sellable(self) -> i64 {
        self.available.saturating_add(self.backorder_limit).max(0)
    }

    pub fn is_sold_out(self) -> bool {
        self.sellable() == 0
    }

    /// Whether the next unit has yet to come in.
    pub fn is_on_backorder(self) -> bool {
        self.available <= 0 && !self.is_sold_out()
    }
}

/// The three numbers of a variant, by its SKU, and its limits.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Level {
    pub sku: String,
    pub on_hand: i64,
    pub reserved: i64,
    pub limits: Limits,
}

impl Level {
    /// Below zero while something is on backorder.
    pub fn available(&self) -> i64 {
        self.on_hand - self.reserved
    }
}

/// What the shop wants of a level.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Queryable)]
pub struct Limits {
    /// How many may be promised beyond what is there.
    pub backorder: i64,
    /// At so many or fewer it runs low; `None` for what the whole shop calls few.
    pub low_at: Option<i64>,
}

/// A row of the ledger: what moved, and why.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Move {
    pub id: i64,
    pub kind: String,
    pub on_hand: i64,
    pub reserved: i64,
    pub cause: String,
    pub reason: String,
    pub actor: String,
    pub at: NaiveDateTime,
}

/// What a count says of a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    Same,
    /// So many more lie there than was known, or fewer.
    Differs {
        by: i64,
    },
    /// Something was sent or has come since the level was written down: now it is this.
    Moved {
        now: i64,
    },
}

/// Who moves stock or an order, as the books name her: a name of staff, `shopper` for whoever has
/// the order's address, `shop` for the shop itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor(String);

impl Actor {
    /// The shop's own doing, as when an order is placed.
    pub fn shop() -> Self {
        Self("shop".to_owned())
    }

    /// Whoever has the address of the order.
    pub fn shopper() -> Self {
        Self("shopper".to_owned())
    }

    /// Whoever answers for it; an operator without a name acts for the shop.
    pub fn of(who: &Who) -> Self {
        match who.actor.name() {
            "" => Self::shop(),
            name => Self::staff(name),
        }
    }

    pub fn staff(name: &str) -> Self {
        Self(format!("staff:{name}"))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backorder_sells_what_is_not_there_yet() {
        let supply = |available, backorder_limit| Supply { available, backorder_limit };
        assert_eq!(supply(3, 0).sellable(), 3);
        assert!(supply(0, 0).is_sold_out() && !supply(0, 0).is_on_backorder());
        assert!(supply(0, 2).is_on_backorder());
        assert_eq!(supply(-1, 2).sellable(), 1);
        assert!(supply(-2, 2).is_sold_out());
        assert_eq!(supply(-5, 2).sellable(), 0);
    }
}
