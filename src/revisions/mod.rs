//! Orders that staff change before anything of them is sent: other units, other goods, another
//! address, another way there. Owns no table: the order, its stock, its discounts, its papers and its
//! payments are written by the rooms that own them, in one transaction.
//!
//! What is sold stays sold as it was: at the prices, by the discounts and under the rules of the moment
//! of ordering (docs/pricing.md, Changed orders). A [`Plan`] says all that a change would do; it has a
//! seal, and only what somebody has looked at is carried out.

mod carry_out;
mod lines;
mod model;
mod plan;
mod sold;

pub use carry_out::Revising;
pub use model::{Refused, Wish};
pub use plan::{Plan, StockMove, plan};
pub use sold::{Sold, find_sold};
