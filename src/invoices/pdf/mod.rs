//! A paper as PDF: pure, a document in and bytes out. `layout` decides what stands where, in
//! whole hundredths of a point; `draw` writes it with krilla, tagged for screen readers and as
//! PDF/A-2a, with the letters that are used and no others.

mod draw;
mod face;
mod layout;
mod table;
#[cfg(test)]
mod tests;

use super::document::Document;
use super::sheet::Sheet;
use crate::error::Result;

/// The PDF of a paper. Milliseconds of work: not for the threads that answer requests.
///
/// # Errors
/// `Internal` when the library refuses the document.
pub fn render(document: &Document) -> Result<Vec<u8>> {
    let sheet = Sheet::of(document);
    let pages = layout::pages(&sheet);
    draw::draw(document, &sheet, &pages)
}
