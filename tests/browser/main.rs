//! The shop in a real browser: what only layout, focus and a shopper's own screen can show. Stories that HTTP can tell are
//! in `tests/shop`.

// `unwrap` and `panic!` are how a test fails; clippy allows them by itself in `#[test]` functions only.
#![allow(clippy::unwrap_used, clippy::panic)]

mod browser;
mod journeys;
mod keyboard;
#[path = "../shop/kit/mod.rs"]
mod kit;
mod layout;
mod opening;
mod paying;
