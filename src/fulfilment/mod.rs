//! What happens to the goods of an order after it was placed: they are shipped, all or part at a
//! time; the order is cancelled before that; they come back. Owns the tables `shipment`,
//! `shipment_line`, `order_return` and `order_return_line`. Every action holds the order first
//! (`orders::hold`), so that two of them never pass each other, and moves stock by causes that are
//! unique: nothing is shipped or restocked twice.

pub mod ask;
mod ask_form;
mod cancel;
pub mod follow;
mod lines;
mod model;
mod ready;
mod returns;
mod ship;

pub use ask::reason_text;
pub use cancel::{can_cancel, cancel, reopen};
pub use model::{Asked, Counted, Parcel, ReturnReason, ReturnWish, Wanted};
pub use ready::ready;
pub use returns::{approve, decline, receive, request, take_back};
pub use ship::ship;
