//! What holds on every page.

mod bounds;
mod files;
mod headers;
mod languages;
mod names;
mod refusals;
mod rotation;
mod well_known;
