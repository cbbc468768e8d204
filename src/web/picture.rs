//! A picture in the widths that it exists in.

use super::{assets, media};

/// What is shown of a picture whose widths are still being made.
const PLACEHOLDER: &str = "picture.svg";

/// A picture as a template shows it: always with its size, so that nothing jumps. One that has no
/// widths yet is shown as a placeholder of that size.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picture {
    name: String,
    widths: Vec<u16>,
    pub width: i64,
    pub height: i64,
    /// What it shows; empty when the words beside it say so already.
    pub alt: String,
}

impl Picture {
    /// `widths` as the table `media` keeps them: ascending, separated by commas.
    pub fn new(name: impl Into<String>, widths: &str, width: i64, height: i64) -> Self {
        let widths = widths.split(',').filter_map(|width| width.parse().ok()).collect();
        Self { name: name.into(), widths, width, height, alt: String::new() }
    }

    pub fn with_alt(self, alt: impl Into<String>) -> Self {
        Self { alt: alt.into(), ..self }
    }

    /// The address of the smallest rendition that is at least `width` wide, else of the largest.
    pub fn src(&self, width: u16) -> String {
        let fits = self.widths.iter().find(|known| **known >= width).or(self.widths.last());
        fits.map_or(assets::url(PLACEHOLDER).to_owned(), |width| media::url(&self.name, *width))
    }

    /// Every rendition, for the browser to choose from.
    pub fn srcset(&self) -> String {
        match self.widths.is_empty() {
            true => format!("{} {}w", assets::url(PLACEHOLDER), self.width),
            false => media::srcset(&self.name, &self.widths),
        }
    }

    /// The picture in one line of text, for an order to keep: `mug-clay-3f2a9c1b 160,320 640 800`.
    /// Empty for one that has no widths yet.
    pub fn packed(&self) -> String {
        if self.widths.is_empty() {
            return String::new();
        }
        let widths: Vec<String> = self.widths.iter().map(ToString::to_string).collect();
        format!("{} {} {} {}", self.name, widths.join(","), self.width, self.height)
    }

    /// What [`Picture::packed`] wrote.
    pub fn unpack(line: &str) -> Option<Self> {
        let mut parts = line.split(' ');
        let (name, widths) = (parts.next()?, parts.next()?);
        let (width, height) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some(Self::new(name, widths, width, height))
    }

    /// The largest rendition.
    pub fn largest(&self) -> String {
        self.src(u16::MAX)
    }

    /// The largest rendition, for others to show; empty as long as there is none.
    pub fn to_share(&self) -> String {
        if self.widths.is_empty() { String::new() } else { self.largest() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_in_a_line_is_the_same_picture() {
        let picture = Picture::new("mug-clay-3f2a9c1b", "160,320", 640, 800);
        assert_eq!(picture.packed(), "mug-clay-3f2a9c1b 160,320 640 800");
        assert_eq!(Picture::unpack(&picture.packed()), Some(picture));
        assert_eq!(Picture::unpack(""), None);
    }

    #[test]
    fn a_picture_without_widths_is_a_placeholder_that_nobody_keeps() {
        let waiting = Picture::new("mug-clay-3f2a9c1b", "", 640, 800);
        assert_eq!(waiting.src(160), assets::url("picture.svg"));
        assert_eq!(waiting.srcset(), format!("{} 640w", assets::url("picture.svg")));
        assert_eq!((waiting.packed(), waiting.to_share()), (String::new(), String::new()));
    }
}
