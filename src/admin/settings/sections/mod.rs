//! What is asked about the shop, each section once, wherever it is asked.

mod address;
mod invoices;
mod languages;
mod local;
mod mails;
mod money;
mod name;
mod orders;
mod payment;
mod place;
mod words;

pub use address::ADDRESS;
pub use invoices::INVOICES;
pub use languages::LANGUAGES;
pub use mails::MAILS;
pub use money::MONEY;
pub use name::NAME;
pub use orders::ORDERS;
pub use payment::PAYMENT;
pub use place::PLACE;
pub use words::WORDS;
