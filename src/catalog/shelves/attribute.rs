//! Attributes: what a product can say about itself, such as its material. Its code and its kind
//! stay as they were made: addresses and values hang on them.

use diesel::dsl::{count, exists, max};
use diesel::prelude::*;

use super::choices::{self, Changes};
use super::reindex::{Of, ask};
use super::{Edit, Kept, Shift, told};
use crate::audit::{self, Action, Deed, Entity, Who};
use crate::catalog::keep::Saved;
use crate::catalog::model::{Kind, NewAttribute};
use crate::catalog::writes;
use crate::db::schema::{attribute, attribute_text, option_type, product, product_attribute};
use crate::db::{Conn, any_of, within};
use crate::error::{Error, Result};
use crate::ids::{AttributeId, ChoiceId};
use crate::language::{Language, LocalText};
use crate::search::{free_handle, handle_of};
use crate::settings;
use crate::web::frame::Frame;

/// What else stands in the address of a list, where an attribute's code would stand.
const TAKEN: [&str; 7] = ["q", "page", "sort", "min", "max", "stock", "brand"];

/// What the staff write about an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub kind: Kind,
    /// Shoppers narrow lists by it; only choices can be.
    pub filterable: bool,
    /// Shown behind a number: `ml`.
    pub unit: String,
    pub name: LocalText,
}

impl Sheet {
    /// Each field by its name, as somebody would type it.
    pub fn fields(&self, frame: &Frame) -> Vec<(String, String)> {
        let yes = if self.filterable { "1" } else { "" };
        let mut fields = vec![
            ("kind".to_owned(), self.kind.code().to_owned()),
            ("filterable".to_owned(), yes.to_owned()),
            ("unit".to_owned(), self.unit.clone()),
        ];
        fields.extend(names(&self.name, frame));
        fields
    }
}

/// A name in each of the shop's languages, by its field.
pub(super) fn names(name: &LocalText, frame: &Frame) -> Vec<(String, String)> {
    let said = |language: &Language| {
        let text = name.iter().find(|(known, _)| known == language);
        text.map(|(_, text)| text.to_owned()).unwrap_or_default()
    };
    let languages = frame.settings.languages.iter();
    languages.map(|language| (format!("name-{}", language.code()), said(language))).collect()
}

/// An attribute by its number.
pub fn find(conn: &mut Conn, id: AttributeId) -> Result<Option<Kept<Sheet>>> {
    let row: Option<(i64, String, bool, String)> = attribute::table
        .find(id)
        .select((attribute::version, attribute::kind, attribute::filterable, attribute::unit))
        .first(conn)
        .optional()?;
    let Some((version, kind, filterable, unit)) = row else { return Ok(None) };
    let kind = Kind::parse(&kind).ok_or_else(|| Error::internal(format!("a kind {kind:?}")))?;
    let texts = attribute_text::table.filter(attribute_text::attribute_id.eq(id));
    let texts: Vec<(String, String)> =
        texts.select((attribute_text::locale, attribute_text::name)).load(conn)?;
    let name = choices::local(texts);
    Ok(Some(Kept { version, sheet: Sheet { kind, filterable, unit, name } }))
}

/// Puts an attribute behind the others.
pub fn make(conn: &mut Conn, (who, frame): (&Who, &Frame), sheet: &Sheet) -> Result<AttributeId> {
    settings::announce(conn)?;
    let own = frame.own_language();
    let code =
        free_handle(conn, &handle_of(sheet.name.get(own, own), "attribute"), |conn, code| {
            let options = option_type::table.filter(option_type::code.eq(code));
            let attributes = attribute::table.filter(attribute::code.eq(code));
            let is_taken = diesel::select(exists(options)).get_result(conn)?
                || diesel::select(exists(attributes)).get_result(conn)?;
            Ok(is_taken || TAKEN.contains(&code))
        })?;
    let last: Option<i64> = attribute::table.select(max(attribute::position)).first(conn)?;
    let new = NewAttribute {
        code: code.as_str(),
        kind: sheet.kind,
        filterable: sheet.filterable,
        unit: &sheet.unit,
        position: last.map_or(0, |last| last + 1),
        name: &sheet.name,
    };
    let id = writes::insert_attribute(conn, &new)?;
    told(conn, who, (Action::AttributeMade, Entity::Attribute(id)), (&[], &sheet.fields(frame)))?;
    Ok(id)
}

