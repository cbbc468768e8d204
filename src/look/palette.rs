//! What is made of the brand's colour: shades that text can be read on and by, by day and by night.

use super::colour::{Colour, Oklch, contrast};

/// Between a text and what it stands on (WCAG 2.2, 1.4.3, level AA).
pub const LEAST_CONTRAST: f64 = 4.5;

/// Shades for one time of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shades {
    /// Of buttons.
    pub accent: Colour,
    /// Below the pointer.
    pub hover: Colour,
    /// The text on both.
    pub on_accent: Colour,
    /// Behind a notice.
    pub soft: Colour,
    /// Of links, on every background of the shop and on `soft`.
    pub ink: Colour,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    pub light: Shades,
    pub dark: Shades,
    /// Whether white text on the colour as it was chosen could not be read, so that it was darkened.
    pub is_mended: bool,
}

/// One time of the day: which way a colour is mended, and what its texts stand on.
struct Day {
    step: f64,
    on_accent: Colour,
    /// The backgrounds that come closest to a text (tokens.css: bg, surface-2).
    grounds: [Colour; 2],
    soft: (f64, f64),
}

const LIGHT: Day = Day {
    step: -0.01,
    on_accent: Colour([0xff, 0xff, 0xff]),
    grounds: [Colour([0xff, 0xff, 0xff]), Colour([0xef, 0xef, 0xec])],
    soft: (0.962, 0.2),
};
const DARK: Day = Day {
    step: 0.01,
    on_accent: Colour([0x0f, 0x15, 0x11]),
    grounds: [Colour([0x13, 0x14, 0x12]), Colour([0x24, 0x26, 0x23])],
    soft: (0.29, 0.45),
};
/// How far the shade below the pointer is.
const HOVER_STEPS: f64 = 5.0;
/// By night a colour is at least so light: a dark one would glow no more than the page.
const LIGHTEST_NIGHT: f64 = 0.72;

pub fn palette(brand: Colour) -> Palette {
    let own = brand.to_oklch();
    let light = shades(&LIGHT, own);
    let by_night = own.with_lightness(own.lightness.max(LIGHTEST_NIGHT)).with_chroma(0.9);
    Palette { is_mended: light.accent != brand, light, dark: shades(&DARK, by_night) }
}

fn shades(day: &Day, own: Oklch) -> Shades {
    let accent = until_read(own, day.step, &[day.on_accent]);
    let hover = accent.with_lightness((accent.lightness + HOVER_STEPS * day.step).clamp(0.0, 1.0));
    let (lightness, chroma) = day.soft;
    let soft = own.with_lightness(lightness).with_chroma(chroma).to_colour();
    let [ground, other] = day.grounds;
    Shades {
        accent: accent.to_colour(),
        hover: hover.to_colour(),
        on_accent: day.on_accent,
        soft,
        ink: until_read(accent, day.step, &[ground, other, soft]).to_colour(),
    }
}

/// The nearest lightness at which the colour can be told from all of these.
fn until_read(mut colour: Oklch, step: f64, from: &[Colour]) -> Oklch {
    let is_read = |colour: Oklch| {
        let shown = colour.to_colour();
        from.iter().all(|other| contrast(shown, *other) >= LEAST_CONTRAST)
    };
    while !is_read(colour) && (0.0..=1.0).contains(&colour.lightness) {
        colour.lightness += step;
    }
    colour
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).expect("six digits")
    }

    #[test]
    fn a_colour_that_can_be_read_stays_as_it_was_chosen() {
        let green = palette(colour("#2f6f4e"));
        assert_eq!((green.light.accent, green.is_mended), (colour("#2f6f4e"), false));
        let yellow = palette(colour("#ffd400"));
        assert!(yellow.is_mended && yellow.light.accent != colour("#ffd400"));
        // By night the same yellow is bright enough for dark text.
        assert!(contrast(yellow.dark.accent, yellow.dark.on_accent) > 7.0);
    }

    proptest! {
        #[test]
        fn every_text_can_be_read_whatever_the_colour(parts: [u8; 3]) {
            let palette = palette(Colour(parts));
            for (day, shades) in [(LIGHT, palette.light), (DARK, palette.dark)] {
                let Shades { accent, hover, on_accent, soft, ink } = shades;
                let [ground, other] = day.grounds;
                let pairs =
                    [(on_accent, accent), (on_accent, hover), (ink, soft), (ink, ground), (ink, other)];
                for (text, behind) in pairs {
                    prop_assert!(contrast(text, behind) >= LEAST_CONTRAST, "{} on {}", text, behind);
                }
            }
        }
    }
}
