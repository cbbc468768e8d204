//! Rows of a product that do not stand together: in a table that somebody has sorted, and in one of
//! WooCommerce, whose variations stand where they were made. Such a file is written anew, each product's
//! rows behind its first one, with the numbers that they had.

use csv::ReaderBuilder;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::columns::Column;
use super::line::{Line, ROW, TWICE};
use super::piece::{self, End};
use super::table::Head;
use crate::error::{Error, Result};
use crate::files::Files;

/// So many rows are written at once.
const AT_ONCE: usize = 500;

/// What is kept of a row while all are looked at: some bytes, however long it is.
struct Spot {
    /// Products in the order in which the file begins to speak of them.
    group: usize,
    /// Whether it stands behind the rows that are not.
    is_behind: bool,
    is_twice: bool,
    begins: u64,
    ends: u64,
    number: i64,
}

/// All rows of a file, and what they have in common.
#[derive(Default)]
struct Index {
    spots: Vec<Spot>,
    groups: HashMap<u64, usize>,
    /// In which product each SKU stands first.
    skus: HashMap<u64, usize>,
}

/// Writes a file anew under this name, if it has to be; how many bytes that are.
///
/// # Errors
/// `Internal` when one of both can be neither read nor written.
pub(super) async fn gather(
    files: &Files,
    (file, name): (&str, &str),
    head: &Head,
) -> Result<Option<u64>> {
    let Some(mut index) = index(files, file, head).await? else { return Ok(None) };
    if index.is_in_order() {
        return Ok(None);
    }
    index.spots.sort_by_key(|spot| (spot.group, spot.is_behind));
    let mut writing = files.begin(name).await?;
    writing.add(&first_row(head)?).await?;
    let runs = index.spots.chunk_by(|one, next| one.ends == next.begins);
    for run in runs.flat_map(|run| run.chunks(AT_ONCE)) {
        let (begins, ends) = (run[0].begins, run[run.len() - 1].ends);
        let bytes = files.part(file, begins, ends - begins).await?;
        writing.add(&rows(head, &bytes, run)?).await?;
    }
    writing.end().await.map(Some)
}

/// `None` for a file that cannot be read to its end.
async fn index(files: &Files, file: &str, head: &Head) -> Result<Option<Index>> {
    let (mut index, mut at) = (Index::default(), head.begins);
    let names = head.lower_names();
    let sku = head.said(&Column::Sku).to_lowercase();
    loop {
        let take = |bytes: &[u8], is_last: bool| head.lines(bytes, (at, is_last), &names);
        let piece = piece::read(files, file, at, take).await?;
        for line in &piece.items {
            if !line.is_empty() {
                index.add((head, &sku), line, at.byte);
            }
            at = line.ends;
        }
        match piece.end {
            None => {}
            Some(End::ByItself) => return Ok(Some(index)),
            Some(End::TooLong) => return Ok(None),
        }
    }
}

impl Index {
    fn add(&mut self, (head, sku): (&Head, &str), line: &Line<'_>, begins: u64) {
        let group = self.group(&head.bonds(line));
        let sku = line.get(sku);
        let is_twice = !sku.is_empty() && *self.skus.entry(hash(sku)).or_insert(group) != group;
        let is_behind = head.is_behind(line);
        let (ends, number) = (line.ends.byte, line.number);
        self.spots.push(Spot { group, is_behind, is_twice, begins, ends, number });
    }

    /// The product of a row with these bonds; that of the row before where it has none.
    fn group(&mut self, bonds: &[String]) -> usize {
        let next = self.groups.len();
        let bonds: Vec<u64> = bonds.iter().map(hash).collect();
        let known = bonds.iter().find_map(|bond| self.groups.get(bond)).copied();
        let group = match self.spots.last() {
            Some(last) if bonds.is_empty() => last.group,
            _ => known.unwrap_or(next),
        };
        for bond in bonds {
            self.groups.insert(bond, group);
        }
        group
    }

    fn is_in_order(&self) -> bool {
        let is_sorted = self.spots.is_sorted_by_key(|spot| (spot.group, spot.is_behind));
        is_sorted && !self.spots.iter().any(|spot| spot.is_twice)
    }
}

fn hash(text: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

fn first_row(head: &Head) -> Result<Vec<u8>> {
    let mut table = head.writer();
    let names = head.names.iter().map(String::as_str);
    table.write_record(std::iter::once(ROW).chain(names)).map_err(failed)?;
    table.into_inner().map_err(failed)
}

/// These rows, which stand in these bytes, each behind its number.
fn rows(head: &Head, bytes: &[u8], run: &[Spot]) -> Result<Vec<u8>> {
    let mut table = head.writer();
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(head.delimiter())
        .from_reader(bytes);
    for (record, spot) in reader.byte_records().zip(run) {
        let record = record.map_err(failed)?;
        let mark = if spot.is_twice { TWICE.to_string() } else { String::new() };
        let number = format!("{}{mark}", spot.number);
        let cells = std::iter::once(number.as_bytes()).chain(record.iter());
        table.write_record(cells).map_err(failed)?;
    }
    table.into_inner().map_err(failed)
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::internal(format!("a table cannot be put together: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    /// The rows of a file in the order in which they are read, with what tells them apart.
    async fn gathered(text: &str) -> Option<String> {
        let folder = tempfile::tempdir().expect("there is a folder");
        let files = Files::in_folder(folder.path()).expect("it opens");
        files.keep("a.csv", text.to_owned()).await.expect("it is written");
        let head = Head::read(text.as_bytes(), Language::En).expect("it is a table");
        let size = gather(&files, ("a.csv", "b.csv"), &head).await.expect("it is read")?;
        let bytes = files.part("b.csv", 0, size).await.expect("it is there");
        let head = Head::read(&bytes, Language::En).expect("it is a table");
        let begins = usize::try_from(head.begins.byte).expect("it is short");
        let items = head.items(&bytes[begins..], head.begins, true);
        let told = items.iter().map(|it| {
            let rows = it.item.variants.iter().map(|row| row.line.to_string());
            let wrong = it.problems.iter().map(|it| format!("!{}", it.line));
            format!("{} {}", it.item.handle, rows.chain(wrong).collect::<Vec<_>>().join(","))
        });
        Some(told.collect::<Vec<_>>().join("; "))
    }

    #[actix_web::test]
    async fn rows_of_a_product_are_brought_together_and_keep_their_numbers() {
        assert_eq!(gathered("handle,sku\na,1\n,2\nb,3\n").await, None);
        let sorted = gathered("handle,name-en,sku\r\na,,1\r\n\r\nb,\"x\ny\",2\r\na,A,3\r\n").await;
        assert_eq!(sorted.as_deref(), Some("a 2,5; b 4"));
        let twice = gathered("handle,sku\na,1\nb,1\nc,2\n").await;
        assert_eq!(twice.as_deref(), Some("a 2; b 3,!3; c 4"));
    }

    #[actix_web::test]
    async fn variations_find_their_parents_wherever_they_stand() {
        let text = "ID,Type,SKU,Name,Regular price,Parent\n\
            9,variation,M-1,Mug - Clay,5,M\n1,variable,M,Mug,,\n2,simple,S,Spoon,7,\n\
            8,variation,M-2,Mug - Sage,6,id:1\n";
        assert_eq!(gathered(text).await.as_deref(), Some("mug 2,5; spoon 4"));
    }
}
