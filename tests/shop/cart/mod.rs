//! The cart, which lives in a cookie.

mod adding;
mod changing;
mod cookie;
