//! A small strict reader of TOML. It goes on after a mistake, so that all are named at once.

mod fields;
mod mistake;
mod scalars;
mod tree;

pub(super) use fields::{Fields, Ground, Read, Reading, Spot, Wrong, word};
pub use mistake::Mistake;
pub(super) use mistake::{below, harmless, quoted};
pub(super) use scalars::{Write, amount_in, grams, name, shown_weight, write_amount, write_text};
pub(super) use tree::Value;
pub use tree::{LARGEST_FILE, RuleFile, Tree};
