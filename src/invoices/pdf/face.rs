//! The two faces of a paper, and how wide words are in them.

use std::ops::Range;
use std::sync::LazyLock;

use krilla::text::Font;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

/// Hundredths of a point: 1/7200 of an inch.
pub(super) type Length = i64;

/// Glyphs are measured in thousandths of their size.
const EM: i64 = 1_000;

static REGULAR: LazyLock<Option<Face>> = LazyLock::new(|| {
    Face::read(include_bytes!("../../../static/fonts/PlusJakartaSans-Regular.ttf"))
});
static SEMI_BOLD: LazyLock<Option<Face>> = LazyLock::new(|| {
    Face::read(include_bytes!("../../../static/fonts/PlusJakartaSans-SemiBold.ttf"))
});

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    SemiBold,
}

impl Weight {
    /// `None` when the program was built with a broken font.
    pub fn face(self) -> Option<&'static Face> {
        match self {
            Self::Regular => REGULAR.as_ref(),
            Self::SemiBold => SEMI_BOLD.as_ref(),
        }
    }
}

pub(super) struct Face {
    pub font: Font,
    letters: FontRef<'static>,
}

/// A letter as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Glyph {
    pub id: u32,
    /// In thousandths of the size.
    pub advance: i64,
    /// The bytes of the text that it stands for.
    pub stands_for: Range<usize>,
}

impl Face {
    fn read(bytes: &'static [u8]) -> Option<Self> {
        Some(Self { font: Font::new(bytes.into(), 0)?, letters: FontRef::new(bytes).ok()? })
    }

    /// The glyphs of a text.
    ///
    /// A letter that the font lacks is spelled in those that it has (李 as "Li"), and still copied
    /// and searched as what it is: an invoice with boxes in place of a name is worse.
    pub fn glyphs(&self, text: &str) -> Vec<Glyph> {
        let mut glyphs = Vec::with_capacity(text.len());
        for (at, letter) in text.char_indices().filter(|(_, letter)| !letter.is_control()) {
            let stands_for = at..at + letter.len_utf8();
            match self.glyph(letter, &stands_for) {
                Some(glyph) => glyphs.push(glyph),
                None => glyphs.extend(
                    deunicode::deunicode_char(letter)
                        .unwrap_or("?")
                        .chars()
                        .filter_map(|letter| self.glyph(letter, &stands_for)),
                ),
            }
        }
        glyphs
    }

    fn glyph(&self, letter: char, stands_for: &Range<usize>) -> Option<Glyph> {
        let id = self.letters.charmap().map(letter)?;
        let metrics = self.letters.glyph_metrics(Size::unscaled(), LocationRef::default());
        let advance = metrics.advance_width(id)? as i64;
        Some(Glyph { id: id.to_u32(), advance, stands_for: stands_for.clone() })
    }

    /// How wide a text is at a size.
    pub fn width(&self, text: &str, size: Length) -> Length {
        self.glyphs(text).iter().map(|glyph| glyph.advance).sum::<i64>() * size / EM
    }

    /// The text in lines that are no wider than `width`: broken at spaces, and inside a word that
    /// is wider by itself. A line that goes on ends with its space.
    pub fn lines(&self, text: &str, size: Length, width: Length) -> Vec<String> {
        let mut lines = vec![String::new()];
        for word in text.split_inclusive(' ') {
            for piece in self.pieces(word, size, width) {
                let line = lines.last().map_or("", String::as_str);
                if !line.is_empty()
                    && self.width(&format!("{line}{}", piece.trim_end()), size) > width
                {
                    lines.push(String::new());
                }
                if let Some(line) = lines.last_mut() {
                    line.push_str(&piece);
                }
            }
        }
        lines
    }

    /// A word, cut where it is too long for a line.
    fn pieces(&self, word: &str, size: Length, width: Length) -> Vec<String> {
        let mut pieces = vec![String::new()];
        let mut used = 0;
        for letter in word.chars() {
            let more = self.width(letter.encode_utf8(&mut [0; 4]), size);
            if used > 0 && used + more > width && letter != ' ' {
                pieces.push(String::new());
                used = 0;
            }
            used += more;
            if let Some(piece) = pieces.last_mut() {
                piece.push(letter);
            }
        }
        pieces
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn face() -> &'static Face {
        Weight::Regular.face().unwrap()
    }

    #[test]
    fn figures_stand_in_columns() {
        let widths: Vec<Length> =
            ["111", "888", "012"].map(|text| face().width(text, 1_000)).into();
        assert_eq!(widths, [1_800; 3]);
        assert!(Weight::SemiBold.face().unwrap().width("1", 1_000) > 0);
    }

    #[test]
    fn a_letter_that_the_font_lacks_is_spelled_and_still_itself() {
        let glyphs = face().glyphs("a李b");
        let spelled: Vec<Range<usize>> = glyphs.into_iter().map(|glyph| glyph.stands_for).collect();
        assert_eq!(spelled, [0..1, 1..4, 1..4, 1..4, 4..5], "L, i and a space stand for 李");
        assert!(face().width("🎉", 1_000) > 0);
    }

    #[test]
    fn lines_break_at_spaces_and_never_overflow() {
        let width = 5_000;
        for text in [
            "",
            "one",
            "one two three four five six",
            "Donaudampfschifffahrtsgesellschaft",
            "a  b",
            "Rp\u{a0}1.000",
        ] {
            let lines = face().lines(text, 1_000, width);
            assert_eq!(lines.concat(), text);
            assert!(
                lines.iter().all(|line| face().width(line.trim_end(), 1_000) <= width),
                "{lines:?}"
            );
        }
        assert_eq!(face().lines("one two three", 1_000, 4_500), ["one two ", "three"]);
    }
}
