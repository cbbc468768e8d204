//! Who asks, and how her orders stand.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};

use crate::ids::{CustomerId, OrderId};

/// Somebody who asks what is known of her, or to be forgotten: her account, if she has one, and her
/// mailbox, which is proven to be hers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    pub customer: Option<CustomerId>,
    /// In small letters; `None` where it is about orders alone.
    pub mailbox: Option<String>,
}

/// One of her orders.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub(super) struct HerOrder {
    #[diesel(sql_type = BigInt)]
    pub id: OrderId,
    #[diesel(sql_type = Text)]
    pub number: String,
    /// Goods, money or an answer are still under way, or she may still send something back.
    #[diesel(sql_type = Bool)]
    pub is_open: bool,
    #[diesel(sql_type = Bool)]
    pub has_invoice: bool,
}

/// What will become of what is known of her.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outlook {
    /// How many of her orders are forgotten at once.
    pub done: usize,
    /// The numbers of those that are forgotten when they are done.
    pub waiting: Vec<String>,
    /// Whether there are invoices, which stay.
    pub has_invoices: bool,
}

impl Outlook {
    pub(super) fn of(orders: &[HerOrder]) -> Self {
        let waiting = orders.iter().filter(|order| order.is_open);
        let waiting: Vec<String> = waiting.map(|order| order.number.clone()).collect();
        Self {
            done: orders.len() - waiting.len(),
            waiting,
            has_invoices: orders.iter().any(|order| order.has_invoice),
        }
    }
}

/// Before when goods must have left for their order to be done, and guests must have ordered to be
/// forgotten without asking.
#[derive(Debug, Clone, Copy)]
pub(super) struct Since {
    pub shipped: NaiveDateTime,
    pub placed: NaiveDateTime,
}
