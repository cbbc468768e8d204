//! Counting what lies on the shelf, by a sheet. Owns `stocktake`, the sheets, and `stocktake_line`,
//! what is to be counted on each. A count is compared with what lay there by the ledger at the time
//! of counting, so that what is sent or comes before or after it falsifies nothing; orders reserve
//! only, and take nothing off the shelf. What differs is booked as corrections with the reason
//! `stocktake`, each once; a sheet that was booked half goes on where it stopped.

mod book;
mod counts;
mod make;
mod model;
mod queries;

pub use book::{begin, book_some};
pub use counts::{Count, Typed, positions_of, take_over, type_in};
pub use make::{Scope, fill_some, make, remove};
pub use model::{Difference, Line, Sheet, Status, Sums};
pub use queries::{differences, find, lines, list, page_of, sums};
