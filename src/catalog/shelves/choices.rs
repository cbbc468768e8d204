//! The values that an attribute offers, in an order that the staff choose.

use diesel::prelude::*;
use std::collections::BTreeMap;

use super::Edit;
use super::attribute::{forget, names};
use crate::catalog::handle::handle_of;
use crate::catalog::writes;
use crate::db::schema::{attribute_choice, attribute_choice_text, product_attribute};
use crate::db::{Conn, any_of};
use crate::error::Result;
use crate::ids::{AttributeId, ChoiceId};
use crate::language::{Language, LocalText};
use crate::web::frame::Frame;

/// A value that is offered, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub id: ChoiceId,
    /// From 1.
    pub place: i64,
    pub name: LocalText,
    /// How many products have it.
    pub products: i64,
}

/// What is to become of them.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// Names and places; what is not named stays.
    pub kept: Vec<(ChoiceId, LocalText, i64)>,
    pub gone: Vec<ChoiceId>,
    /// Behind all others.
    pub new: Vec<LocalText>,
}

/// So many values from one on, in their order.
pub fn list(conn: &mut Conn, of: AttributeId, (offset, most): (i64, i64)) -> Result<Vec<Choice>> {
    let ids: Vec<ChoiceId> = attribute_choice::table
        .filter(attribute_choice::attribute_id.eq(of))
        .order((attribute_choice::position, attribute_choice::id))
        .offset(offset)
        .limit(most)
        .select(attribute_choice::id)
        .load(conn)?;
    let mut names = names_of(conn, &ids)?;
    let counts = counts(conn, &ids)?;
    let choices = (offset + 1..).zip(ids).map(|(place, id)| Choice {
        id,
        place,
        name: names.remove(&id).unwrap_or_default(),
        products: counts.get(&id).copied().unwrap_or_default(),
    });
    Ok(choices.collect())
}

fn names_of(conn: &mut Conn, ids: &[ChoiceId]) -> Result<BTreeMap<ChoiceId, LocalText>> {
    use attribute_choice_text as text;
    let rows: Vec<(ChoiceId, String, String)> = text::table
        .filter(any_of(text::attribute_choice_id, ids))
        .select((text::attribute_choice_id, text::locale, text::name))
        .load(conn)?;
    let mut names: BTreeMap<ChoiceId, Vec<(String, String)>> = BTreeMap::new();
    for (id, locale, name) in rows {
        names.entry(id).or_default().push((locale, name));
    }
    Ok(names.into_iter().map(|(id, rows)| (id, local(rows))).collect())
}

fn counts(conn: &mut Conn, ids: &[ChoiceId]) -> Result<BTreeMap<ChoiceId, i64>> {
    let rows: Vec<(Option<ChoiceId>, i64)> = product_attribute::table
        .filter(any_of(product_attribute::choice_id, ids))
        .group_by(product_attribute::choice_id)
        .select((product_attribute::choice_id, diesel::dsl::count_star()))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(id, count)| Some((id?, count))).collect())
}

/// Locale and text; a language that this version does not speak is left out.
pub(super) fn local(rows: Vec<(String, String)>) -> LocalText {
    let mut text = LocalText::default();
    for (locale, words) in rows {
        if let Some(language) = Language::parse(&locale) {
            text.set(language, words);
        }
    }
    text
}

type Fields = Vec<(String, String)>;

/// Changes the values; what has changed, as it was and as it is.
pub(super) fn save(
    conn: &mut Conn,
    edit: &Edit<'_, AttributeId>,
    changes: &Changes,
) -> Result<(Fields, Fields)> {
    let before = list(conn, edit.id, (0, i64::MAX))?;
    let own: Vec<ChoiceId> = before.iter().map(|choice| choice.id).collect();
    let gone: Vec<ChoiceId> = changes.gone.iter().copied().filter(|id| own.contains(id)).collect();
    if !gone.is_empty() {
        forget(conn, edit, &gone)?;
        diesel::delete(attribute_choice::table.filter(any_of(attribute_choice::id, &gone)))
            .execute(conn)?;
    }
    for (id, name, _) in changes.kept.iter().filter(|(id, ..)| own.contains(id)) {
        put_names(conn, *id, name)?;
    }
    put_in_order(conn, &arranged(&before, changes))?;
    add(conn, edit, (&before, changes))?;
    let after = list(conn, edit.id, (0, i64::MAX))?;
    Ok((told(&before, edit.frame), told(&after, edit.frame)))
}

