//! Etalase: a web shop in one file.
//!
//! The rooms, lowest first: a room uses rooms listed before it, never after.

pub mod app;
pub mod cart;
pub mod catalog;
pub mod checkout;
pub mod cli;
pub mod config;
pub mod content;
pub mod db;
pub mod demo;
pub mod error;
pub mod ids;
pub mod language;
pub mod money;
pub mod orders;
pub mod pricing;
pub mod routes;
pub mod search;
pub mod settings;
pub mod shipping;
pub mod stock;
pub mod values;
pub mod web;
