//! The audit log: who did what in the back office and on the command line, from where, and how it
//! was before and after. Owns the tables `audit_entry` and `audit_head`. An entry is written in the
//! transaction of what it tells, and the database refuses to change or delete it. Each is sealed by
//! a hash over itself and the entry before it, so `etalase verify` finds one that was altered, taken
//! out or put in past the triggers. Writers wait for each other: the log has one end.
//!
//! No secret belongs in it and nothing about shoppers, since nobody can be erased from it: a shopper is
//! the number of her account or of her order, and what was typed about her stands there as a hash that
//! nobody can guess once the order is forgotten (`orders/audited.rs`).

mod differing;
mod model;
mod queries;

pub use differing::differing;
pub use model::{Action, Actor, Deed, Entity, Entry, Wanted, Who};
pub use queries::{last_of, list, verify, write};