/// Changes an attribute and its choices, unless somebody has changed it since.
pub fn save(
    conn: &mut Conn,
    edit: &Edit<'_, AttributeId>,
    (sheet, changes): (&Sheet, &Changes),
) -> Result<Saved> {
    settings::announce(conn)?;
    let before = find(conn, edit.id)?.ok_or(Error::NotFound)?.sheet;
    let seen = attribute::table.filter(attribute::id.eq(edit.id));
    let saved = diesel::update(seen.filter(attribute::version.eq(edit.version)))
        .set((
            attribute::version.eq(edit.version + 1),
            attribute::filterable.eq(sheet.filterable),
            attribute::unit.eq(&sheet.unit),
        ))
        .execute(conn)?;
    if saved == 0 {
        return Ok(Saved::Meanwhile);
    }
    put_names(conn, edit.id, &sheet.name)?;
    let choices = choices::save(conn, edit, changes)?;
    ask(conn, Of::Attribute(edit.id), edit.who.at)?;
    let (mut old, mut new) = (before.fields(edit.frame), sheet.fields(edit.frame));
    old.extend(choices.0);
    new.extend(choices.1);
    told(conn, edit.who, (Action::AttributeChanged, Entity::Attribute(edit.id)), (&old, &new))?;
    Ok(Saved::Done)
}

/// Moves an attribute by one place: products show what they say in this order.
pub fn shift(conn: &mut Conn, who: &Who, id: AttributeId, way: Shift) -> Result<()> {
    settings::announce(conn)?;
    let all = attribute::table.order((attribute::position, attribute::id)).select(attribute::id);
    let Some(order) = way.of(all.load(conn)?, &id) else { return Ok(()) };
    for (position, id) in (0_i64..).zip(&order) {
        diesel::update(attribute::table.find(id))
            .set(attribute::position.eq(position))
            .execute(conn)?;
    }
    let place = order.iter().position(|known| *known == id).map(|at| at + 1);
    let deed = Deed::of(Action::AttributeChanged, Entity::Attribute(id));
    audit::write(conn, who, &Deed { after: serde_json::json!({ "place": place }), ..deed })
}

/// How many products say something by an attribute.
pub fn count_products(conn: &mut Conn, id: AttributeId) -> Result<i64> {
    use diesel::AggregateExpressionMethods as _;
    let values = product_attribute::table.filter(product_attribute::attribute_id.eq(id));
    Ok(values.select(count(product_attribute::product_id).aggregate_distinct()).first(conn)?)
}

/// Removes an attribute with all that products say by it.
pub fn remove(conn: &mut Conn, (who, frame): (&Who, &Frame), id: AttributeId) -> Result<()> {
    settings::announce(conn)?;
    let sheet = find(conn, id)?.ok_or(Error::NotFound)?.sheet;
    let values = product_attribute::table.filter(product_attribute::attribute_id.eq(id));
    let having = values.select(product_attribute::product_id);
    diesel::update(product::table.filter(within(product::id, having)))
        .set((product::version.eq(product::version + 1), product::updated_at.eq(who.at)))
        .execute(conn)?;
    diesel::delete(values).execute(conn)?;
    diesel::delete(attribute::table.find(id)).execute(conn)?;
    ask(conn, Of::changed_at(who.at), who.at)?;
    told(conn, who, (Action::AttributeRemoved, Entity::Attribute(id)), (&sheet.fields(frame), &[]))
}

/// Takes these values away from all products that have them.
pub(super) fn forget(
    conn: &mut Conn,
    edit: &Edit<'_, AttributeId>,
    gone: &[ChoiceId],
) -> Result<()> {
    let values = product_attribute::table.filter(any_of(product_attribute::choice_id, gone));
    let having = values.select(product_attribute::product_id);
    diesel::update(product::table.filter(within(product::id, having)))
        .set((product::version.eq(product::version + 1), product::updated_at.eq(edit.who.at)))
        .execute(conn)?;
    diesel::delete(product_attribute::table.filter(any_of(product_attribute::choice_id, gone)))
        .execute(conn)?;
    ask(conn, Of::changed_at(edit.who.at), edit.who.at)
}

fn put_names(conn: &mut Conn, id: AttributeId, name: &LocalText) -> Result<()> {
    diesel::delete(attribute_text::table.filter(attribute_text::attribute_id.eq(id)))
        .execute(conn)?;
    for (language, text) in name.iter() {
        diesel::insert_into(attribute_text::table)
            .values((
                attribute_text::attribute_id.eq(id),
                attribute_text::locale.eq(language.code()),
                attribute_text::name.eq(text),
            ))
            .execute(conn)?;
    }
    Ok(())
}
