//! Getting a shop ready, and opening it: what its owner is asked in the first five minutes, what is
//! still missing, and whether shoppers may come in. Owns the table `opening_step`, the questions that
//! she has answered; what can be seen from the shop itself is not written down again. Open or closed
//! is one of the merchant's settings.

mod delivery;
mod model;
mod queries;

pub use delivery::{First, add_first_delivery};
pub use model::{Missing, Readiness, Step};
pub use queries::{Opened, answer, close, load, open};
