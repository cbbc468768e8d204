//! Who wants to be written to, and what she agreed to. Owns the tables `subscriber` and `consent`.
//!
//! Whoever gives her address is mailed a link; only behind it she becomes a subscriber. So there is no
//! subscriber whose mailbox is not proven, and a form answers the same whatever is known. The log of
//! consents is only ever added to: it has the words that she saw, and names her by the number of her
//! subscription alone, which leads to nobody once she has left.
//!
//! The shop sends no campaigns: `etalase newsletter export` gives the addresses to whoever does.

mod model;
mod queries;

pub use model::{Agreed, Consent, Source, Subscriber};
pub use queries::{consents, find_mailbox, follow, join, leave, subscribers};
