//! Home, categories, products and search results.

mod addresses;
mod choosing;
mod counted;
mod lists;
mod prices;
mod search;
mod seen;
