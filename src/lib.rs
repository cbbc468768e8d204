//! Etalase: a web shop in one file.
//!
//! The rooms, lowest first: a room uses rooms listed before it, never after.

pub mod config;
pub mod web;

pub mod cli;
