//! What the merchant writes: static pages and articles, the blocks of the home page, menus, addresses
//! that lead elsewhere. Owns the tables `page`, `page_text`, `page_edition`, `page_edition_text`,
//! `menu_item`, `menu_item_text`, `redirect`, `home_block` and `home_block_text`.
//!
//! Texts are Markdown, rendered as they are read, and no HTML that somebody wrote reaches a page
//! (docs/content.md). Of legal pages each edition is kept.

pub mod article;
pub mod articles;
pub mod blocks;
pub mod crawlers;
pub mod edition;
pub mod editions;
pub mod feed;
mod hits;
pub mod keep;
mod markdown;
pub mod menus;
pub mod model;
pub mod page;
pub mod queries;
pub mod redirects;
pub mod sheet;
pub mod well_known;

pub use hits::Hits;
pub use markdown::{html, is_link, is_path};
