//! What holds on every page.

mod files;
mod headers;
mod languages;
mod refusals;
mod rotation;
