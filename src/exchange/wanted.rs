//! The variants that a file speaks of, over those that the shop has, and what is wrong with them.

use std::collections::BTreeMap;

use super::columns::{Cells, Column};
use super::judge::{Against, Stock};
use super::model::{Item, Piece, Problem, Row};
use super::named::Named;
use crate::ids::VariantId;

/// A variant as it is wanted, in all its cells.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub id: Option<VariantId>,
    pub before: Cells,
    pub cells: Cells,
    /// It is not sold yet, or not any more.
    pub is_added: bool,
}

impl Against<'_> {
    fn value(&self, option: &str, cell: &str) -> String {
        let words = &self.ground.words;
        let Some(named) = Named::parse(cell) else { return String::new() };
        let option = Named::parse(option).and_then(|named| words.find_option(&named));
        let known = option.and_then(|id| words.find_value(id, &named));
        known.map_or_else(|| named.cell(), |id| words.value(id))
    }

    pub fn variants(
        &self,
        item: &Item,
        options: &BTreeMap<u8, String>,
        problems: &mut Vec<Problem>,
    ) -> Vec<Wanted> {
        let mut variants: Vec<Wanted> = Vec::new();
        for row in &item.variants {
            let mut read = self.read(&row.cells, row.line, problems);
            read.retain(|column, _| self.is_taken(column));
            for (column, cell) in &mut read {
                if let Column::Value(n) = column {
                    *cell = options.get(n).map(|it| self.value(it, cell)).unwrap_or_default();
                }
            }
            let wanted = self.variant(read, options);
            let of_other = |sku: &String| {
                let owner = self.owners.get(sku);
                owner.is_some_and(|owner| self.known.is_none_or(|good| good.id != *owner))
            };
            let sku = wanted.cells.get(&Column::Sku).filter(|sku| !sku.is_empty());
            let is_twice = |sku: &String| {
                variants.iter().any(|other| other.cells.get(&Column::Sku) == Some(sku))
            };
            let wrong = match sku {
                Some(sku) if of_other(sku) => Some("import-sku-taken"),
                Some(sku) if is_twice(sku) => Some("import-sku-twice"),
                _ => None,
            };
            let place = (row.line, &row.cells);
            problems.extend(wrong.map(|key| self.problem(place, &Column::Sku, key)));
            self.check(row, &wanted, options, problems);
            variants.push(wanted);
        }
        variants
    }

    fn is_taken(&self, column: &Column) -> bool {
        self.stock != Stock::Nowhere || !matches!(column, Column::Stock | Column::Backorder)
    }

    /// A row over the variant that it is about: that with its SKU, else that with its values.
    fn variant(&self, mut read: Cells, options: &BTreeMap<u8, String>) -> Wanted {
        let none = Vec::new();
        let pieces = self.known.map_or(&none, |good| &good.variants);
        let sku = read.get(&Column::Sku);
        let is_same = |piece: &&Piece| match sku {
            Some(sku) => piece.cells.get(&Column::Sku) == Some(sku),
            None => piece.is_sold && values(&piece.cells, options) == values(&read, options),
        };
        let Some(piece) = pieces.iter().find(is_same) else {
            return Wanted { id: None, before: Cells::new(), cells: read, is_added: true };
        };
        if self.stock != Stock::OfAll {
            read.retain(|column, _| !matches!(column, Column::Stock | Column::Backorder));
        }
        let mut cells = piece.cells.clone();
        cells.extend(read);
        let is_added = !piece.is_sold;
        Wanted { id: Some(piece.id), before: piece.cells.clone(), cells, is_added }
    }

    /// What a variant must have.
    fn check(
        &self,
        row: &Row,
        wanted: &Wanted,
        options: &BTreeMap<u8, String>,
        problems: &mut Vec<Problem>,
    ) {
        let cell = |column: &Column| wanted.cells.get(column).map_or("", String::as_str);
        let has_wrong = |column: &Column| {
            let said = (self.said)(column);
            problems.iter().any(|problem| problem.line == row.line && problem.column == said)
        };
        let mut found = Vec::new();
        let is_new = wanted.id.is_none();
        let has_price = [Column::Price, Column::MorePrices].iter().any(|it| !cell(it).is_empty());
        if is_new && !has_price && !has_wrong(&Column::Price) {
            found.push((Column::Price, "import-no-price"));
        }
        let minor = |column| cell(column).replace('.', "").parse::<i64>().ok();
        let (price, was) = (minor(&Column::Price), minor(&Column::CompareAt));
        if price.zip(was).is_some_and(|(price, was)| was <= price) {
            found.push((Column::CompareAt, "import-compare-lower"));
        }
        for n in options.keys() {
            if cell(&Column::Value(*n)).is_empty() {
                found.push((Column::Value(*n), "import-no-value"));
            }
        }
        let place = (row.line, &row.cells);
        let found = found.iter().map(|(column, key)| self.problem(place, column, key));
        let found: Vec<Problem> = found.collect();
        problems.extend(found);
    }
}

pub(super) fn values<'a>(cells: &'a Cells, options: &BTreeMap<u8, String>) -> Vec<&'a str> {
    let value = |n: &u8| cells.get(&Column::Value(*n)).map_or("", String::as_str);
    options.keys().map(value).collect()
}
