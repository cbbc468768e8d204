//! What the database knows of persons. Owns no table: it declares every column of all of them.
//!
//! `declared.rs` says of each column whether it is about a person, about whom, and what becomes of it
//! when she asks to be forgotten. A test compares it with the schema, so whoever adds a column has to
//! say so there.

mod declared;
mod model;

pub use declared::TABLES;
pub use model::{Fate, Ground, Personal, Table, Whose};
