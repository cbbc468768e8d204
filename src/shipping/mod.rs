//! Delivery: the ways in which the shop sends things or lets them be fetched, at what price and in
//! how many days. Owns the tables `delivery_method`, `delivery_tier` and `delivery_method_text`. A
//! method stands in a delivery zone; a zone without one is how a merchant says "not there". What a
//! method costs and whether it takes a cart at all only the bill knows (`pricing/shipping.rs`).

mod columns;
mod model;
mod promise;
mod queries;

pub use columns::rate_kind;
pub use model::{Kind, Method, countries, delivers_to, methods_at};
pub use promise::Promise;
pub use queries::{load_rules, save_rules};
