//! What the shop knows of persons: it is told to them, and forgotten. Owns the table `erasure`, the orders
//! that are forgotten as soon as they are done.
//!
//! `declared.rs` says of every column of the database whether it is about a person, about whom, and what
//! becomes of it when she asks to be forgotten. A test compares it with the schema, so whoever adds a
//! column has to say so there. What is told ([`export`]) and what is forgotten ([`erase`]) is made of this
//! declaration, which is why this room, unlike others, writes to the tables of all of them.
//! docs/privacy.md tells the merchant.

mod declared;
mod erase;
mod export;
mod model;
mod person;
mod postgres;
mod queries;
mod sqlite;
mod sweep;

pub use declared::TABLES;
pub use erase::{FORGOTTEN, erase, outlook};
pub use export::export;
pub use model::{Fate, Ground, Personal, Table, Whose};
pub use person::{Outlook, Person};
pub use queries::{find, find_customer};
pub use sweep::works;
