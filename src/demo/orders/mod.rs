//! Orders of an invented shop: some are placed and moved on by the functions that a real order goes
//! through (`place.rs`, `stories.rs`), the others are copies of those, many in a statement
//! (`copies.rs`). What may surprise: copies are the one thing that writes rows of other rooms' tables
//! past their doors, which is what makes a million of them a matter of minutes. `etalase verify` holds
//! them to what the doors promise.

mod accounts;
mod copies;
mod copying;
mod dialect;
mod papers;
mod people;
mod place;
mod postgres;
mod queries;
mod rows;
mod sheet;
mod sqlite;
mod stories;

pub use accounts::open_accounts;
pub use copies::{Press, Template};
pub use place::{Counter, open_counter};

/// How many orders are placed one by one, of so many in all: enough that no two of a page look alike.
pub fn placed_one_by_one(orders: u32) -> u32 {
    (orders / 4).clamp(orders.min(24), 480)
}
