//! What is told of goods: by a file, and by the shop itself.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::columns::{Cells, Column};
use crate::ids::{ProductId, VariantId};

/// What a file may hold of a product, row by row, in our own columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Item {
    /// Of its first row, counted from 1; the first row of the file has the names of the columns.
    pub line: i64,
    pub handle: String,
    pub product: Cells,
    pub variants: Vec<Row>,
}

/// What a file says of a variant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub line: i64,
    pub cells: Cells,
}

/// A product as the shop has it.
#[derive(Debug, Clone)]
pub(super) struct Good {
    pub id: ProductId,
    pub version: i64,
    pub cells: Cells,
    /// Those that are sold, in their order; then those that were taken out.
    pub variants: Vec<Piece>,
}

/// A variant as the shop has it.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub id: VariantId,
    pub is_sold: bool,
    pub cells: Cells,
}

/// Something wrong with a file, or worth to be known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub line: i64,
    /// As the file calls it; empty for the whole row.
    pub column: String,
    /// What stands there, as far as it is short.
    pub cell: String,
    /// The message in `locales/`.
    pub key: String,
    /// Whether the product is taken over all the same.
    pub is_note: bool,
}

/// What becomes of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    Made,
    Changed,
    Same,
    Wrong,
}

impl Effect {
    pub(super) fn is_written(self) -> bool {
        matches!(self, Self::Made | Self::Changed)
    }

    pub fn code(self) -> &'static str {
        match self {
            Self::Made => "made",
            Self::Changed => "changed",
            Self::Same => "same",
            Self::Wrong => "wrong",
        }
    }
}

/// A cell, before and after.
pub type Turn = (String, String);

/// Which cells have changed, by the names of their columns: enough to turn them back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    pub product: BTreeMap<String, Turn>,
    /// By SKU.
    pub variants: BTreeMap<String, BTreeMap<String, Turn>>,
    /// SKUs that the product did not have.
    pub added: Vec<String>,
}

impl Changes {
    pub fn is_empty(&self) -> bool {
        self.product.is_empty() && self.variants.is_empty() && self.added.is_empty()
    }

    /// The names of all columns that change.
    pub fn columns(&self) -> Vec<&str> {
        let of_variants = self.variants.values().flat_map(BTreeMap::keys);
        let mut columns: Vec<&str> =
            self.product.keys().chain(of_variants).map(String::as_str).collect();
        columns.sort_unstable();
        columns.dedup();
        columns
    }
}

/// Cells that differ from those before.
pub(super) fn turned(before: &Cells, after: &Cells) -> BTreeMap<String, Turn> {
    let none = String::new();
    let was = |column: &Column| before.get(column).unwrap_or(&none);
    let differing = after.iter().filter(|(column, is)| !column.is_hint() && was(column) != *is);
    differing.map(|(column, is)| (column.to_string(), (was(column).clone(), is.clone()))).collect()
}
