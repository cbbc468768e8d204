//! Customers and their accounts, under `/account`. Owns the tables `customer` and
//! `customer_note`; `session`, `link` and
//! `customer_address` are rooms of their own, and her cart is the cart's.
//!
//! An account begins with a proven mailbox: who registers gives a name and an address, and chooses
//! her password behind the link that is mailed there. So there is no account that waits, nobody can
//! take an address in advance, and what a form answers is the same whether an address is known or
//! not: the mail says the rest (docs/accounts.md).

pub mod addresses;
pub mod book;
pub mod care;
pub mod choose;
pub mod confirm;
pub mod confirmed;
pub mod data;
mod dead_link;
pub mod done;
pub mod email;
mod enter;
pub mod erase;
pub mod find;
pub mod forget;
pub mod forgot;
mod form;
mod found;
mod member;
mod model;
pub mod name;
mod next;
pub mod newsletter;
pub mod password;
mod queries;
pub mod register;
pub mod sent;
pub mod sessions;
pub mod show;
pub mod sign_in;
pub mod sign_out;
pub mod subscribe;
pub mod unsubscribe;

pub use member::Member;
