//! The shop as its visitors meet it: stories told through HTTP, on SQLite and on PostgreSQL. A file for each room.
//!
//! A story is an async function that takes a [`kit::TestShop`]; `both!` at the top of its file lists it, and each one runs on
//! both databases, in a shop of its own. A story that is not listed is dead code, which the lints refuse.

// `unwrap` and `panic!` are how a test fails; clippy allows them by itself in `#[test]` functions only.
#![allow(clippy::unwrap_used, clippy::panic)]

mod addresses;
mod alerts;
mod audit;
mod break_in;
mod cart;
mod catalog;
mod checkout;
mod cli;
mod content;
mod currencies;
mod customers;
mod db;
mod exchange;
mod fulfilment;
mod fuzz;
mod house;
mod invoices;
mod jobs;
mod kit;
mod limits;
mod look;
mod mail;
mod messages;
mod newsletter;
mod opening;
mod orders;
mod payments;
mod pictures;
mod prices;
mod privacy;
mod promotions;
mod reports;
mod rules;
mod schema;
mod seed;
mod sessions;
mod shelf;
mod staff;
mod stock;
mod texts;
mod verify;
mod web;
mod wishes;
mod zones;
