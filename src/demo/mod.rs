//! The demo shop "Selasar", its goods for a shop of somebody's own to try things out with, and large
//! invented shops for benchmarks. It fills the tables of the other rooms through their doors; `orders`
//! says where it does not. Owns the table `demo_thing`: what of a shop's goods is the demo's.

mod catalog_file;
mod goods;
mod import;
pub mod orders;
mod queries;
mod rules;
pub mod seed;

pub use goods::{Removed, add_goods, remove_goods};
pub use import::{fill_once, is_filled};
pub use queries::{has_goods, has_other_goods};
