//! The goods and their pages: home, category, product, search results. Owns the tables of
//! migration `0002_catalogue` but `search_term` (search) and `stock` (stock).
//!
//! Others get cards of products (`card`), and doors to write the catalogue (`model`, `writes`).

pub mod card;
pub mod model;
pub mod price;
pub mod queries;
pub mod writes;
