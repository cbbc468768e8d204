//! Delivery: which countries the shop sends to, how, at what price and in how many days. Owns the
//! tables `delivery_rate` and `delivery_rate_text`. For now each rate is one flat price for a
//! whole country; the bill takes it through `pricing`, so other rules can stand behind it.

mod model;
mod queries;

pub use model::{NewRate, Rate, window};
pub use queries::{countries, insert_rate, rates_to};
