//! A small strict reader of TOML. It goes on after a mistake, so that all are named at once.

mod amounts;
mod fields;
mod mistake;
mod numbers;
mod texts;
mod times;
mod tree;

pub(super) use amounts::{amount_in, write_amount};
pub(super) use fields::{Fields, Ground, Read, Reading, Spot, Wrong, word};
pub use mistake::Mistake;
pub(super) use mistake::{below, harmless, quoted};
pub use numbers::decimal;
pub(super) use numbers::{grams, shown_weight};
pub(super) use texts::{Write, name, write_text};
pub(super) use tree::Value;
pub use tree::{LARGEST_FILE, RuleFile, Tree};
