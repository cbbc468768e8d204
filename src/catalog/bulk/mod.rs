//! Changes of many products at once: what each would become is shown first, then done in small
//! transactions, and can be undone. Owns the tables `bulk_edit`, one row for each change, and
//! `bulk_change`, one for each product of it with what was there before.
//!
//! Which products are meant is written down when it begins: what fits the filter later is left alone.

mod apply;
mod model;
mod plan;
mod queries;
mod states;
mod work;

pub use model::{Change, Chosen, Problem, Stage, Stand};
pub use plan::{Numbers, Plan, State, Values};
pub use queries::{Counts, Edit, Row, count, counts, find, first, last, settled};
pub use states::states;
pub use work::{begin, resume, stopped, undo, works};
