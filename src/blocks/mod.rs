//! Who neither orders nor signs in any more. Owns the table `block`: e-mail addresses, and patterns
//! that stand for many (`*@spam.example`). The checkout and the door of the account ask here, so that
//! nobody is shut out without being told.

mod model;
mod queries;

pub use model::{Block, Pattern};
pub use queries::{add, find, list, remove, shuts_out};
