//! What the merchant writes: static pages and the blocks of the home page. Owns the tables `page`,
//! `page_text`, `home_block`, `home_block_text`.

pub mod crawlers;
pub mod model;
pub mod page;
pub mod queries;
pub mod well_known;
