//! Orders that staff put together for somebody, before they are orders: what was agreed on the
//! telephone or in a chat. Owns the table `draft`.
//!
//! A draft is the checkout, kept: a cart, the checkout's form as far as it is answered, and what
//! staff take off. It may be unfinished; the checkout's own rules say what is missing. It holds no
//! stock and no price: what it comes to is reckoned whenever somebody looks. The number of its cart
//! opens its page to whoever has it, and is the cart of the one order that it becomes; with that the
//! draft goes, in the same transaction, and its address leads to the order.

mod deeds;
mod model;
mod queries;
mod sweep;

pub use deeds::{Sent, make, remove, save, send};
pub use model::{Content, Draft, FIELDS, LASTS};
pub use queries::{find, find_of_cart, list, take};
pub use sweep::works;

use crate::jobs::{Kind, Queue};

/// About a [`Sent`]: somebody is to be told what was put together for her.
pub const SENT: Kind = Kind { queue: Queue::Shop, name: "draft.sent" };
