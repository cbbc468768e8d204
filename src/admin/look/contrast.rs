//! The shades that a colour comes to, drawn with the text that stands on them.

use crate::look::{Colour, palette};

/// A shade with text on it. An SVG's own attributes are no style that the policy refuses.
pub struct Swatch {
    pub text: &'static str,
    pub behind: Colour,
    pub colour: Colour,
}

/// By day and by night: a button, a notice.
pub fn swatches(brand: Colour) -> Vec<Swatch> {
    let palette = palette(brand);
    let days = [
        ("look-day-button", "look-day-notice", palette.light),
        ("look-night-button", "look-night-notice", palette.dark),
    ];
    days.into_iter()
        .flat_map(|(button, notice, shades)| {
            [
                Swatch { text: button, behind: shades.accent, colour: shades.on_accent },
                Swatch { text: notice, behind: shades.soft, colour: shades.ink },
            ]
        })
        .collect()
}
