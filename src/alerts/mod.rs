//! Who wants to know when something can be had again. Owns the table `stock_alert`.
//!
//! Whoever has a row has proven her mailbox: a customer's address is proven, a guest follows a link
//! (`links`) first, and nothing of her is kept before. The stock room notes a rise above nothing
//! with a job when somebody waits ([`crate::stock::CAME_BACK`]), and the mails are written for it
//! (`mail/back_in_stock.rs`): each person once, those who asked first first, and no more of them at a
//! time than the goods may be enough for. Every hour whoever still waits for what is there is told,
//! and what is old is forgotten.

pub mod ask;
pub mod confirm;
pub mod done;
mod model;
mod page;
mod queries;
pub mod stop;
mod sweep;

pub use model::Alert;
pub use queries::{follow, take};
pub use sweep::works;
