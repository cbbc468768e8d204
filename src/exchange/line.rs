//! A row of a file as it stands there.

use csv::ByteRecord;

use super::table::Place;
use crate::web::cells::unguarded;

/// A row as it stands there: cells by the names of their columns, which are in small letters.
pub(super) struct Line<'a> {
    pub number: i64,
    names: &'a [String],
    pub cells: Vec<String>,
    pub ends: Place,
    /// What is wrong with it as a whole.
    pub wrong: Option<&'static str>,
}

/// The column that a file has when its rows were put together (`gather.rs`): their numbers as somebody
/// brought them.
pub(super) const ROW: &str = "#row";
/// Behind the number of a row whose SKU stands in a product before.
pub(super) const TWICE: char = '!';

impl<'a> Line<'a> {
    pub fn read(record: &ByteRecord, names: &'a [String], (number, ends): (i64, Place)) -> Self {
        let mut others = record.iter().skip(names.len()).flatten();
        let is_longer = others.any(|byte| !byte.is_ascii_whitespace());
        let mut wrong = is_longer.then_some("import-too-many-cells");
        let cells = record.iter().map(|cell| match std::str::from_utf8(cell) {
            Ok(text) if !text.contains('\0') => unguarded(text).to_owned(),
            _ => {
                wrong = Some("import-not-utf8");
                String::new()
            }
        });
        let mut line = Self { number, names, cells: cells.collect(), ends, wrong };
        if line.has(ROW) {
            line.renumber();
        }
        line
    }

    fn renumber(&mut self) {
        let cell = self.get(ROW);
        let is_twice = cell.ends_with(TWICE);
        self.number = cell.trim_end_matches(TWICE).parse().unwrap_or(self.number);
        self.wrong = self.wrong.or(is_twice.then_some("import-sku-twice"));
    }

    pub fn has(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }

    /// The cell of a column, without the spaces around it; empty where there is none.
    pub fn get(&self, name: &str) -> &str {
        let at = self.names.iter().position(|known| known == name);
        at.and_then(|at| self.cells.get(at)).map_or("", |cell| cell.trim())
    }

    /// The columns whose names begin so.
    pub fn beginning<'b>(&'b self, begin: &'b str) -> impl Iterator<Item = (&'b str, &'b str)> {
        let all = self.names.iter().zip(&self.cells);
        all.filter_map(move |(name, cell)| Some((name.strip_prefix(begin)?, cell.trim())))
    }

    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.wrong.is_none() && self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

/// Numbers rows as a spreadsheet does.
pub(super) struct Rows {
    next: i64,
    /// Ends of lines before it.
    passed: u64,
}

impl Rows {
    pub fn from(next: i64) -> Self {
        Self { next, passed: 1 }
    }

    /// The number of the row that ends in this line.
    pub fn number(&mut self, record: &ByteRecord, line: u64) -> i64 {
        let within = record.iter().flatten().filter(|byte| **byte == b'\n').count() as u64;
        let empty = line.saturating_sub(self.passed).saturating_sub(within + 1);
        let number = self.next + i64::try_from(empty).unwrap_or(0);
        (self.next, self.passed) = (number + 1, line);
        number
    }
}
