//! A gateway that moves no money, to walk through everything that a real one does: a page with
//! buttons, notices, refunds, money that takes its time. Owns the tables `rehearsal` and
//! `rehearsal_refund`, which are its own books: the shop asks it through [`Gateway`] alone, as it
//! asks any other. Its page is served by the shop itself. It is on in the demo, and elsewhere where
//! the operator says so.
//!
//! [`Gateway`]: crate::payments::Gateway

mod act;
mod gateway;
mod model;
mod queries;
pub mod show;
mod sweep;

pub use act::{act, works};
pub use gateway::Rehearsal;
