//! What lies on the shelf. Owns the table `stock`: one number per variant, which only ever falls
//! by [`take`]. A variant without a row has none.

mod queries;

pub use queries::take;
