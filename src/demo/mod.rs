//! The demo shop "Selasar", and large invented shops for benchmarks. Owns no table: it fills
//! those of the other rooms through their doors; `orders` says where it does not.

mod catalog_file;
mod import;
pub mod orders;
mod rules;
pub mod seed;

pub use import::{fill_once, is_filled};
