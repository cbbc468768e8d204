//! The shop's own words as cells say them: categories, brands, options, attributes.

use std::collections::BTreeMap;

use super::columns::Feature;
use super::named::{ALSO, BELOW, Named, cell, joined, parts};
use super::queries;
use crate::catalog::handle::handle_of;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::{AttributeId, BrandId, CategoryId, ChoiceId, OptionTypeId, OptionValueId};
use crate::language::{Language, LocalText};
use crate::search::fold;
use crate::web::vocabulary::Vocabulary;

/// All words that the shop knows, as of one moment.
pub(super) struct Words {
    pub own: Language,
    vocabulary: Vocabulary,
    /// What the values of each attribute are.
    kinds: BTreeMap<AttributeId, &'static str>,
    categories: BTreeMap<CategoryId, Shelf>,
}

/// A category.
pub(super) struct Shelf {
    pub parent: Option<CategoryId>,
    pub slug: String,
    pub name: LocalText,
}

impl Words {
    pub fn load(conn: &mut Conn, own: Language) -> Result<Self> {
        let (vocabulary, categories) = (Vocabulary::load(conn)?, queries::categories(conn)?);
        Ok(Self { own, vocabulary, kinds: queries::kinds(conn)?, categories })
    }

    /// The path of a category, from the topmost one down.
    pub fn category(&self, id: CategoryId) -> String {
        self.path(id, |shelf| cell(shelf.name.get(self.own, self.own), &shelf.slug))
    }

    pub fn category_in(&self, id: CategoryId, language: Language) -> String {
        self.path(id, |shelf| shelf.name.get(language, self.own).to_owned())
    }

    fn path(&self, id: CategoryId, cell: impl Fn(&Shelf) -> String) -> String {
        let first = self.categories.get(&id);
        let shelves = std::iter::successors(first, |shelf| self.categories.get(&shelf.parent?));
        let mut path: Vec<String> = shelves.map(cell).collect();
        path.reverse();
        joined(path.iter().map(String::as_str), BELOW)
    }

    /// A path in the shop's own spelling, as far as it knows it.
    pub fn as_category(&self, path: &str) -> String {
        let (known, rest) = self.find_path(path);
        let own = known.map(|id| self.category(id));
        let rest = joined(
            rest.iter().map(|named| named.cell()).collect::<Vec<_>>().iter().map(String::as_str),
            BELOW,
        );
        let both = own.into_iter().chain([rest]).filter(|part| !part.is_empty());
        both.collect::<Vec<_>>().join(" > ")
    }

    /// How far the shop knows a path, and the rest of it.
    pub fn find_path(&self, path: &str) -> (Option<CategoryId>, Vec<Named>) {
        let mut parts = parts(path, BELOW).into_iter().filter_map(|part| Named::parse(&part));
        let mut known = None;
        while let Some(part) = parts.next() {
            match self.child(known, &part) {
                Some(id) => known = Some(id),
                None => return (known, std::iter::once(part).chain(parts).collect()),
            }
        }
        (known, Vec::new())
    }

    fn child(&self, parent: Option<CategoryId>, named: &Named) -> Option<CategoryId> {
        let below = self.categories.iter().filter(|(_, shelf)| shelf.parent == parent);
        find(
            named,
            below.map(|(id, shelf)| (*id, &*shelf.slug, shelf.name.get(self.own, self.own))),
        )
    }

    pub fn brand(&self, id: BrandId) -> String {
        self.vocabulary.brands.get(&id).map(|it| cell(&it.name, &it.slug)).unwrap_or_default()
    }

    pub fn find_brand(&self, named: &Named) -> Option<BrandId> {
        let known = self.vocabulary.brands.iter();
        find(named, known.map(|(id, brand)| (*id, &*brand.slug, &*brand.name)))
    }

    pub fn option(&self, id: OptionTypeId) -> String {
        let term = self.vocabulary.options.get(&id);
        term.map(|term| self.term(&term.name, &term.code)).unwrap_or_default()
    }

    pub fn option_in(&self, id: OptionTypeId, language: Language) -> String {
        let term = self.vocabulary.options.get(&id);
        term.map(|term| written(&term.name, language)).unwrap_or_default()
    }

    pub fn find_option(&self, named: &Named) -> Option<OptionTypeId> {
        let known = self.vocabulary.options.iter();
        find(named, known.map(|(id, term)| (*id, &*term.code, term.name.get(self.own, self.own))))
    }

    pub fn value(&self, id: OptionValueId) -> String {
        let value = self.vocabulary.option_values.get(&id);
        value.map(|value| self.term(&value.name, &value.code)).unwrap_or_default()
    }

    pub fn value_in(&self, id: OptionValueId, language: Language) -> String {
        let value = self.vocabulary.option_values.get(&id);
        value.map(|value| written(&value.name, language)).unwrap_or_default()
    }

    pub fn swatch(&self, id: OptionValueId) -> String {
        self.vocabulary.option_values.get(&id).and_then(|it| it.swatch.clone()).unwrap_or_default()
    }

    pub fn find_value(&self, option: OptionTypeId, named: &Named) -> Option<OptionValueId> {
        let values = self.vocabulary.option_values.iter().filter(|(_, it)| it.owner == option);
        find(named, values.map(|(id, it)| (*id, &*it.code, it.name.get(self.own, self.own))))
    }

    /// The columns of all attributes, in the order in which the shop shows them.
    pub fn features(&self) -> Vec<AttributeId> {
        let mut known: Vec<_> = self.vocabulary.attributes.iter().collect();
        known.sort_by_key(|(id, it)| (it.term.position, **id));
        known.into_iter().map(|(id, _)| *id).collect()
    }

