//! What the shop has sold, in sums over days by its own clock. Owns no table: every number is reckoned
//! from the orders and refunds themselves when it is asked for, so that it can be proved by hand.
//! Which of them count, and by which day, is said at [`sales`].

mod kinds;
mod model;
mod postgres;
mod queries;
mod sqlite;

pub use kinds::{Line, Report, lines};
pub use model::{BestSeller, DaySold, Days, LONGEST, Sales, Sum, begins, change};
pub use queries::{best_sellers, sales};
