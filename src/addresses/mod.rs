//! A customer's address book. Owns the table `customer_address`.
//!
//! Of a book that holds any address one is always the usual one for deliveries and one for bills,
//! perhaps the same: the first, until she says otherwise. An order copies what it needs, so nothing
//! that happens here changes one.

mod model;
mod queries;

pub use model::{Added, Entry, MOST, NewEntry};
pub use queries::{add, change, find, list, make_usual, remove};
