//! Tables for programs that reckon with them (CSV, RFC 4180): what goes into a cell, and the file.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use actix_web::web::Bytes;
use futures_util::Stream;
use std::borrow::Cow;

use crate::error::{Error, Result};

/// By this such a program knows that the text is UTF-8.
const MARK: &str = "\u{feff}";
/// With these a formula begins, which would be reckoned on the machine of whoever opens the file; also
/// as wide letters, and behind a tab or a line's end.
const OPENINGS: [char; 11] =
    ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// A text as a cell that is never a formula: it has an apostrophe in front, which such programs do not
/// show. A number stays what it is. Source: OWASP, CSV Injection.
pub fn guarded(text: &str) -> Cow<'_, str> {
    let opens = text.trim_start_matches('\'').starts_with(OPENINGS);
    if opens && !is_number(text) { format!("'{text}").into() } else { text.into() }
}

/// The text of a cell: what [`guarded`] was given.
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if guarded(text) == cell => text,
        _ => cell,
    }
}

fn is_number(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let whole = whole.strip_prefix('-').unwrap_or(whole);
    [whole, fraction]
        .iter()
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Lines of a table.
///
/// # Errors
/// `Internal` when a cell cannot be written.
pub fn lines<Row>(rows: impl IntoIterator<Item = Row>) -> Result<Bytes>
where
    Row: IntoIterator<Item: AsRef<[u8]>>,
{
    let mut written = csv::Writer::from_writer(Vec::new());
    for row in rows {
        written.write_record(row).map_err(|error| Error::internal(error.to_string()))?;
    }
    let lines = written.into_inner().map_err(|error| Error::internal(error.to_string()))?;
    Ok(lines.into())
}

/// A table that is read while it is sent, as a file of this name. Where it cannot go on it is cut off, so
/// that nobody takes half of it for the whole.
pub fn file(name: &str, lines: impl Stream<Item = Result<Bytes>> + 'static) -> HttpResponse {
    use futures_util::{StreamExt, TryStreamExt, stream};
    let lines = lines.inspect_err(|error| tracing::error!(%error, "a table is cut off"));
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
    use proptest::prelude::*;

    #[test]
    fn a_formula_is_shown_as_text_and_a_number_is_a_number() {
        for formula in ["=1+1", "+49 30 1", "-cmd", "@SUM(A1)", "\t=1", "'=1", "\u{ff1d}1", "-1-1"]
        {
            assert_eq!(guarded(formula), format!("'{formula}"));
        }
        for plain in ["", "Mug", "-12", "-0.50", "12.00", "'tis", "a=b", "3-1"] {
            assert_eq!(guarded(plain), plain);
        }
    }

    proptest! {
        #[test]
        fn no_cell_begins_a_formula_and_every_text_comes_back(text in r"(?s)['=+\-@\t\r]{0,3}.{0,12}") {
            let cell = guarded(&text);
            prop_assert!(is_number(&cell) || !cell.starts_with(OPENINGS));
            prop_assert_eq!(unguarded(&cell), text.as_str());
        }
    }

    #[test]
    fn lines_keep_what_stands_in_their_cells() {
        let written = lines([["a,b".to_owned(), "c\"d".to_owned()]]).expect("it is written");
        assert_eq!(written, "\"a,b\",\"c\"\"d\"\n");
        assert_eq!(text("\u{feff}sku".as_bytes()), Some("sku"));
        assert_eq!(text(&[0xff, 0xfe]), None);
    }
}
