//! Etalase: a web shop in one file.
//!
//! The rooms, lowest first: a room uses rooms listed before it, never after.

pub mod money;
pub mod ids;
pub mod language;
pub mod values;
pub mod pricing;
pub mod config;
pub mod error;
pub mod db;
pub mod audit;
pub mod settings;
pub mod zones;
pub mod tax;
pub mod shipping;
pub mod promotions;
pub mod jobs;
pub mod limits;
pub mod passwords;
pub mod sessions;
pub mod links;
pub mod privacy;
pub mod staff;
pub mod web;
pub mod uploads;
pub mod stock;
pub mod prices;
pub mod search;
pub mod content;
pub mod catalog;
pub mod cart;
pub mod orders;
pub mod invoices;
pub mod fulfilment;
pub mod payments;
pub mod rehearsal;
pub mod verify;
pub mod mail;
pub mod checkout;
pub mod customers;
pub mod rules;
pub mod demo;
pub mod admin;
pub mod routes;
pub mod app;
pub mod cli;
