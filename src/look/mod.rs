//! How the storefront looks: its logo, the brand's colour, corners, type, and a merchant's own style
//! sheet. Owns the table `look`, with what shoppers see and what is being tried out.
//!
//! The storefront's own sheet derives everything from a few custom properties (static/css/tokens.css);
//! a look is a second sheet that sets them. It is served to the storefront alone, so nothing in it
//! reaches the back office. Text on the brand's colour can always be read: the colour is made darker
//! or lighter until it can (WCAG 2.2, 1.4.3).

#[allow(clippy::float_arithmetic)] // of light, never of money
mod colour;
mod model;
#[allow(clippy::float_arithmetic)]
mod palette;
mod queries;

pub use colour::Colour;
pub use model::{Corners, LONGEST_CSS, Look, Sheet, Typeface};
pub use palette::{LEAST_CONTRAST, Palette, palette};
pub use queries::{State, has_logo, load, publish, save_draft, set_logo};