    /// The column of an attribute; `None` for one that is gone.
    pub fn feature(&self, id: AttributeId, language: Option<Language>) -> Option<Feature> {
        let term = &self.vocabulary.attributes.get(&id)?.term;
        let kind = self.kinds.get(&id)?;
        Some(Feature { kind, language, named: self.term(&term.name, &term.code) })
    }

    /// A column in the shop's own spelling; `None` where the shop's attribute is of another kind.
    pub fn as_feature(&self, feature: Feature) -> Option<Feature> {
        match self.find_feature(&feature) {
            None => Some(feature),
            Some(id) => {
                self.feature(id, feature.language).filter(|known| known.kind == feature.kind)
            }
        }
    }

    pub fn find_feature(&self, feature: &Feature) -> Option<AttributeId> {
        let known = self.vocabulary.attributes.iter();
        let known =
            known.map(|(id, it)| (*id, &*it.term.code, it.term.name.get(self.own, self.own)));
        find(&Named::parse(&feature.named)?, known)
    }

    pub fn choice(&self, id: ChoiceId) -> String {
        let choice = self.vocabulary.choices.get(&id);
        choice.map(|choice| self.term(&choice.name, &choice.code)).unwrap_or_default()
    }

    pub fn find_choice(&self, attribute: AttributeId, named: &Named) -> Option<ChoiceId> {
        let choices = self.vocabulary.choices.iter().filter(|(_, it)| it.owner == attribute);
        find(named, choices.map(|(id, it)| (*id, &*it.code, it.name.get(self.own, self.own))))
    }

    /// Choices in the shop's own spelling, sorted.
    pub fn as_choices(&self, feature: &Feature, list: &str) -> String {
        let attribute = self.find_feature(feature);
        let own = |named: &Named| {
            let known = attribute.and_then(|id| self.find_choice(id, named));
            known.map_or_else(|| named.cell(), |id| self.choice(id))
        };
        let named = parts(list, ALSO).into_iter().filter_map(|part| Named::parse(&part));
        self.choices(named.map(|named| own(&named)).collect())
    }

    pub fn choices(&self, mut cells: Vec<String>) -> String {
        cells.sort();
        cells.dedup();
        joined(cells.iter().map(String::as_str), ALSO)
    }

    fn term(&self, name: &LocalText, code: &str) -> String {
        match name.get(self.own, self.own) {
            "" => cell(code, code),
            name => cell(name, code),
        }
    }
}

/// The text in this very language.
fn written(text: &LocalText, language: Language) -> String {
    let own = text.iter().find(|(known, _)| *known == language);
    own.map(|(_, text)| text.to_owned()).unwrap_or_default()
}

/// By its code where the cell says it; else by its name, in whatever letters, else by the code that
/// the name gives.
fn find<'a, Id: Copy>(
    named: &Named,
    known: impl Iterator<Item = (Id, &'a str, &'a str)>,
) -> Option<Id> {
    let known: Vec<(Id, &str, &str)> = known.collect();
    let by_code = |code: &str| known.iter().find(|(_, own, _)| *own == code).map(|(id, ..)| *id);
    if let Some(code) = &named.code {
        return by_code(code);
    }
    let by_name = |is_it: &dyn Fn(&str) -> bool| {
        known.iter().find(|(.., own)| is_it(own)).map(|(id, ..)| *id)
    };
    let (name, code) = (fold(&named.name), handle_of(&named.name));
    by_name(&|own| own == named.name)
        .or_else(|| by_name(&|own| fold(own) == name))
        // A name without a Latin letter says nothing by its code.
        .or_else(|| by_code(&code).filter(|_| name.contains(|c: char| c.is_ascii_alphanumeric())))
}

/// Which codes are taken, and which place comes next.
impl Words {
    pub fn has_category(&self, slug: &str) -> bool {
        self.categories.values().any(|shelf| shelf.slug == slug)
    }

    pub fn has_brand(&self, slug: &str) -> bool {
        self.vocabulary.brands.values().any(|brand| brand.slug == slug)
    }

    pub fn has_option(&self, code: &str) -> bool {
        self.vocabulary.options.values().any(|term| term.code == code)
    }

    pub fn has_value(&self, option: OptionTypeId, code: &str) -> bool {
        self.vocabulary.option_values.values().any(|it| it.owner == option && it.code == code)
    }

    pub fn has_attribute(&self, code: &str) -> bool {
        self.vocabulary.attributes.values().any(|it| it.term.code == code)
    }

    pub fn has_choice(&self, attribute: AttributeId, code: &str) -> bool {
        self.vocabulary.choices.values().any(|it| it.owner == attribute && it.code == code)
    }

    pub fn options(&self) -> i64 {
        next(self.vocabulary.options.values().map(|term| term.position))
    }

    pub fn values(&self, option: OptionTypeId) -> i64 {
        let values = self.vocabulary.option_values.values();
        next(values.filter(|it| it.owner == option).map(|it| it.position))
    }

    pub fn attributes(&self) -> i64 {
        next(self.vocabulary.attributes.values().map(|it| it.term.position))
    }

    pub fn choices_of(&self, attribute: AttributeId) -> i64 {
        let choices = self.vocabulary.choices.values();
        next(choices.filter(|it| it.owner == attribute).map(|it| it.position))
    }
}

fn next(positions: impl Iterator<Item = i64>) -> i64 {
    positions.max().map_or(0, |last| last + 1)
}
