//! What stands where on the pages of a paper (A4).

use super::face::{Length, Weight};
use super::table;
use crate::invoices::sheet::{Block, Sheet};

pub(super) const PAGE_WIDTH: Length = 59_528;
pub(super) const PAGE_HEIGHT: Length = 84_189;
/// 16 mm.
const MARGIN: Length = 4_535;
pub(super) const LEFT: Length = MARGIN;
pub(super) const RIGHT: Length = PAGE_WIDTH - MARGIN;
pub(super) const WIDTH: Length = RIGHT - LEFT;
const TOP: Length = MARGIN;
/// The page's number stands below.
const BOTTOM: Length = PAGE_HEIGHT - MARGIN - 1_800;
const GAP: Length = 2_000;

/// The marks of one page, in the order in which they are read.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub marks: Vec<Mark>,
}

#[derive(Debug, Clone)]
pub(super) enum Mark {
    Text(Text),
    /// A thin line, for the eye alone.
    Rule {
        x: Length,
        y: Length,
        width: Length,
    },
}

/// One line of text; `y` is where the letters stand.
#[derive(Debug, Clone)]
pub(super) struct Text {
    pub x: Length,
    pub y: Length,
    pub style: Style,
    pub text: String,
    pub part: Part,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub size: Length,
    pub weight: Weight,
    pub ink: Ink,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Dark,
    Soft,
}

/// What a text is, for a reader who cannot see where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Title,
    /// Counted, so that two of them are two.
    Heading(usize),
    Paragraph(usize),
    Cell {
        table: usize,
        row: usize,
        column: usize,
    },
    /// Page numbers and repeated heads: not read aloud.
    Furniture,
}

impl Style {
    pub const TITLE: Self = Self { size: 2_200, weight: Weight::SemiBold, ink: Ink::Dark };
    pub const NUMBER: Self = Self { size: 1_200, weight: Weight::Regular, ink: Ink::Soft };
    pub const STRONG: Self = Self { size: 950, weight: Weight::SemiBold, ink: Ink::Dark };
    pub const BODY: Self = Self { size: 900, weight: Weight::Regular, ink: Ink::Soft };
    pub const SMALL: Self = Self { size: 800, weight: Weight::Regular, ink: Ink::Soft };

    /// From one line to the next.
    pub fn leading(self) -> Length {
        self.size * 145 / 100
    }

    pub fn width(self, text: &str) -> Length {
        self.weight.face().map_or(0, |face| face.width(text, self.size))
    }

    pub fn lines(self, text: &str, width: Length) -> Vec<String> {
        self.weight.face().map_or_else(Vec::new, |face| face.lines(text, self.size, width))
    }
}

/// The pages of a sheet, each with its number.
pub(super) fn pages(sheet: &Sheet) -> Vec<Page> {
    let mut paper = Paper::new();
    paper.head(sheet);
    paper.facts(&sheet.facts);
    paper.parties(&sheet.parties);
    table::lines(&mut paper, sheet);
    table::sums(&mut paper, sheet);
    sheet.notes.iter().for_each(|note| paper.note(note));
    paper.number_pages(sheet);
    paper.pages
}

/// Pages as they fill.
pub(super) struct Paper {
    pub pages: Vec<Page>,
    /// Where the next thing begins.
    pub y: Length,
    paragraphs: usize,
}

impl Paper {
    fn new() -> Self {
        Self { pages: vec![Page::default()], y: TOP, paragraphs: 0 }
    }

    pub fn turn_page(&mut self) {
        self.pages.push(Page::default());
        self.y = TOP;
    }

    /// Whether something of this height still stands on the page.
    pub fn has_room(&self, height: Length) -> bool {
        self.y + height <= BOTTOM
    }

    pub fn is_at_top(&self) -> bool {
        self.y == TOP
    }

