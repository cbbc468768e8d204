//! Rules as text: files in TOML that set tax, delivery, promotions, prices and settings, and the
//! same rules written back. Owns no table: everything goes through the rooms' own doors. Pages of
//! the back office change rules here too, an entry at a time ([`Book`]).
//!
//! A section that is there is the whole truth of that section; of `[settings]` and `[prices]` only
//! what is named changes. All files are applied in one transaction or not at all, and every mistake
//! is named by file, line and key. What may surprise: a plan does everything and undoes it, so it
//! holds the database's writer for that moment, and what it shows is read back from the database.

mod alone;
mod apply;
mod areas;
mod book;
mod delivery;
mod entry;
mod export;
mod invoicing;
mod plan;
mod prices;
mod promotions;
mod rate;
mod read;
mod settings;
mod tax;
mod typed;

pub use apply::{Mode, Outcome, apply, apply_as};
pub use book::Book;
pub use delivery::{method_entry, method_of};
pub use entry::Entry;
pub use export::{ExportError, Section, export, write_section};
pub use plan::{Change, FieldChange};
pub use promotions::{promotion_entry, promotion_of};
pub use read::{LARGEST_FILE, Mistake, RuleFile, Tree, decimal};
pub use tax::rate_of;
pub use typed::{TypedArea, ppm};

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
