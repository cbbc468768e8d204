//! What somebody keeps for later: her wishlist. Owns the tables `wishlist` and `wish`.
//!
//! A customer's list hangs on her account; a guest's is a row, too, named by a random key in her
//! cookie, so that both are one piece of code, neither is bounded by a cookie, and both can be
//! shown to others by a link. At sign-in the guest's wishes join the account's. Names, prices and
//! stock are the cart's business ([`crate::cart::items`]): a wish is read like a cart line of one.

pub mod change;
mod join;
pub mod keep;
mod model;
mod pass_on;
mod queries;
pub mod share;
pub mod shared;
pub mod show;
mod sweep;
mod wish_view;

pub use join::join;
pub use pass_on::{count, pass_on};
pub use sweep::works;
