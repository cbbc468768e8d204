//! What the shop does by itself: waiting, under way, given up.

pub mod deeds;
pub mod list;
