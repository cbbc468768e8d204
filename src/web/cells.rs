//! Tables for programs that reckon with them (CSV, RFC 4180): what goes into a cell, and the file.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use actix_web::web::Bytes;
use futures_util::Stream;
use std::borrow::Cow;

use crate::error::{Error, Result};

/// By this such a program knows that the text is UTF-8.
const MARK: &str = "\u{feff}";
/// With these a formula begins, which would be reckoned on the machine of whoever opens the file.
const OPENINGS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A text as a cell that is never a formula.
pub fn guarded(text: &str) -> Cow<'_, str> {
    match text.starts_with(OPENINGS) {
        true => Cow::Owned(format!("'{text}")),
        false => Cow::Borrowed(text),
    }
}

/// The text of a cell, without the guard.
pub fn plain(cell: &str) -> &str {
    let guarded = cell.strip_prefix('\'').filter(|text| text.starts_with(OPENINGS));
    guarded.unwrap_or(cell).trim()
}

/// Lines of a table.
///
/// # Errors
/// `Internal` when a cell cannot be written.
pub fn lines<const N: usize>(rows: impl IntoIterator<Item = [String; N]>) -> Result<Bytes> {
    let mut written = csv::Writer::from_writer(Vec::new());
    for row in rows {
        written.write_record(&row).map_err(|error| Error::internal(error.to_string()))?;
    }
    let lines = written.into_inner().map_err(|error| Error::internal(error.to_string()))?;
    Ok(lines.into())
}

/// A table that is read while it is sent, as a file of this name.
pub fn file(name: &str, lines: impl Stream<Item = Result<Bytes>> + 'static) -> HttpResponse {
    use futures_util::{StreamExt, stream};
    let mark = stream::once(async { Ok(Bytes::from_static(MARK.as_bytes())) });
    HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .streaming(mark.chain(lines))
}

/// The text of a file that such a program has written.
///
/// # Errors
/// `None` when it is no UTF-8.
pub fn text(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    Some(text.strip_prefix(MARK).unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula_and_comes_back_as_it_was() {
        for text in ["=1+1", "+62", "-2", "@SUM(A1)", "MUG-1", "it's", "'quoted'"] {
            let cell = guarded(text);
            assert!(!cell.starts_with(OPENINGS), "{cell}");
            assert_eq!(plain(&cell), text);
        }
        assert_eq!(guarded("=1"), "'=1");
    }

    #[test]
    fn lines_keep_what_stands_in_their_cells() {
        let written = lines([["a,b".to_owned(), "c\"d".to_owned()]]).expect("it is written");
        assert_eq!(written, "\"a,b\",\"c\"\"d\"\n");
        assert_eq!(text("\u{feff}sku".as_bytes()), Some("sku"));
        assert_eq!(text(&[0xff, 0xfe]), None);
    }
}
