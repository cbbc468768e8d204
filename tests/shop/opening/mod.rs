//! The first five minutes of a shop, opening and closing it, and goods to try things out with.

mod closed;
mod goods;
mod steps;
