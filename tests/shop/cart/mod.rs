//! The cart, which lives in a cookie.

mod adding;
mod again;
mod changing;
mod cookie;
