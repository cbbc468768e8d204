//! Which orders are copied, when the copies were placed and by whom.

use chrono::{NaiveDateTime, TimeDelta};
use rand::RngExt;
use rand::rngs::ThreadRng;
use serde::Serialize;
use std::collections::HashSet;
use std::sync::Arc;

use super::{copying, people, queries};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::{OrderId, OrderToken};
use crate::jobs;
use crate::orders::OrderNumber;
use crate::passwords::Hash;

/// Over so long orders have come in.
const PAST: TimeDelta = TimeDelta::days(730);
/// So many orders of a shopper, on average.
const ORDERS_OF_ONE: u64 = 4;

/// An order that is copied.
#[derive(Debug, Clone)]
pub struct Template {
    pub id: OrderId,
    pub placed_at: NaiveDateTime,
    /// From its placing to the last that happened to it.
    pub lasts: TimeDelta,
    /// How long it may stand as it is; `None` for ever.
    pub stands: Option<TimeDelta>,
}

impl Template {
    /// Whether an order of this age may look like it.
    fn fits(&self, age: TimeDelta) -> bool {
        let youngest = self.lasts + TimeDelta::minutes(1);
        youngest <= age && self.stands.is_none_or(|stands| age <= youngest + stands)
    }
}

/// A copy to be made, as the statements read it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Copy {
    /// Counted from 1.
    pub nth: i64,
    pub template: i64,
    pub id: i64,
    /// What is added to every other id of the template's rows.
    pub shift: i64,
    /// How much later everything happened: below zero.
    pub seconds: i64,
    pub number: String,
    pub token: String,
    pub email: String,
    pub name: String,
    pub has_account: i64,
}

/// Makes copies.
#[derive(Clone)]
pub struct Press {
    templates: Arc<[Template]>,
    /// The last order's id before the copies.
    last: OrderId,
    /// Ids of all templates' rows are at most this.
    stride: i64,
    /// How many copies there will be.
    copies: u32,
    /// Of every account's password.
    password: Hash,
    now: NaiveDateTime,
}

impl Press {
    /// Of orders that nobody has written after; `copies` in all.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn of(
        conn: &mut Conn,
        templates: &[Template],
        copies: u32,
        (password, now): (Hash, NaiveDateTime),
    ) -> Result<Self> {
        let (last, stride) = (queries::last_order(conn)?, queries::highest_id(conn)?);
        Ok(Self { templates: templates.into(), last, stride, copies, password, now })
    }

    /// Makes the copies numbered `range`, the oldest first, in this transaction.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn make(&self, conn: &mut Conn, range: std::ops::Range<u32>) -> Result<()> {
        let numbers = self.numbers(conn, range.len())?;
        let mut dice = rand::rng();
        let copies: Vec<Copy> =
            range.zip(numbers).map(|(n, number)| self.copy(n, number, &mut dice)).collect();
        // What the sweepers would have forgotten by now has never been.
        copying::make(conn, &copies, &self.password, self.now - jobs::KEPT)
    }

    /// Numbers that no order has.
    fn numbers(&self, conn: &mut Conn, count: usize) -> Result<HashSet<String>> {
        let mut numbers = HashSet::new();
        while numbers.len() < count {
            numbers.insert(OrderNumber::random().as_str().to_owned());
            if numbers.len() == count {
                for taken in queries::taken(conn, &numbers)? {
                    numbers.remove(&taken);
                }
            }
        }
        Ok(numbers)
    }

    fn copy(&self, n: u32, number: String, dice: &mut ThreadRng) -> Copy {
        // The first is the oldest, the last has just come in.
        let age = PAST / i32::try_from(self.copies).unwrap_or(i32::MAX)
            * i32::try_from(self.copies - n).unwrap_or(i32::MAX);
        let fitting: Vec<&Template> =
            self.templates.iter().filter(|template| template.fits(age)).collect();
        // One that fits no age is as young as it can be.
        let (template, age) = match fitting.as_slice() {
            [] => (&self.templates[0], self.templates[0].lasts + TimeDelta::minutes(1)),
            some => (some[dice.random_range(0..some.len())], age),
        };
        let shopper = dice.random_range(0..u64::from(self.copies) / ORDERS_OF_ONE + 1);
        let nth = i64::from(n) + 1;
        Copy {
            nth,
            template: template.id.0,
            id: self.last.0 + nth,
            shift: nth * self.stride,
            seconds: (self.now - age - template.placed_at).num_seconds(),
            number,
            token: OrderToken::random().as_str().to_owned(),
            email: people::email(shopper),
            name: people::name(shopper),
            has_account: i64::from(people::has_account(shopper)),
        }
    }
}
