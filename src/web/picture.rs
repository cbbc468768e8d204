//! A picture in the widths that it exists in.

use crate::web::media;

/// A picture as a template shows it: always with its size, so that nothing jumps.
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
        let fits = self.widths.iter().find(|known| **known >= width);
        media::url(&self.name, *fits.or(self.widths.last()).unwrap_or(&width))
    }

    /// Every rendition, for the browser to choose from.
    pub fn srcset(&self) -> String {
        media::srcset(&self.name, &self.widths)
    }

    /// The picture in one line of text, for an order to keep: `mug-clay-3f2a9c1b 160,320 640 800`.
    pub fn packed(&self) -> String {
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
}
