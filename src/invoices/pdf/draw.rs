//! Writes laid out pages as PDF.

use std::num::NonZeroU16;

use krilla::color::rgb;
use krilla::configure::{Archival, Configuration, ConfigurationBuilder};
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, Node, SpanTag, TableHeaderScope, Tag, TagGroup,
    TagTree,
};
use krilla::text::{GlyphId, KrillaGlyph};
use krilla::{Document as Pdf, SerializeSettings};

use chrono::Datelike;

use super::face::Length;
use super::layout::{Ink, Mark, PAGE_HEIGHT, PAGE_WIDTH, Page, Part, Text};
use crate::error::{Error, Result};
use crate::invoices::document::Document;
use crate::invoices::sheet::Sheet;

/// How thick a rule is.
const RULE: Length = 50;

/// As an archive wants it, PDF/A-2a; if a letter in it has no place in an archive (a code point of
/// private use), then as PDF alone: the shopper gets her invoice.
pub(super) fn draw(document: &Document, sheet: &Sheet, pages: &[Page]) -> Result<Vec<u8>> {
    let archive = ConfigurationBuilder::new().with_archival_validator(Archival::A2_A).finish();
    let archived = archive.map(|configuration| write(document, sheet, pages, configuration));
    if let Ok(Ok(bytes)) = archived {
        return Ok(bytes);
    }
    tracing::warn!(number = document.number, "a paper that is no PDF/A");
    write(document, sheet, pages, Configuration::default())
}

fn write(
    document: &Document,
    sheet: &Sheet,
    pages: &[Page],
    configuration: Configuration,
) -> Result<Vec<u8>> {
    let mut pdf =
        Pdf::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let size = PageSettings::from_wh(points(PAGE_WIDTH), points(PAGE_HEIGHT))
        .ok_or_else(|| Error::internal("a page of no size"))?;
    let mut read = Vec::new();
    for page in pages {
        let mut sheet = pdf.start_page_with(size.clone());
        let mut surface = sheet.surface();
        for mark in &page.marks {
            read.extend(draw_mark(&mut surface, mark));
        }
        surface.finish();
        sheet.finish();
    }
    pdf.set_metadata(metadata(document, sheet));
    pdf.set_tag_tree(tree(sheet, read));
    pdf.finish().map_err(|error| Error::internal(format!("a PDF: {error:?}")))
}

fn metadata(document: &Document, sheet: &Sheet) -> Metadata {
    let day = document.issued_on;
    let small = |number: u32| u8::try_from(number).unwrap_or(1);
    let issued = DateTime::new(u16::try_from(day.year()).unwrap_or_default())
        .month(small(day.month()))
        .day(small(day.day()));
    Metadata::new()
        .title(sheet.heading())
        .authors(vec![document.seller.name.clone()])
        .language(document.language.code().to_owned())
        .creator("Etalase".to_owned())
        .document_id(document.number.clone())
        .creation_date(issued)
}

fn draw_mark(surface: &mut Surface<'_>, mark: &Mark) -> Option<(Part, Identifier)> {
    match mark {
        Mark::Text(text) => draw_text(surface, text),
        Mark::Rule { x, y, width } => {
            draw_rule(surface, (*x, *y), *width);
            None
        }
    }
}

fn draw_text(surface: &mut Surface<'_>, text: &Text) -> Option<(Part, Identifier)> {
    let face = text.style.weight.face()?;
    let glyphs: Vec<KrillaGlyph> = face
        .glyphs(&text.text)
        .into_iter()
        .map(|glyph| {
            let (id, width) = (GlyphId::new(glyph.id), thousandths(glyph.advance));
            KrillaGlyph::new(id, width, 0.0, 0.0, 0.0, glyph.stands_for, None)
        })
        .collect();
    let identifier = surface.start_tagged(match text.part {
        Part::Furniture => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Other)),
        _ => ContentTag::Span(SpanTag::empty()),
    });
    surface.set_fill(Some(ink(text.style.ink)));
    let start = Point::from_xy(points(text.x), points(text.y));
    let size = points(text.style.size);
    surface.draw_glyphs(start, &glyphs, face.font.clone(), &text.text, size, false);
    surface.end_tagged();
    (text.part != Part::Furniture).then_some((text.part, identifier))
}

