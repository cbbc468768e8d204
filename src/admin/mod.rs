//! The back office: what the staff see and do. Owns no table: every change is made by the room that
//! owns it, and stands in the audit log.
//!
//! A handler here takes an [`Allowed`] first, which is the proof that somebody of the staff may do
//! this; `routes.rs` opens no [`Door`] to one that does not. Whoever is not signed in is shown
//! `entrance/`.

pub mod account;
mod allowed;
pub mod audit;
pub mod blocks;
mod caller;
mod chart;
pub mod closed;
pub mod customers;
pub mod delivery;
mod desk;
pub mod discounts;
mod door;
mod download;
pub mod entrance;
mod example;
mod field;
mod figures;
pub mod form;
mod found;
pub mod home;
pub mod imports;
pub mod jobs;
mod listing;
pub mod look;
mod meanwhile;
pub mod menus;
pub mod messages;
pub mod mistake;
pub mod orders;
pub mod pages;
pub mod payments;
pub mod pictures;
pub mod products;
mod queries;
mod reader;
pub mod redirects;
pub mod reports;
pub mod roles;
mod rulebook;
pub mod search;
mod sent;
pub mod settings;
pub mod shelves;
pub mod staff;
pub mod start;
pub mod stock;
pub mod system;
mod tasks;
pub mod tax;
mod trial;
mod typed;
pub mod views;
pub mod zones;

pub use allowed::Allowed;
pub use door::{Door, Guarded};
