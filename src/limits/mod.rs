//! How often something may be done: guesses at passwords, orders, codes and numbers run dry, and
//! nobody can keep the shop busy alone. Owns the table `allowance`.
//!
//! What is rare, or worth a break-in, is counted in the database, so that many instances count
//! together ([`spend`]). What every request does is counted in memory, by each instance for itself
//! ([`Limits::pass`]): a write for each page would cost more than the flood that it stops. Rates and
//! names stand in `config/limits.rs`, for the operator in docs/limits.md.
//!
//! Own code instead of a library: `governor` counts well, but neither in a table nor in a bounded
//! map; actix-governor is GPL, actix-limitation needs Redis.

mod gate;
mod model;
mod queries;
mod sweep;

pub use crate::config::Limit;
pub use model::{Charge, Limits};
pub use queries::{give_back, spend};
pub use sweep::works;
