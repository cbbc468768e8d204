//! What a file would change of a product, and what is wrong with what it says.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::Ground;
use super::columns::{Cells, Column, MOST_OPTIONS, Words as Text};
use super::model::{Changes, Effect, Good, Item, Piece, Problem, turned};
use super::named::Named;
use super::table::whole;
use super::wanted::{Wanted, values};
use crate::catalog::queries::MOST_VARIANTS;
use crate::ids::ProductId;
use crate::values::Slug;

/// So many letters of a cell stand beside what is wrong with it.
const LONGEST_SHOWN: usize = 80;

/// Of which variants the stock is taken from a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stock {
    /// Of none: whoever brings it may not count.
    Nowhere,
    /// Of those that are new.
    OfNew,
    /// Of those that the shop has, too.
    OfAll,
}

impl Stock {
    pub fn code(self) -> &'static str {
        match self {
            Self::Nowhere => "nowhere",
            Self::OfNew => "new",
            Self::OfAll => "all",
        }
    }

    pub fn parse(code: &str) -> Self {
        match code {
            "all" => Self::OfAll,
            "new" => Self::OfNew,
            _ => Self::Nowhere,
        }
    }
}

/// What a file's product is held against.
pub(super) struct Against<'a> {
    pub ground: &'a Ground,
    pub known: Option<&'a Good>,
    /// Whose each SKU is, of those that the file speaks of.
    pub owners: &'a BTreeMap<String, ProductId>,
    pub stock: Stock,
    /// What a file calls a column.
    pub said: &'a dyn Fn(&Column) -> String,
}

/// What is to be done.
#[derive(Debug, Clone)]
pub(super) struct Verdict {
    pub effect: Effect,
    pub problems: Vec<Problem>,
    pub changes: Changes,
    pub product: Cells,
    pub variants: Vec<Wanted>,
}

