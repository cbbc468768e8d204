//! Goods that come and go as tables (CSV): the export of all products, and files of ours, of Shopify or
//! of WooCommerce that bring some (docs/csv.md). Owns the tables `goods_import`, `goods_import_problem`
//! and `goods_import_item`; the files lie in [`crate::files`].
//!
//! Everything is done in cells. What another shop writes is first put into our own columns; a product of
//! ours is read in the very cells that an export has; what would change is where the two differ. So a file
//! that says what the shop has changes nothing, and what was changed is undone by the cells that were
//! there before, unless somebody has changed them since. Rows are written by the catalogue, by the same
//! rules as on its pages, a few products in each transaction.
//!
//! Nothing is fetched from other sites: of pictures a file can name those that the shop has.

mod batch;
mod begin;
mod cells;
mod columns;
mod export;
mod gather;
mod html;
mod judge;
mod known;
mod line;
mod make;
mod model;
mod named;
mod piece;
mod prices;
mod progress;
mod put;
mod queries;
mod shopify;
mod steps;
mod sweep;
mod table;
mod undo;
mod wanted;
mod woocommerce;
mod words;
mod wrong;

pub use begin::{By, Refused, again, keep, resume, run, stop, undo};
pub use export::export;
pub use judge::Stock;
pub use model::{Changes, Problem};
pub use progress::{Counts, Import, State, Touched};
pub use queries::{MOST_PROBLEMS, find, list, problems, touched};
pub use sweep::{new_name, works};
pub use table::Dialect;
pub use wrong::wrong_rows;
