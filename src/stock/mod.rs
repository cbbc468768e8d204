//! What lies on the shelf, and to whom it is promised. Owns `stock`, the three numbers of a
//! variant, and `stock_move`, the ledger that they are the sums of: nothing changes a number but a
//! move, written with it. On hand is what can be counted on the shelf; reserved is what waiting
//! orders hold of it; available is the difference, below zero while something is on backorder. A
//! variant without a row has none. What falls to what it or the shop calls few is told to the staff once
//! (`low.rs`), and what somebody waits for is noted when it can be had again (`back.rs`).

mod back;
mod deeds;
mod low;
mod model;
mod queries;
mod shelf;

pub use back::CAME_BACK;
pub use deeds::{Correction, Delivery, limit, once, put_right, take_in};
pub use low::{FELL_LOW, take_low};
pub use model::{Actor, Count, Level, Limits, Move, Supply};
pub use queries::{Cause, adjust, allocate, available, open, receive, release, ship, take_back};
pub use shelf::{
    Lately, backorder, compare, correct, find_level, find_sku, last_move, lately, ledger,
    open_if_new, set_limits,
};
