//! What shoppers do, counted without knowing who they are: which words they search, and in how many carts
//! something is put. Owns the tables `search_day` and `cart_day`.
//!
//! Each instance counts in its memory and writes now and then, beside the requests, so nobody waits for it;
//! what was counted in the seconds before a process ends is lost. Addresses and long numbers are not kept
//! ([`Words`]), and nothing longer than a year and a month.

mod counts;
mod model;
mod queries;

pub use counts::Tally;
pub use model::Words;
pub use queries::{Searched, carts, searches, works};
