//! The words that products are described and filtered by: options, attributes, brands. They are
//! few and change seldom, so they live in memory with the frame.

use diesel::prelude::*;
use std::collections::BTreeMap;

use super::frame::texts;
use crate::db::Conn;
use crate::db::schema::{
    attribute, attribute_choice, attribute_choice_text, attribute_text, brand, option_type,
    option_type_text, option_value, option_value_text,
};
use crate::error::Result;
use crate::ids::{AttributeId, BrandId, ChoiceId, OptionTypeId, OptionValueId};
use crate::language::LocalText;

/// How many values a shop may have of all options, attributes and brands each.
const LIMIT: i64 = 20_000;

#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    pub options: BTreeMap<OptionTypeId, Term>,
    pub option_values: BTreeMap<OptionValueId, Value<OptionTypeId>>,
    pub attributes: BTreeMap<AttributeId, Attribute>,
    pub choices: BTreeMap<ChoiceId, Value<AttributeId>>,
    pub brands: BTreeMap<BrandId, Brand>,
}

/// An option: colour, size.
#[derive(Debug, Clone)]
pub struct Term {
    pub code: String,
    pub position: i64,
    pub name: LocalText,
}

/// A value of an option or a choice of an attribute.
#[derive(Debug, Clone)]
pub struct Value<Owner> {
    pub owner: Owner,
    pub code: String,
    pub position: i64,
    pub name: LocalText,
    /// `#rrggbb` for colours.
    pub swatch: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Attribute {
    pub term: Term,
    pub filterable: bool,
    pub unit: String,
}

#[derive(Debug, Clone)]
pub struct Brand {
    pub slug: String,
    pub name: String,
}

impl Vocabulary {
    pub fn load(conn: &mut Conn) -> Result<Self> {
        Ok(Self {
            options: load_options(conn)?,
            option_values: load_option_values(conn)?,
            attributes: load_attributes(conn)?,
            choices: load_choices(conn)?,
            brands: load_brands(conn)?,
        })
    }

    pub fn find_option(&self, code: &str) -> Option<OptionTypeId> {
        self.options.iter().find(|(_, term)| term.code == code).map(|(id, _)| *id)
    }

    pub fn find_attribute(&self, code: &str) -> Option<AttributeId> {
        let mut known = self.attributes.iter().filter(|(_, attribute)| attribute.filterable);
        known.find(|(_, attribute)| attribute.term.code == code).map(|(id, _)| *id)
    }

    /// Ids of the values of an option that have these codes.
    pub fn option_values_of(&self, owner: OptionTypeId, codes: &[String]) -> Vec<OptionValueId> {
        ids_of(&self.option_values, owner, codes)
    }

    /// Ids of the choices of an attribute that have these codes.
    pub fn choices_of(&self, owner: AttributeId, codes: &[String]) -> Vec<ChoiceId> {
        ids_of(&self.choices, owner, codes)
    }

    pub fn brands_of(&self, slugs: &[String]) -> Vec<BrandId> {
        let known = self.brands.iter().filter(|(_, brand)| slugs.contains(&brand.slug));
        known.map(|(id, _)| *id).collect()
    }
}

fn ids_of<Id: Copy, Owner: PartialEq>(
    values: &BTreeMap<Id, Value<Owner>>,
    owner: Owner,
    codes: &[String],
) -> Vec<Id> {
    let known = values.iter().filter(|(_, v)| v.owner == owner && codes.contains(&v.code));
    known.map(|(id, _)| *id).collect()
}

fn load_options(conn: &mut Conn) -> Result<BTreeMap<OptionTypeId, Term>> {
    let mut names = texts::<OptionTypeId>(option_type_text::table.limit(LIMIT * 4).load(conn)?);
    let rows: Vec<(OptionTypeId, String, i64)> = option_type::table.limit(LIMIT).load(conn)?;
    let options = rows.into_iter().map(|(id, code, position)| {
        (id, Term { code, position, name: names.remove(&id).unwrap_or_default() })
    });
    Ok(options.collect())
}

fn load_option_values(conn: &mut Conn) -> Result<BTreeMap<OptionValueId, Value<OptionTypeId>>> {
    let mut names = texts::<OptionValueId>(option_value_text::table.limit(LIMIT * 4).load(conn)?);
    let rows: Vec<(OptionValueId, OptionTypeId, String, i64, Option<String>)> =
        option_value::table.limit(LIMIT).load(conn)?;
    let values = rows.into_iter().map(|(id, owner, code, position, swatch)| {
        let name = names.remove(&id).unwrap_or_default();
        (id, Value { owner, code, position, name, swatch })
    });
    Ok(values.collect())
}

fn load_attributes(conn: &mut Conn) -> Result<BTreeMap<AttributeId, Attribute>> {
    let mut names = texts::<AttributeId>(attribute_text::table.limit(LIMIT * 4).load(conn)?);
    let rows: Vec<(AttributeId, String, bool, String, i64)> = attribute::table
        .limit(LIMIT)
        .select((
            attribute::id,
            attribute::code,
            attribute::filterable,
            attribute::unit,
            attribute::position,
        ))
        .load(conn)?;
    let attributes = rows.into_iter().map(|(id, code, filterable, unit, position)| {
        let name = names.remove(&id).unwrap_or_default();
        (id, Attribute { term: Term { code, position, name }, filterable, unit })
    });
    Ok(attributes.collect())
}

fn load_choices(conn: &mut Conn) -> Result<BTreeMap<ChoiceId, Value<AttributeId>>> {
    let mut names = texts::<ChoiceId>(attribute_choice_text::table.limit(LIMIT * 4).load(conn)?);
    let rows: Vec<(ChoiceId, AttributeId, String, i64)> =
        attribute_choice::table.limit(LIMIT).load(conn)?;
    let choices = rows.into_iter().map(|(id, owner, code, position)| {
        let name = names.remove(&id).unwrap_or_default();
        (id, Value { owner, code, position, name, swatch: None })
    });
    Ok(choices.collect())
}

fn load_brands(conn: &mut Conn) -> Result<BTreeMap<BrandId, Brand>> {
    let rows: Vec<(BrandId, String, String)> =
        brand::table.limit(LIMIT).select((brand::id, brand::slug, brand::name)).load(conn)?;
    Ok(rows.into_iter().map(|(id, slug, name)| (id, Brand { slug, name })).collect())
}
