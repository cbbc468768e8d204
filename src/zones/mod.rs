//! Zones: where a tax or a way of delivery holds. Owns the tables `zone` and `zone_member`. For each
//! [`Kind`] of rule a place is in one zone or in none: the one that names it most closely, so a
//! postcode goes before its region, a region before its country, and a country before anywhere.
//! The rules are few and read with every page, so they live in memory (`web/frame.rs`).

mod model;
mod postcode;
mod queries;

pub use model::{Area, Kind, Rules, Zone};
pub use postcode::{BadRange, PostcodeRange};
pub use queries::{ids, load_rules, save_rules};
