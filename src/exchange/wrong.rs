//! The rows of products that were left out, as a table to mend and bring again.

use actix_web::web::Bytes;
use futures_util::Stream;
use futures_util::stream::try_unfold;
use std::collections::BTreeMap;

use super::begin::head;
use super::line::{Line, ROW};
use super::piece;
use super::progress::Import;
use super::table::{Head, Place};
use crate::error::{Error, Result};
use crate::files::Files;
use crate::language::Language;
use crate::web::cells::guarded;

/// The column that says what is wrong; a file that is brought again may still have it.
const PROBLEM: &str = "problem";

/// How far it is.
struct Reading {
    head: Head,
    /// Which of the file's columns it has: all but those that were added.
    columns: Vec<usize>,
    at: Place,
    is_over: bool,
}

/// The rows of all products of which a row is named here, each with what is said of it.
///
/// # Errors
/// `Internal` when the file cannot be read.
pub fn wrong_rows(
    files: Files,
    (import, own): (Import, Language),
    said: BTreeMap<i64, String>,
) -> impl Stream<Item = Result<Bytes>> {
    try_unfold(None, move |reading: Option<Reading>| {
        let (files, file, said) = (files.clone(), import.file.clone(), said.clone());
        async move {
            match reading {
                None => begin(&files, &file, own).await.map(Some),
                Some(reading) if reading.is_over => Ok(None),
                Some(reading) => reading.next((&files, &file), &said).await.map(Some),
            }
        }
    })
}

async fn begin(files: &Files, file: &str, own: Language) -> Result<(Bytes, Option<Reading>)> {
    let head = head(files, file, own).await?;
    let head = head.map_err(|why| Error::internal(format!("a file of goods: {why}")))?;
    let is_own = |name: &str| name != ROW && !name.eq_ignore_ascii_case(PROBLEM);
    let columns = (0..head.names.len()).filter(|n| is_own(&head.names[*n])).collect();
    let reading = Reading { at: head.begins, columns, is_over: false, head };
    let names = reading.columns.iter().map(|n| reading.head.names[*n].as_str());
    let names: Vec<&str> = names.chain([PROBLEM]).collect();
    Ok((reading.table([names])?, Some(reading)))
}

impl Reading {
    async fn next(
        mut self,
        (files, file): (&Files, &str),
        said: &BTreeMap<i64, String>,
    ) -> Result<(Bytes, Option<Self>)> {
        let names = self.head.lower_names();
        let take = |bytes: &[u8], is_last: bool| {
            self.head.groups(self.head.lines(bytes, (self.at, is_last), &names), is_last)
        };
        let piece = piece::read(files, file, self.at, take).await?;
        let is_named =
            |group: &&Vec<Line<'_>>| group.iter().any(|it| said.contains_key(&it.number));
        let lines = piece.items.iter().filter(is_named).flatten().filter(|line| !line.is_empty());
        let rows = lines.map(|line| self.row(line, said));
        let bytes = self.table(rows)?;
        if let Some(last) = piece.items.last().and_then(|group| group.last()) {
            self.at = last.ends;
        }
        self.is_over = piece.end.is_some();
        Ok((bytes, Some(self)))
    }

    fn row<'a>(&self, line: &'a Line<'_>, said: &'a BTreeMap<i64, String>) -> Vec<&'a str> {
        let cells = self.columns.iter().map(|n| line.cells.get(*n).map_or("", String::as_str));
        cells.chain([said.get(&line.number).map_or("", String::as_str)]).collect()
    }

    fn table<'a>(&self, rows: impl IntoIterator<Item = Vec<&'a str>>) -> Result<Bytes> {
        let mut table = self.head.writer();
        for row in rows {
            let cells: Vec<_> = row.into_iter().map(guarded).collect();
            let cells = cells.iter().map(|cell| cell.as_bytes());
            table.write_record(cells).map_err(|error| Error::internal(error.to_string()))?;
        }
        let bytes = table.into_inner().map_err(|error| Error::internal(error.to_string()))?;
        Ok(bytes.into())
    }
}