/// Those that stay, by the places that are wanted. What moves up comes before what stood there, and
/// what moves down behind it.
fn arranged(before: &[Choice], changes: &Changes) -> Vec<ChoiceId> {
    let wanted = |choice: &Choice| {
        let kept = changes.kept.iter().find(|(id, ..)| *id == choice.id);
        kept.map_or(choice.place, |(_, _, place)| *place)
    };
    let stays = before.iter().filter(|choice| !changes.gone.contains(&choice.id));
    let mut order: Vec<(i64, i64, i64, ChoiceId)> =
        stays.map(|it| (wanted(it), (wanted(it) - it.place).signum(), it.place, it.id)).collect();
    order.sort();
    order.into_iter().map(|(.., id)| id).collect()
}

fn put_in_order(conn: &mut Conn, order: &[ChoiceId]) -> Result<()> {
    for (position, id) in (0_i64..).zip(order) {
        diesel::update(attribute_choice::table.find(id))
            .set(attribute_choice::position.eq(position))
            .execute(conn)?;
    }
    Ok(())
}

fn add(
    conn: &mut Conn,
    edit: &Edit<'_, AttributeId>,
    (before, changes): (&[Choice], &Changes),
) -> Result<()> {
    let own = edit.frame.own_language();
    for (position, name) in (before.len() as i64..).zip(&changes.new) {
        let code = free_code(conn, edit.id, &handle_of(name.get(own, own)))?;
        writes::insert_choice(conn, edit.id, (&code, position), name)?;
    }
    Ok(())
}

fn free_code(conn: &mut Conn, of: AttributeId, wanted: &str) -> Result<String> {
    let codes = attribute_choice::table.filter(attribute_choice::attribute_id.eq(of));
    let known: Vec<String> = codes.select(attribute_choice::code).load(conn)?;
    let numbered = (2..).map(|number| format!("{wanted}-{number}"));
    let free = std::iter::once(wanted.to_owned()).chain(numbered).find(|it| !known.contains(it));
    Ok(free.unwrap_or_default())
}

fn put_names(conn: &mut Conn, id: ChoiceId, name: &LocalText) -> Result<()> {
    use attribute_choice_text as text;
    diesel::delete(text::table.filter(text::attribute_choice_id.eq(id))).execute(conn)?;
    for (language, words) in name.iter() {
        diesel::insert_into(text::table)
            .values((
                text::attribute_choice_id.eq(id),
                text::locale.eq(language.code()),
                text::name.eq(words),
            ))
            .execute(conn)?;
    }
    Ok(())
}

fn told(choices: &[Choice], frame: &Frame) -> Fields {
    let of = |choice: &Choice| {
        let names = names(&choice.name, frame).into_iter().map(|(_, text)| text);
        names.collect::<Vec<_>>().join(" / ")
    };
    let all: Vec<String> = choices.iter().map(of).collect();
    vec![("choices".to_owned(), all.join(", "))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_where_they_are_wanted() {
        let choice =
            |id, place| Choice { id: ChoiceId(id), place, name: LocalText::default(), products: 0 };
        let before = [choice(1, 1), choice(2, 2), choice(3, 3), choice(4, 4)];
        let kept = vec![(ChoiceId(4), LocalText::default(), 2)];
        let changes = Changes { kept, gone: vec![ChoiceId(3)], new: Vec::new() };
        assert_eq!(arranged(&before, &changes), [ChoiceId(1), ChoiceId(4), ChoiceId(2)]);
        let kept = vec![(ChoiceId(1), LocalText::default(), 3)];
        let ids = arranged(&before, &Changes { kept, ..Changes::default() });
        assert_eq!(ids.iter().map(|id| id.0).collect::<Vec<_>>(), [2, 3, 1, 4]);
    }
}
