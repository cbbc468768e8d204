//! The checkout: one page with contact, address, delivery, payment and sums. Owns no table. There
//! is no state on the server besides the cart: the form carries everything that was typed, the
//! total that was shown and the cart's id, and `order.rs` writes the order in one transaction or
//! nothing at all.

mod address;
mod address_view;
mod book;
mod changes;
mod desk;
pub mod draft;
mod field_view;
mod fields;
mod form;
mod form_view;
mod from_draft;
mod formats;
mod order;
mod page;
pub mod place;
mod proposal;
mod reach;
mod regions;
pub mod show;

pub use address::{filled, filled_company, read_address, read_entry};
pub use address_view::AddressFields;
pub use field_view::{FieldView, errors};
pub use fields::{Mistake, Reader, TextRule, full_phone};
pub use form::{Placeable, fits_country, named_country};
pub use from_draft::try_to_place;
pub use order::{Outcome, Placing};
pub use proposal::Proposal;