fn draw_rule(surface: &mut Surface<'_>, (x, y): (Length, Length), width: Length) {
    let rect = Rect::from_xywh(points(x), points(y), points(width), points(RULE));
    let path = rect.and_then(|rect| {
        let mut path = PathBuilder::new();
        path.push_rect(rect);
        path.finish()
    });
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Other)));
    surface.set_fill(Some(fill(rgb::Color::new(0xd9, 0xd9, 0xd3))));
    if let Some(path) = path {
        surface.draw_path(&path);
    }
    surface.end_tagged();
}

fn ink(ink: Ink) -> Fill {
    fill(match ink {
        Ink::Dark => rgb::Color::new(0x17, 0x18, 0x15),
        Ink::Soft => rgb::Color::new(0x53, 0x55, 0x4e),
    })
}

fn fill(color: rgb::Color) -> Fill {
    Fill { paint: color.into(), opacity: NormalizedF32::ONE, ..Fill::default() }
}

/// The library's own unit.
#[allow(clippy::float_arithmetic)] // of a place on a page, never of money
fn points(length: Length) -> f32 {
    length as f32 / 100.0
}

#[allow(clippy::float_arithmetic)] // of the width of a letter
fn thousandths(width: i64) -> f32 {
    width as f32 / 1000.0
}

/// What is read aloud, in its order.
fn tree(sheet: &Sheet, read: Vec<(Part, Identifier)>) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some(sheet.language.code().to_owned()));
    let mut rest = read.as_slice();
    while let Some((part, _)) = rest.first() {
        let length = rest.iter().take_while(|(other, _)| is_one(*part, *other)).count();
        let (one, after) = rest.split_at(length);
        tree.push(group(sheet, *part, one));
        rest = after;
    }
    tree
}

/// Whether two neighbours belong to the same heading, paragraph or table.
fn is_one(one: Part, other: Part) -> bool {
    match (one, other) {
        (Part::Cell { table, .. }, Part::Cell { table: other, .. }) => table == other,
        _ => one == other,
    }
}

fn group(sheet: &Sheet, part: Part, texts: &[(Part, Identifier)]) -> Node {
    let leaves = || texts.iter().map(|(_, id)| Node::from(*id)).collect();
    let one = NonZeroU16::MIN;
    match part {
        Part::Title => {
            TagGroup::with_children(Tag::Hn(one, Some(sheet.heading())), leaves()).into()
        }
        Part::Heading(_) => {
            TagGroup::with_children(Tag::Hn(one.saturating_add(1), None), leaves()).into()
        }
        Part::Cell { table, .. } => table_group(table, texts).into(),
        Part::Paragraph(_) | Part::Furniture => TagGroup::with_children(Tag::P, leaves()).into(),
    }
}

fn table_group(table: usize, texts: &[(Part, Identifier)]) -> TagGroup {
    let mut group = TagGroup::new(Tag::Table);
    for row in texts.chunk_by(|(one, _), (other, _)| place(*one).0 == place(*other).0) {
        let mut cells = TagGroup::new(Tag::TR);
        for cell in row.chunk_by(|(one, _), (other, _)| place(*one).1 == place(*other).1) {
            let leaves = cell.iter().map(|(_, id)| Node::from(*id)).collect();
            let (row, column) = place(cell[0].0);
            // The totals have no row of heads.
            cells.push(match (row, column) {
                (0, _) if table != 2 => {
                    TagGroup::with_children(Tag::TH(TableHeaderScope::Column), leaves)
                }
                (_, 0) => TagGroup::with_children(Tag::TH(TableHeaderScope::Row), leaves),
                _ => TagGroup::with_children(Tag::TD, leaves),
            });
        }
        group.push(cells);
    }
    group
}

/// Row and column.
fn place(part: Part) -> (usize, usize) {
    match part {
        Part::Cell { row, column, .. } => (row, column),
        _ => (0, 0),
    }
}
