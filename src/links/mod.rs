//! Links that can be used once, and only for a while: to prove a mailbox, to choose a password, to
//! change an address, to join the staff, to hear that something is back. Owns the table `link`.
//!
//! A link is asked for in the request and gets its secret when its mail is written, so that no job
//! carries one. The table holds what SHA-256 makes of it. Looking at a link does not use it up:
//! programs that read mail before people do open every link. The form behind it does, by an UPDATE
//! that only one of two can win.

mod follow;
mod model;
mod queries;
mod sweep;

pub use follow::follow;
pub use model::{Asked, Link, Owner, Purpose};
pub use queries::{
    ASKED, ask, find, find_asked, find_used, forget, give_to, make, seal, take_back, use_up,
};
pub use sweep::works;
