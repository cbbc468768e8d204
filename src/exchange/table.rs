//! A file, read piece by piece: which shop system it is of, and its products, each with all its rows.

use csv::{ByteRecord, Position, ReaderBuilder};
use std::collections::BTreeSet;

use super::columns::{Cells, Column};
use super::line::{Line, ROW, Rows};
use super::model::{Item, Problem, Row};
use super::{shopify, woocommerce};
use crate::language::Language;

/// Whose columns a file has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    Own,
    Shopify,
    WooCommerce,
}

impl Dialect {
    pub fn code(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Shopify => "shopify",
            Self::WooCommerce => "woocommerce",
        }
    }

    pub fn parse(code: &str) -> Self {
        match code {
            "shopify" => Self::Shopify,
            "woocommerce" => Self::WooCommerce,
            _ => Self::Own,
        }
    }
}

/// The first row of a file.
#[derive(Debug, Clone)]
pub(super) struct Head {
    pub dialect: Dialect,
    pub names: Vec<String>,
    /// Where the rows begin.
    pub begins: Place,
    delimiter: u8,
    own: Language,
}

/// How far a file is read: bytes, and the number of the row that comes next, as a spreadsheet counts
/// them: the first one is that of names, empty ones count, and lines within a cell do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub byte: u64,
    pub line: i64,
}

/// A product of a file, what is wrong with how it is written, and where it ends.
#[derive(Debug, Clone)]
pub(super) struct Parsed {
    pub item: Item,
    pub problems: Vec<Problem>,
    pub ends: Place,
}

const MARK: &[u8] = b"\xef\xbb\xbf";

