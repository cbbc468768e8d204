//! Words that a file speaks of and that the shop does not have yet: categories, brands, options,
//! attributes, with their values.

use super::cells::{Ground, Wrong};
use super::columns::{Cells, Column, Feature};
use super::named::{ALSO, BELOW, Named, parts};
use super::queries;
use super::words::Words;
use crate::catalog::handle::handle_of;
use crate::catalog::model::{Kind, NewAttribute, NewCategory};
use crate::catalog::writes;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::{AttributeId, BrandId, CategoryId, ChoiceId, OptionTypeId, OptionValueId};
use crate::language::LocalText;
use crate::settings;
use crate::values::Slug;

/// The shop's words, with those that are made on the way.
pub(super) struct Maker<'a> {
    pub conn: &'a mut Conn,
    pub ground: &'a mut Ground,
}

impl Maker<'_> {
    /// What was made is known from now on, here and on every page.
    fn made(&mut self) -> Result<()> {
        self.ground.words = Words::load(self.conn, self.ground.own())?;
        settings::announce(self.conn)
    }

    /// A name in the shop's own language, and in those that the cells say.
    fn name(&self, own: &str, others: impl Fn(crate::language::Language) -> String) -> LocalText {
        let mut name = LocalText::default();
        name.set(self.ground.own(), own.to_owned());
        for language in self.ground.others() {
            let text = others(language);
            if !text.trim().is_empty() {
                name.set(language, text.trim().to_owned());
            }
        }
        name
    }

    pub fn category(&mut self, cells: &Cells) -> Result<Option<CategoryId>> {
        let path = cells.get(&Column::Category).map_or("", String::as_str);
        let depth = parts(path, BELOW).len();
        let (mut known, rest) = self.ground.words.find_path(path);
        let is_new = !rest.is_empty();
        for (below, named) in rest.iter().enumerate() {
            let place = depth - rest.len() + below;
            let name = self.name(&named.name, |language| {
                let path = cells.get(&Column::CategoryIn(language)).map_or("", String::as_str);
                parts(path, BELOW).get(place).cloned().unwrap_or_default()
            });
            let slug = self.handle(named, Words::has_category)?;
            let new = NewCategory {
                slug: &slug,
                parent: known,
                position: queries::next_place(self.conn, known)?,
                media: None,
                name: &name,
                description: &LocalText::default(),
            };
            known = Some(writes::insert_category(self.conn, &new)?);
            self.ground.words = Words::load(self.conn, self.ground.own())?;
        }
        if is_new {
            self.made()?;
        }
        Ok(known)
    }

    /// A code like this one that nothing has.
    fn free(&self, code: &str, is_taken: impl Fn(&Words, &str) -> bool) -> String {
        let numbered = (2_u64..).map(|number| format!("{code}-{number}"));
        let mut codes = std::iter::once(code.to_owned()).chain(numbered);
        codes.find(|code| !is_taken(&self.ground.words, code)).unwrap_or_default()
    }

    /// A handle of what has a name, and a code that need not be a handle.
    fn handle(&self, named: &Named, is_taken: impl Fn(&Words, &str) -> bool) -> Result<Slug> {
        let handle = self.free(&handle_of(&named.code()), is_taken);
        Slug::parse(&handle).ok_or_else(|| Error::internal(format!("{handle:?} is no handle")))
    }

    pub fn brand(&mut self, cell: &str) -> Result<Option<BrandId>> {
        let Some(named) = Named::parse(cell) else { return Ok(None) };
        if let Some(known) = self.ground.words.find_brand(&named) {
            return Ok(Some(known));
        }
        let slug = self.handle(&named, Words::has_brand)?;
        let made = writes::insert_brand(self.conn, &slug, &named.name)?;
        self.made()?;
        Ok(Some(made))
    }

    pub fn option(&mut self, (n, cell): (u8, &str), cells: &Cells) -> Result<OptionTypeId> {
        let named =
            Named::parse(cell).ok_or_else(|| Error::internal("an option without a name"))?;
        if let Some(known) = self.ground.words.find_option(&named) {
            return Ok(known);
        }
        let name = self.name(&named.name, |language| {
            cells.get(&Column::OptionIn(n, language)).cloned().unwrap_or_default()
        });
        let code = self.free(&named.code(), Words::has_option);
        let position = self.ground.words.options();
        let made = writes::insert_option_type(self.conn, &code, position, &name)?;
        self.made()?;
        Ok(made)
    }

    pub fn value(
        &mut self,
        (n, option): (u8, OptionTypeId),
        cells: &Cells,
    ) -> Result<OptionValueId> {
        let cell = cells.get(&Column::Value(n)).map_or("", String::as_str);
        let named = Named::parse(cell).ok_or_else(|| Error::internal("a value without a name"))?;
        if let Some(known) = self.ground.words.find_value(option, &named) {
            return Ok(known);
        }
        let name = self.name(&named.name, |language| {
            cells.get(&Column::ValueIn(n, language)).cloned().unwrap_or_default()
        });
        let code = self.free(&named.code(), |words, code| words.has_value(option, code));
        let swatch = cells.get(&Column::Swatch(n)).filter(|swatch| !swatch.is_empty());
        let new = (code.as_str(), self.ground.words.values(option));
        let made =
            writes::insert_option_value(self.conn, option, new, swatch.map(String::as_str), &name)?;
        self.made()?;
        Ok(made)
    }

    pub fn attribute(&mut self, feature: &Feature) -> Result<AttributeId> {
        if let Some(known) = self.ground.words.find_feature(feature) {
            return Ok(known);
        }
        let named = Named::parse(&feature.named).ok_or_else(|| Error::internal("an attribute"))?;
        let code = self.free(&named.code(), Words::has_attribute);
        let kinds = [Kind::Choice, Kind::Text, Kind::Number, Kind::Bool, Kind::Date];
        let kind = kinds.into_iter().find(|kind| kind.code() == feature.kind);
        let new = NewAttribute {
            code: &code,
            kind: kind.unwrap_or(Kind::Text),
            filterable: feature.kind == Kind::Choice.code(),
            unit: "",
            position: self.ground.words.attributes(),
            name: &self.name(&named.name, |_| String::new()),
        };
        let made = writes::insert_attribute(self.conn, &new)?;
        self.made()?;
        Ok(made)
    }

    pub fn choices(&mut self, attribute: AttributeId, cell: &str) -> Result<Vec<ChoiceId>> {
        let mut choices = Vec::new();
        for named in parts(cell, ALSO).iter().filter_map(|part| Named::parse(part)) {
            choices.push(match self.ground.words.find_choice(attribute, &named) {
                Some(known) => known,
                None => self.make_choice(attribute, &named)?,
            });
        }
        Ok(choices)
    }

    fn make_choice(&mut self, attribute: AttributeId, named: &Named) -> Result<ChoiceId> {
        let code = self.free(&named.code(), |words, code| words.has_choice(attribute, code));
        let new = (code.as_str(), self.ground.words.choices_of(attribute));
        let name = self.name(&named.name, |_| String::new());
        let made = writes::insert_choice(self.conn, attribute, new, &name)?;
        self.made()?;
        Ok(made)
    }
}

/// A cell that was checked cannot be wrong.
pub(super) fn checked<T>(read: std::result::Result<T, Wrong>) -> Result<T> {
    read.map_err(|wrong| Error::internal(format!("a checked cell: {wrong}")))
}
