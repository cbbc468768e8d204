//! Messages to the shop, by its contact form. Owns the tables `message` and `message_entry`.
//!
//! Nobody else is asked who is a machine: the form has a field that only machines fill in, says under
//! a seal when it was shown, is limited, and its links are counted. Nothing of that loses what
//! somebody wrote: she is asked to send it again, or it lies where the staff keep spam. The same
//! message twice is one, until somebody has seen to it.
//!
//! No mail tells her that it has arrived: anybody can type a stranger's address, and the shop would
//! write to it whatever anybody likes. The page tells her.

pub mod book;
pub mod care;
pub mod contact;
mod contact_page;
mod model;
mod queries;
mod shown;
mod sweep;
pub mod thanks;

pub use model::{LONGEST, State, Topic};
pub use sweep::works;
