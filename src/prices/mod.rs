//! What one of a variant costs: rules by currency, quantity, customer group and time, chosen at
//! the instant of reading. Owns the tables `price` and `price_history`.
//!
//! Every change goes through `save_prices`, `set_prices` or `set_first_prices`, which keep the
//! history: the timeline of what one cost everybody, with the changes that are scheduled ahead.
//! `pricing/` is another thing: it reckons bills from the amounts chosen here.

mod model;
mod queries;
mod rules;
mod timeline;
mod writes;

pub use model::{NewPrice, PriceMistake, SkuPrices};
pub use queries::{applies, current_price, find_prices, load_prices, lowest_before};
pub use rules::{Price, Prices, Rule, best};
pub use writes::{SaveError, save_prices, set_first_prices, set_prices};
