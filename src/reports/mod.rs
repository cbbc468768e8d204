//! What the shop has sold, in sums over days by its own clock. Which orders count, and by which day, is
//! said at [`sales`].
//!
//! Owns the tables `sales_day`, `sales_sum`, `sales_block`, `sales_change` and `stock_worth`. Of a day that is over the sums are kept, so that
//! a year is read as fast as a week (in blocks of days); of the open day, and of one of which something has changed, the orders
//! themselves are asked, so a number is never old. Triggers tell what has changed ([`sum_up`] says why nothing
//! is missed), and `etalase verify` proves that what is kept is what the orders come to. What the stock is worth is kept in
//! `stock_worth` for some minutes, with the time at which it was so, where reckoning it takes long.

mod blocks;
mod entries;
mod kept;
mod kinds;
mod model;
mod postgres;
mod proof;
mod queries;
mod sqlite;
mod stock;
mod worth;

pub use kept::{keep_days, sum_up, works};
pub use kinds::{Line, Report, Sums};
pub use model::{BestSeller, DaySold, Days, LONGEST, Sales, Sum, begins, change};
pub use proof::{HOLDS, kept_after, untrue};
pub use queries::{best_sellers, currencies, lines, sales};
pub use stock::{Held, HeldVariant, stock_after};
pub use worth::{Worth, keep_worth, stock_worth};