    pub fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.marks.push(mark);
        }
    }

    pub fn rule(&mut self, x: Length, width: Length) {
        let y = self.y;
        self.mark(Mark::Rule { x, y, width });
    }

    /// A line whose top is at `y`.
    pub fn line(&mut self, (x, y): (Length, Length), style: Style, text: String, part: Part) {
        let y = y + style.leading() - style.size * 45 / 100;
        self.mark(Mark::Text(Text { x, y, style, text, part }));
    }

    /// A text in as many lines as it takes; gives where it ends.
    fn text(
        &mut self,
        (x, y): (Length, Length),
        width: Length,
        style: Style,
        text: &str,
        part: Part,
    ) -> Length {
        let mut y = y;
        for line in style.lines(text, width) {
            self.line((x, y), style, line, part);
            y += style.leading();
        }
        y
    }

    fn next_paragraph(&mut self) -> Part {
        self.paragraphs += 1;
        Part::Paragraph(self.paragraphs)
    }

    fn block(&mut self, (x, y): (Length, Length), width: Length, block: &Block) -> Length {
        self.paragraphs += 1;
        let heading = Part::Heading(self.paragraphs);
        let mut y = match block.heading.is_empty() {
            true => y,
            false => self.text((x, y), width, Style::STRONG, &block.heading, heading),
        };
        for line in &block.lines {
            let part = self.next_paragraph();
            y = self.text((x, y), width, Style::BODY, line, part);
        }
        y
    }

    /// What it is on the left, who sells on the right.
    fn head(&mut self, sheet: &Sheet) {
        let half = WIDTH / 2 - GAP;
        let y = self.text((LEFT, self.y), half, Style::TITLE, &sheet.title, Part::Title);
        let left = self.text((LEFT, y), half, Style::NUMBER, &sheet.number, Part::Title);
        let right = self.block((LEFT + WIDTH / 2, self.y), WIDTH / 2, &sheet.seller);
        self.y = left.max(right) + GAP;
    }

    /// Four in a row, between two rules.
    fn facts(&mut self, facts: &[(String, String)]) {
        const COLUMNS: i64 = 4;
        self.rule(LEFT, WIDTH);
        self.y += GAP / 2;
        for row in facts.chunks(COLUMNS as usize) {
            let mut lowest = self.y;
            for ((name, value), column) in row.iter().zip(0..) {
                let (x, width) = (LEFT + column * WIDTH / COLUMNS, WIDTH / COLUMNS - GAP / 2);
                let part = self.next_paragraph();
                let y = self.text((x, self.y), width, Style::SMALL, &format!("{name} "), part);
                lowest = lowest.max(self.text((x, y), width, Style::STRONG, value, part));
            }
            self.y = lowest + GAP / 2;
        }
        self.rule(LEFT, WIDTH);
        self.y += GAP / 2;
    }

    fn parties(&mut self, parties: &[Block]) {
        let mut lowest = self.y;
        for (party, column) in parties.iter().zip(0..) {
            let x = LEFT + column * WIDTH / 2;
            lowest = lowest.max(self.block((x, self.y), WIDTH / 2 - GAP, party));
        }
        self.y = lowest + GAP;
    }

    fn note(&mut self, note: &Block) {
        self.y += GAP;
        let mut lines =
            vec![(Style::STRONG, note.heading.clone(), Part::Heading(self.paragraphs + 1))];
        lines.retain(|(_, heading, _)| !heading.is_empty());
        self.paragraphs += 1;
        for text in &note.lines {
            let part = self.next_paragraph();
            let wrapped = Style::BODY.lines(text, WIDTH);
            lines.extend(wrapped.into_iter().map(|line| (Style::BODY, line, part)));
        }
        for (style, line, part) in lines {
            if !self.has_room(style.leading()) {
                self.turn_page();
            }
            self.line((LEFT, self.y), style, line, part);
            self.y += style.leading();
        }
    }

    /// "Page 1 of 3", now that it is known how many there are.
    fn number_pages(&mut self, sheet: &Sheet) {
        let (style, y) = (Style::SMALL, PAGE_HEIGHT - MARGIN - Style::SMALL.leading());
        let count = self.pages.len();
        for n in 0..count {
            let (number, heading) = (sheet.page(n + 1, count), sheet.heading());
            let marks = [(LEFT, heading), (RIGHT - style.width(&number), number)];
            let marks = marks.map(|(x, text)| {
                Mark::Text(Text { x, y: y + style.size, style, text, part: Part::Furniture })
            });
            self.pages[n].marks.extend(marks);
        }
    }
}