impl Head {
    /// # Errors
    /// The message in `locales/` for a file that is none of ours.
    pub fn read(bytes: &[u8], own: Language) -> Result<Self, &'static str> {
        if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
            return Err("import-not-utf8");
        }
        let mark = if bytes.starts_with(MARK) { MARK.len() } else { 0 };
        let text = &bytes[mark..];
        let delimiter = delimiter(text);
        let mut reader =
            ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(text);
        let mut record = ByteRecord::new();
        if !reader.read_byte_record(&mut record).unwrap_or(false) {
            return Err("import-empty");
        }
        let names: Option<Vec<String>> =
            record.iter().map(|name| String::from_utf8(name.to_vec()).ok()).collect();
        let names: Vec<String> =
            names.ok_or("import-not-utf8")?.iter().map(|name| name.trim().to_owned()).collect();
        let dialect = dialect(&names).ok_or("import-unknown-columns")?;
        let (byte, passed) = end(reader.position(), text);
        let line = Rows::from(1).number(&record, passed) + 1;
        let begins = Place { byte: byte + mark as u64, line };
        let head = Self { dialect, names, begins, delimiter, own };
        if head.has_twins() { Err("import-columns-twice") } else { Ok(head) }
    }

    /// Whether two columns of our own table have the same name: only one of them could count.
    fn has_twins(&self) -> bool {
        let mut known = BTreeSet::new();
        let columns = self.names.iter().filter_map(|name| self.column(name));
        self.dialect == Dialect::Own && !columns.into_iter().all(|column| known.insert(column))
    }

    /// Whether its rows were put together already.
    pub fn is_gathered(&self) -> bool {
        self.names.first().is_some_and(|name| name == ROW)
    }

    /// The names of its columns, as somebody brought them.
    pub fn said_names(&self) -> &[String] {
        &self.names[usize::from(self.is_gathered())..]
    }

    /// A writer of rows that are read as those of this file are.
    pub fn writer(&self) -> csv::Writer<Vec<u8>> {
        csv::WriterBuilder::new().delimiter(self.delimiter).flexible(true).from_writer(Vec::new())
    }

    pub fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// What a row has in common with the others of its product, wherever they stand; nothing for one
    /// that goes on with the row before.
    pub fn bonds(&self, line: &Line<'_>) -> Vec<String> {
        let alone = || vec![line.number.to_string()];
        let of = |handle: &str| Vec::from_iter((!handle.is_empty()).then(|| handle.to_owned()));
        match self.dialect {
            Dialect::Own if !line.has("handle") => alone(),
            Dialect::Own => of(line.get("handle")),
            Dialect::Shopify => of(shopify::handle(line)),
            Dialect::WooCommerce => woocommerce::bonds(line).unwrap_or_else(alone),
        }
    }

    /// Whether a row stands behind the others of its product.
    pub fn is_behind(&self, line: &Line<'_>) -> bool {
        self.dialect == Dialect::WooCommerce && woocommerce::is_variation(line)
    }

    /// The names in small letters, as [`Line`] knows them.
    pub fn lower_names(&self) -> Vec<String> {
        self.names.iter().map(|name| name.to_lowercase()).collect()
    }

    /// Names of columns that are not taken over.
    pub fn ignored(&self) -> Vec<&str> {
        let is_used = |name: &str| {
            self.column(name).is_some()
                || match self.dialect {
                    Dialect::Own => false,
                    Dialect::Shopify => shopify::reads(&name.to_lowercase()),
                    Dialect::WooCommerce => woocommerce::reads(&name.to_lowercase()),
                }
        };
        let names = self.said_names().iter().map(String::as_str);
        names.filter(|name| !name.is_empty() && !is_used(name)).collect()
    }

    fn column(&self, name: &str) -> Option<Column> {
        match self.dialect {
            Dialect::Own => Column::parse(name),
            Dialect::Shopify => shopify::column(&name.to_lowercase(), self.own),
            Dialect::WooCommerce => woocommerce::column(&name.to_lowercase(), self.own),
        }
    }

    /// What the file calls a column of ours.
    pub fn said(&self, column: &Column) -> String {
        let own = self.names.iter().find(|name| self.column(name).as_ref() == Some(column));
        own.cloned().unwrap_or_else(|| column.to_string())
    }

    /// The products in a piece of the file that begins at a place. Unless it is the last piece, its
    /// last product is left for the next: more of it may come.
    pub fn items(&self, bytes: &[u8], from: Place, is_last: bool) -> Vec<Parsed> {
        let names = self.lower_names();
        let groups = self.groups(self.lines(bytes, (from, is_last), &names), is_last);
        groups.iter().map(|group| self.parsed(group)).collect()
    }

    /// Rows by the products that they are of.
    pub fn groups<'a>(&self, lines: Vec<Line<'a>>, is_last: bool) -> Vec<Vec<Line<'a>>> {
        let mut groups: Vec<Vec<Line<'_>>> = Vec::new();
        for line in lines {
            match groups.last_mut() {
                Some(group) if line.is_empty() || self.continues(&group[0], &line) => {
                    group.push(line)
                }
                _ if line.is_empty() => {}
                _ => groups.push(vec![line]),
            }
        }
        if !is_last {
            groups.pop();
        }
        groups
    }

    /// The rows in a piece of the file, without its last one if that may be cut in its midst.
    pub fn lines<'a>(
        &self,
        bytes: &[u8],
        (from, is_last): (Place, bool),
        names: &'a [String],
    ) -> Vec<Line<'a>> {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .from_reader(bytes);
        let (mut lines, mut record) = (Vec::new(), ByteRecord::new());
        let mut rows = Rows::from(from.line);
        while reader.read_byte_record(&mut record).unwrap_or(false) {
            let (byte, passed) = end(reader.position(), bytes);
            let number = rows.number(&record, passed);
            let ends = Place { byte: from.byte + byte, line: number + 1 };
            lines.push(Line::read(&record, names, (number, ends)));
        }
        if !is_last {
            lines.pop();
        }
        lines
    }

    /// Whether a row is about the same product as the first one of a group.
    fn continues(&self, first: &Line<'_>, line: &Line<'_>) -> bool {
        match self.dialect {
            Dialect::Own if !line.has("handle") => false,
            Dialect::Own => {
                line.get("handle").is_empty() || line.get("handle") == first.get("handle")
            }
            Dialect::Shopify => shopify::continues(first, line),
            Dialect::WooCommerce => woocommerce::continues(first, line),
        }
    }

    fn parsed(&self, group: &[Line<'_>]) -> Parsed {
        let mut problems: Vec<Problem> = Vec::new();
        let wrong = group.iter().filter_map(|line| Some((line.number, line.wrong?)));
        problems.extend(wrong.map(|(number, key)| whole(number, key)));
        let rows = group.iter().filter(|line| !line.is_empty());
        let rows: Vec<(&Line<'_>, Cells)> = rows.map(|line| (line, self.cells(line))).collect();
        let item = match self.dialect {
            Dialect::Own => own_item(rows),
            Dialect::Shopify => shopify::item(rows),
            Dialect::WooCommerce => woocommerce::item(rows, self.own, &mut problems),
        };
        let ends = group.last().map_or(self.begins, |line| line.ends);
        Parsed { item, problems, ends }
    }

    fn cells(&self, line: &Line<'_>) -> Cells {
        let cells = self.names.iter().zip(&line.cells);
        cells.filter_map(|(name, cell)| Some((self.column(name)?, cell.clone()))).collect()
    }
}

/// Where a row ends: bytes, and lines. A reader stops between carriage return and line feed (RFC 4180, 2.1); both belong to
/// the row.
fn end(stopped: &Position, bytes: &[u8]) -> (u64, u64) {
    let rest = usize::try_from(stopped.byte()).ok().and_then(|at| bytes.get(at.checked_sub(1)?..));
    let is_between = rest.is_some_and(|rest| rest.starts_with(b"\r\n"));
    let more = u64::from(is_between);
    (stopped.byte() + more, stopped.line() + more)
}

/// Something wrong with a whole row.
pub(super) fn whole(line: i64, key: &str) -> Problem {
    let (column, cell) = (String::new(), String::new());
    Problem { line, column, cell, key: key.to_owned(), is_note: false }
}

/// What the first row names most columns with.
fn delimiter(text: &[u8]) -> u8 {
    let first = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: &u8| first.iter().filter(|byte| *byte == delimiter).count();
    let known = [b'\t', b';', b','];
    known.into_iter().max_by_key(count).unwrap_or(b',')
}

fn dialect(names: &[String]) -> Option<Dialect> {
    let lower: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    let has = |name: &str| lower.iter().any(|known| known == name);
    let is_it = [
        (Dialect::Shopify, shopify::is_it(&has)),
        (Dialect::WooCommerce, woocommerce::is_it(&has)),
        (Dialect::Own, has("handle") || has("sku")),
    ];
    is_it.into_iter().find(|(_, is_it)| *is_it).map(|(dialect, _)| dialect)
}

fn own_item(rows: Vec<(&Line<'_>, Cells)>) -> Item {
    let mut item = Item::default();
    let mut is_told = false;
    for (n, (line, mut cells)) in rows.into_iter().enumerate() {
        let variant = cells.split_off(&Column::Value(0));
        let handle = cells.remove(&Column::Handle).unwrap_or_default();
        if n == 0 {
            (item.line, item.handle) = (line.number, handle.trim().to_owned());
        }
        // What is the product's stands in its first row, unless somebody has sorted them.
        let tells = cells.values().any(|cell| !cell.trim().is_empty());
        if n == 0 || (tells && !is_told) {
            item.product = cells;
        }
        is_told |= tells;
        // A file that speaks of products alone has no variants.
        if variant.values().any(|cell| !cell.trim().is_empty()) {
            item.variants.push(Row { line: line.number, cells: variant });
        }
    }
    item
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn head(text: &str) -> Head {
        Head::read(text.as_bytes(), Language::En).expect("the test writes a table")
    }

    #[test]
    fn a_table_is_known_by_its_first_row() {
        let dialect = |text| head(text).dialect;
        assert_eq!(dialect("\u{feff}handle;price\n"), Dialect::Own);
        assert_eq!(dialect("Handle,Title,Option1 Name\n"), Dialect::Shopify);
        assert_eq!(dialect("Title,URL handle\n"), Dialect::Shopify);
        assert_eq!(dialect("ID\tType\tName\tRegular price\n"), Dialect::WooCommerce);
        let refused = |text: &[u8]| Head::read(text, Language::En).err();
        assert_eq!(refused(b"colour\n"), Some("import-unknown-columns"));
        assert_eq!(refused(b"handle,\xff\n"), Some("import-not-utf8"));
        assert_eq!(refused(b""), Some("import-empty"));
        assert_eq!(refused(b"sku,price,Price\n"), Some("import-columns-twice"));
        assert_eq!(dialect("sku,price\n"), Dialect::Own);
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_does() {
        let text = "handle,description-en\r\na,\"One\r\n\r\ntwo\"\r\n\r\nb,\n\n\n,,\nc,x";
        let head = head(text);
        let begins = usize::try_from(head.begins.byte).expect("it is short");
        let items = head.items(&text.as_bytes()[begins..], head.begins, true);
        let rows: Vec<(&str, i64)> =
            items.iter().map(|it| (it.item.handle.as_str(), it.item.line)).collect();
        assert_eq!(rows, [("a", 2), ("b", 4), ("c", 8)]);
    }

    #[test]
    fn the_row_that_tells_of_the_product_need_not_be_its_first() {
        let head = head("handle,name-en,sku\n");
        let items = head.items(b"a,,A-1\na,Mug,A-2\na,Other,A-3\n", head.begins, true);
        let name = Column::Text(super::super::columns::Words::Name, Language::En);
        assert_eq!(items[0].item.product.get(&name).map(String::as_str), Some("Mug"));
        assert_eq!(items[0].item.variants.len(), 3);
    }

    #[test]
    fn what_is_not_taken_over_is_named() {
        let head = head("Handle,Title,Variant Price,Image Src,Cost per item,Published\n");
        assert_eq!(head.ignored(), ["Image Src", "Cost per item"]);
        assert_eq!(head.said(&Column::Price), "Variant Price");
    }

    /// Reads a file in pieces of so many bytes, as the job does.
    fn in_pieces(text: &str, size: usize) -> Vec<(String, i64, usize)> {
        let head = head(text);
        let (mut found, mut at, mut size) = (Vec::new(), head.begins, size);
        loop {
            let from = usize::try_from(at.byte).expect("it is short");
            let end = text.len().min(from + size);
            let is_last = end == text.len();
            let items = head.items(&text.as_bytes()[from..end], at, is_last);
            match items.last() {
                Some(last) => at = last.ends,
                None => size *= 2,
            }
            let told = |it: &Parsed| (it.item.handle.clone(), it.item.line, it.item.variants.len());
            found.extend(items.iter().map(told));
            if is_last {
                return found;
            }
        }
    }

    proptest! {
        #[test]
        fn a_file_is_the_same_in_pieces_of_any_size(
            rows in proptest::collection::vec(("[a-c]", "[x,\"\n ]{0,6}", 1..9_u8), 1..20),
            size in 1..200_usize,
        ) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(["handle", "name-en", "price"]).expect("it is memory");
            for (handle, name, price) in &rows {
                writer.write_record([handle, name, &price.to_string()]).expect("it is memory");
            }
            let text = String::from_utf8(writer.into_inner().expect("it is memory")).expect("text");
            prop_assert_eq!(in_pieces(&text, size), in_pieces(&text, usize::MAX / 2));
        }

        #[test]
        fn no_file_is_too_strange(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = Head::read(&bytes, Language::En);
            let head = head("handle,name-en\n");
            for parsed in head.items(&bytes, head.begins, true) {
                prop_assert!(parsed.item.line >= head.begins.line);
            }
        }
    }
}
