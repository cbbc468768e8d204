//! What a product says about itself, by the shop's attributes, as the staff change it.

use diesel::prelude::*;
use std::collections::BTreeMap;

use super::keep::{Edit, Saved, move_on};
use super::model::{Kind, NewValue};
use super::queries::{AttributeRow, attributes};
use super::writes;
use crate::audit::{self, Action, Deed, Entity};
use crate::db::schema::{attribute, product_attribute};
use crate::db::{Conn, any_of};
use crate::error::Result;
use crate::ids::{AttributeId, ProductId};
use crate::web::frame::Frame;

/// How many attributes a product can speak by: its form has room for no more.
const MOST: i64 = 60;

/// The attributes that there are, in their order, each with what its values are.
pub fn kinds(conn: &mut Conn) -> Result<Vec<(AttributeId, Kind)>> {
    let rows: Vec<(AttributeId, String)> = attribute::table
        .order((attribute::position, attribute::id))
        .limit(MOST)
        .select((attribute::id, attribute::kind))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(id, kind)| Some((id, Kind::parse(&kind)?))).collect())
}

/// Lets a product say this and nothing else, unless somebody has changed it since.
pub fn save(conn: &mut Conn, edit: &Edit<'_>, values: &[(AttributeId, NewValue)]) -> Result<Saved> {
    if !move_on(conn, edit)? {
        return Ok(Saved::Meanwhile);
    }
    let before = told(conn, edit.frame, edit.id)?;
    let asked: Vec<AttributeId> = kinds(conn)?.into_iter().map(|(id, _)| id).collect();
    let known = product_attribute::table.filter(product_attribute::product_id.eq(edit.id));
    diesel::delete(known.filter(any_of(product_attribute::attribute_id, &asked))).execute(conn)?;
    for (attribute, value) in values {
        writes::insert_value(conn, edit.id, *attribute, value)?;
    }
    writes::index(conn, edit.id)?;
    let after = told(conn, edit.frame, edit.id)?;
    let (before, after) = audit::differing(&before, &after);
    let (action, entity) = (Action::ProductChanged, Entity::Product(edit.id));
    audit::write(conn, edit.who, &Deed { action, entity, before, after })?;
    Ok(Saved::Done)
}

/// All that a product says, by the codes of the shop's attributes; those of which it says nothing too.
fn told(conn: &mut Conn, frame: &Frame, id: ProductId) -> Result<Vec<(String, String)>> {
    let known = &frame.vocabulary.attributes;
    let mut said: BTreeMap<AttributeId, Vec<String>> =
        known.keys().map(|id| (*id, vec![])).collect();
    for row in attributes(conn, id)? {
        said.entry(row.attribute).or_default().extend(value(frame, &row));
    }
    let fields = said
        .into_iter()
        .filter_map(|(id, values)| Some((known.get(&id)?.term.code.clone(), values.join(", "))));
    Ok(fields.collect())
}

fn value(frame: &Frame, row: &AttributeRow) -> Option<String> {
    let choice = row.choice.and_then(|id| frame.vocabulary.choices.get(&id));
    let choice = choice.map(|choice| choice.code.clone());
    let number = row.number.map(|number| number.to_string());
    let yes = row.yes.map(|yes| yes.to_string());
    choice.or(row.text.clone()).or(number).or(yes).or(row.date.map(|date| date.to_string()))
}
