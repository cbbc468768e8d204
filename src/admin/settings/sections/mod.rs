//! What is asked about the shop, each section once, wherever it is asked.

mod languages;
mod money;
mod name;
mod payment;
mod place;

pub use languages::LANGUAGES;
pub use money::MONEY;
pub use name::NAME;
pub use payment::PAYMENT;
pub use place::PLACE;
