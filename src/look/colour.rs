//! Colours: as a merchant chooses them, as eyes see them, and how far two of them are apart.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

/// A colour of screens (sRGB): red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

/// The same by lightness (0 to 1), chroma and hue (radians): Oklch, as CSS has it (CSS Color 4, 9.4).
#[derive(Debug, Clone, Copy)]
pub(super) struct Oklch {
    pub lightness: f64,
    pub chroma: f64,
    pub hue: f64,
}

impl Colour {
    /// `#2f6f4e`, in small letters or capitals.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        let is_plain = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        let number = u32::from_str_radix(digits, 16).ok().filter(|_| is_plain)?;
        let [_, red, green, blue] = number.to_be_bytes();
        Some(Self([red, green, blue]))
    }

    /// How bright it is to an eye, from 0 to 1 (WCAG 2.2, relative luminance).
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn linear(self) -> [f64; 3] {
        self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        })
    }

    pub(super) fn to_oklch(self) -> Oklch {
        let [r, g, b] = self.linear();
        let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
        let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
        let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
        let lightness = 0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s;
        let a = 1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s;
        let b = 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s;
        Oklch { lightness, chroma: a.hypot(b), hue: b.atan2(a) }
    }
}

impl Oklch {
    pub fn with_lightness(self, lightness: f64) -> Self {
        Self { lightness, ..self }
    }

    pub fn with_chroma(self, factor: f64) -> Self {
        Self { chroma: self.chroma * factor, ..self }
    }

    /// On a screen: as colourful as it can be shown.
    pub fn to_colour(self) -> Colour {
        let mut shown = self;
        loop {
            let linear = shown.to_linear();
            let fits = linear.iter().all(|part| (-0.000_1..=1.000_1).contains(part));
            if fits || shown.chroma < 0.001 {
                return Colour(linear.map(part_of));
            }
            shown.chroma *= 0.97;
        }
    }

    fn to_linear(self) -> [f64; 3] {
        let (a, b) = (self.chroma * self.hue.cos(), self.chroma * self.hue.sin());
        let l = (self.lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let m = (self.lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let s = (self.lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
        [
            4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
            -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
            -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
        ]
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn part_of(linear: f64) -> u8 {
    let linear = linear.clamp(0.0, 1.0);
    let part = match linear <= 0.003_130_8 {
        true => linear * 12.92,
        false => 1.055 * linear.powf(1.0 / 2.4) - 0.055,
    };
    // From 0 to 255 by then.
    (part * 255.0).round() as u8
}

/// From 1 for none to 21 for black on white (WCAG 2.2, contrast ratio).
pub(super) fn contrast(one: Colour, other: Colour) -> f64 {
    let (one, other) = (one.luminance(), other.luminance());
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl Serialize for Colour {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Colour {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom("a colour is # and six digits"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).expect("six digits")
    }

    #[test]
    fn a_colour_is_six_hexadecimal_digits() {
        assert_eq!(colour("#2F6f4e").to_string(), "#2f6f4e");
        for bad in ["", "#fff", "2f6f4e", "#2f6f4g", "#+f6f4e", "red", "#2f6f4e;"] {
            assert_eq!(Colour::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn contrast_is_what_the_guidelines_say() {
        assert!((contrast(colour("#000000"), colour("#ffffff")) - 21.0).abs() < 0.01);
        assert!((contrast(colour("#777777"), colour("#ffffff")) - 4.48).abs() < 0.01);
        assert!((contrast(colour("#767676"), colour("#ffffff")) - 4.54).abs() < 0.01);
    }

    #[test]
    fn a_colour_comes_back_from_how_eyes_see_it() {
        for text in ["#000000", "#ffffff", "#2f6f4e", "#ff0000", "#123456", "#fedcba"] {
            assert_eq!(colour(text).to_oklch().to_colour(), colour(text));
        }
    }
}
