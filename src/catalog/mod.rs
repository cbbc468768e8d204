//! The goods and their pages: home, category, product, search results. Owns the tables of
//! migration `0002_catalogue` but `search_term` (search), `stock` (stock) and `product_media` (pictures).
//!
//! Others get cards of products (`card`), and doors to write the catalogue (`model`, `writes`).

pub mod again;
pub mod book;
pub mod bulk;
pub mod card;
pub mod category;
pub mod choice;
pub mod copy;
pub mod discard;
pub mod facts;
mod gone;
pub mod grid;
pub mod handle;
pub mod home;
pub mod keep;
pub mod labels;
pub mod levels;
pub mod listing;
pub mod matrix;
pub mod model;
mod option_view;
pub mod options;
pub mod preview;
pub mod price;
mod problem;
pub mod product;
pub mod queries;
pub mod related;
pub mod results;
pub mod sale;
pub mod seen;
pub mod sheet;
pub mod shelves;
pub mod specs;
mod structured;
pub mod whole;
pub mod writes;

pub use problem::AddProblem;

use std::sync::Arc;

use crate::jobs::Works;
use crate::web::Shop;

/// What is done in the background.
pub fn works(works: Works, shop: &Arc<Shop>) -> Works {
    bulk::works(shelves::works(works), shop)
}
