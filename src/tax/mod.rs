//! Tax rates: which hold where and when. Owns the table `tax_rate`. The bill reckons them
//! (`pricing/tax.rs`); this room only says which rates a place has at an instant. A class of goods
//! may have several rates at once, and a class with none is free of tax: a rate of nothing differs
//! from that in that bills print it.

mod model;
mod queries;

pub use model::{Rate, rates_at};
pub use queries::{load_rules, save_rules};
