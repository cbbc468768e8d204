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

    /// The largest rendition.
    pub fn largest(&self) -> String {
        self.src(u16::MAX)
    }
}