impl Against<'_> {
    pub fn judge(&self, item: &Item) -> Verdict {
        let mut problems = Vec::new();
        let product = self.product(item, &mut problems);
        let options = options(&product);
        let variants = self.variants(item, &options, &mut problems);
        self.whole(item, (&product, &options, &variants), &mut problems);
        let changes = self.changes(&product, &variants);
        let effect = match self.known {
            _ if problems.iter().any(|problem| !problem.is_note) => Effect::Wrong,
            None => Effect::Made,
            Some(_) if changes.is_empty() => Effect::Same,
            Some(_) => Effect::Changed,
        };
        Verdict { effect, problems, changes, product, variants }
    }

    fn changes(&self, product: &Cells, variants: &[Wanted]) -> Changes {
        let Some(known) = self.known else { return Changes::default() };
        let sku = |wanted: &Wanted| wanted.cells.get(&Column::Sku).cloned().unwrap_or_default();
        let (added, kept): (Vec<_>, Vec<_>) = variants.iter().partition(|wanted| wanted.is_added);
        let turns = kept.iter().map(|wanted| (sku(wanted), turned(&wanted.before, &wanted.cells)));
        Changes {
            product: turned(&known.cells, product),
            variants: turns.filter(|(_, turns)| !turns.is_empty()).collect(),
            added: added.into_iter().map(sku).collect(),
        }
    }

    /// The product's cells, over those that the shop has.
    fn product(&self, item: &Item, problems: &mut Vec<Problem>) -> Cells {
        let wrong = match Slug::parse(&item.handle) {
            Some(_) => None,
            None if item.handle.is_empty() => Some("import-no-handle"),
            None => Some("product-handle-wrong"),
        };
        let handle = Cells::from([(Column::Handle, item.handle.clone())]);
        problems.extend(wrong.map(|key| self.problem((item.line, &handle), &Column::Handle, key)));
        let mut read = self.read(&item.product, item.line, problems);
        for (column, cell) in &mut read {
            if matches!(column, Column::Option(_)) {
                *cell = self.option(cell);
            }
        }
        let mut cells = match self.known {
            Some(good) => good.cells.clone(),
            None => self.usual(),
        };
        let is_option =
            |column: &Column| matches!(column, Column::Option(_) | Column::OptionIn(..));
        if item.variants.is_empty() {
            // Options mean something only beside the values of variants.
            read.retain(|column, _| !is_option(column));
        }
        if read.keys().any(|column| matches!(column, Column::Option(_))) {
            cells.retain(|column, _| !is_option(column));
        }
        cells.extend(read);
        cells.insert(Column::Handle, item.handle.clone());
        cells
    }

    /// What a product is that a file says nothing of.
    fn usual(&self) -> Cells {
        Cells::from([
            (Column::Status, "draft".to_owned()),
            (Column::TaxClass, "standard".to_owned()),
            (Column::RequiresShipping, "yes".to_owned()),
        ])
    }

    pub(super) fn read(&self, cells: &Cells, line: i64, problems: &mut Vec<Problem>) -> Cells {
        let mut read = Cells::new();
        for (column, cell) in cells.iter().filter(|(column, _)| self.ground.speaks(column)) {
            match self.ground.read(column, cell) {
                Ok(Some(text)) => drop(read.insert(column.clone(), text)),
                Ok(None) => {}
                Err(key) => problems.push(self.problem((line, cells), column, key)),
            }
            if matches!(column, Column::Pictures | Column::Picture) {
                let known = read.get(column).map_or(0, |cell| cell.split_whitespace().count());
                if known < cell.split_whitespace().count() {
                    let note = self.problem((line, cells), column, "import-note-picture");
                    problems.push(Problem { is_note: true, ..note });
                }
                // Pictures that are not here are no reason to take others away.
                if known == 0 && !cell.trim().is_empty() {
                    read.remove(column);
                }
            }
        }
        read
    }

    pub(super) fn problem(
        &self,
        (line, cells): (i64, &Cells),
        column: &Column,
        key: &str,
    ) -> Problem {
        let cell = cells.get(column).map_or("", String::as_str).chars().take(LONGEST_SHOWN);
        let (cell, column) = (cell.collect(), (self.said)(column));
        Problem { line, column, cell, key: key.to_owned(), is_note: false }
    }

    fn option(&self, cell: &str) -> String {
        let Some(named) = Named::parse(cell) else { return String::new() };
        let known = self.ground.words.find_option(&named);
        known.map_or_else(|| named.cell(), |id| self.ground.words.option(id))
    }

    /// What the product must be as a whole.
    fn whole(
        &self,
        item: &Item,
        (product, options, variants): (&Cells, &BTreeMap<u8, String>, &[Wanted]),
        problems: &mut Vec<Problem>,
    ) {
        let place = (item.line, &item.product);
        let name = Column::Text(Text::Name, self.ground.own());
        if product.get(&name).is_none_or(String::is_empty) {
            problems.push(self.problem(place, &name, "product-name-missing"));
        }
        for language in self.ground.others() {
            let text =
                |words| product.get(&Column::Text(words, language)).map_or("", String::as_str);
            if text(Text::Name).is_empty() && Text::ALL.into_iter().any(|it| !text(it).is_empty()) {
                let name = Column::Text(Text::Name, language);
                problems.push(self.problem(place, &name, "product-name-missing"));
            }
        }
        let ends = product.get(&Column::UnpublishAt).filter(|end| !end.is_empty());
        let begins = product.get(&Column::PublishAt);
        if ends.zip(begins).is_some_and(|(end, begin)| end <= begin) {
            let column = Column::UnpublishAt;
            problems.push(self.problem(place, &column, "product-ends-before"));
        }
        let others = self.untouched(variants);
        if variants.is_empty() && self.known.is_none() {
            problems.push(whole(item.line, "import-no-variant"));
        }
        if variants.len() + others.len() > usize::try_from(MOST_VARIANTS).unwrap_or(usize::MAX) {
            problems.push(whole(item.line, "import-too-many-variants"));
        }
        let known = self.known.map(|good| self::options(&good.cells));
        if !others.is_empty() && known.is_some_and(|known| known != *options) {
            let column = Column::Option(1);
            problems.push(self.problem(place, &column, "import-options-differ"));
        }
        let mut combinations = BTreeSet::new();
        let all = variants.iter().map(|wanted| &wanted.cells);
        let all = others.iter().map(|piece| &piece.cells).chain(all);
        if !all.map(|cells| values(cells, options)).all(|values| combinations.insert(values)) {
            problems.push(self.problem(place, &Column::Value(1), "import-values-twice"));
        }
    }

    /// Variants that are sold and of which the file says nothing.
    fn untouched(&self, variants: &[Wanted]) -> Vec<&Piece> {
        let pieces = self.known.into_iter().flat_map(|good| &good.variants);
        let is_named = |piece: &&Piece| variants.iter().any(|wanted| wanted.id == Some(piece.id));
        pieces.filter(|piece| piece.is_sold && !is_named(piece)).collect()
    }
}

/// The options of a product by their numbers, without gaps between them in meaning: what is empty is
/// none.
pub(super) fn options(cells: &Cells) -> BTreeMap<u8, String> {
    let option = |n| cells.get(&Column::Option(n)).filter(|cell| !cell.is_empty());
    (1..=MOST_OPTIONS).filter_map(|n| Some((n, option(n)?.clone()))).collect()
}
