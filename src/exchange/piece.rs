//! A file is read in pieces, so that it takes no more memory for being longer.

use super::table::Place;
use crate::error::Result;
use crate::files::Files;

/// So much of a file is read at once; more of it, up to the largest piece, for a product with very
/// many rows.
const PIECE: u64 = 256 << 10;
const LARGEST_PIECE: u64 = 16 << 20;

/// What stands in a piece.
pub(super) struct Piece<T> {
    pub items: Vec<T>,
    /// Whether the file ends here.
    pub end: Option<End>,
}

/// How a file ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    ByItself,
    /// Nothing that can be read begins here: a quote that is opened is never closed.
    TooLong,
}

/// Reads a file on from a place. `take` finds what stands whole in these bytes, which are the file's last
/// ones or not.
pub(super) async fn read<T>(
    files: &Files,
    file: &str,
    from: Place,
    take: impl Fn(&[u8], bool) -> Vec<T>,
) -> Result<Piece<T>> {
    let mut size = PIECE;
    loop {
        let bytes = files.part(file, from.byte, size).await?;
        let is_last = (bytes.len() as u64) < size;
        let items = take(&bytes, is_last);
        let end = match (items.is_empty(), is_last) {
            (_, true) => Some(End::ByItself),
            (false, false) => None,
            (true, false) if size >= LARGEST_PIECE => Some(End::TooLong),
            (true, false) => {
                size *= 4;
                continue;
            }
        };
        return Ok(Piece { items, end });
    }
}
