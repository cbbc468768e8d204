//! Categories: a tree in an order that the staff choose, each with an address, texts in every
//! language and a place.

use diesel::dsl::exists;
use diesel::prelude::*;
use std::collections::BTreeMap;

use super::places::{Tree, count_own, hand_up, replant};
use super::reindex::{Of, ask};
use super::{Edit, Kept, Shift, told};
use crate::audit::{self, Action, Deed, Entity, Who};
use crate::catalog::keep::Saved;
use crate::db::Conn;
use crate::db::schema::{
    category, category_old_slug, category_text, menu_item, promotion, promotion_target,
};
use crate::error::{Error, Result};
use crate::ids::CategoryId;
use crate::language::Language;
use crate::search::{free_handle, handle_of};
use crate::settings;
use crate::values::Slug;
use crate::web::frame::Frame;

/// How many categories a shop has at most: they are in every page's memory.
pub const MOST: usize = 500;
/// How many levels of them there are at most.
pub const DEEPEST: usize = 6;

/// What the staff write about a category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// `None` for one made of its name.
    pub slug: Option<Slug>,
    /// The category that it stands in.
    pub parent: Option<CategoryId>,
    /// Shoppers see neither it nor what is below it.
    pub hidden: bool,
    /// In every language that it was written in.
    pub texts: BTreeMap<Language, Words>,
}

/// A category's texts in one language; only the name is always there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    pub name: String,
    pub description: String,
    /// What search engines show instead of name and description; empty for those.
    pub seo_title: String,
    pub seo_description: String,
}

impl Sheet {
    /// The name in the shop's own language, else in any.
    pub fn name(&self, own: Language) -> &str {
        let words = self.texts.get(&own).or_else(|| self.texts.values().next());
        words.map_or("", |words| &words.name)
    }

    /// Each field by its name, as somebody would type it.
    pub fn fields(&self, frame: &Frame) -> Vec<(String, String)> {
        let parent = self.parent.and_then(|id| frame.find_category(id));
        let mut fields = vec![
            ("handle".to_owned(), self.slug.as_ref().map(Slug::to_string).unwrap_or_default()),
            ("parent".to_owned(), parent.map(|parent| parent.slug.clone()).unwrap_or_default()),
            ("hidden".to_owned(), if self.hidden { "1" } else { "" }.to_owned()),
        ];
        for language in &frame.settings.languages {
            let words = self.texts.get(language).cloned().unwrap_or_default();
            let of = |name: &str, text| (format!("{name}-{}", language.code()), text);
            fields.extend([
                of("name", words.name),
                of("description", words.description),
                of("seo_title", words.seo_title),
                of("seo_description", words.seo_description),
            ]);
        }
        fields
    }
}

/// What a category is named by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uses {
    /// Products that stand in the category itself.
    pub products: i64,
    /// The categories right below it.
    pub children: Vec<CategoryId>,
    /// Handles of the promotions that look at it.
    pub promotions: Vec<String>,
    /// Entries of header and footer that lead to it: they go with it, and with what stands below them.
    pub menus: i64,
}

/// What becomes of a removal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removal {
    Done,
    /// A promotion names it, and would hold for the whole shop without it.
    Promoted,
}

/// A category by its number.
pub fn find(conn: &mut Conn, id: CategoryId) -> Result<Option<Kept<Sheet>>> {
    let row: Option<(i64, String, Option<CategoryId>, bool)> = category::table
        .find(id)
        .select((category::version, category::slug, category::parent_id, category::hidden))
        .first(conn)
        .optional()?;
    let Some((version, slug, parent, hidden)) = row else { return Ok(None) };
    let sheet = Sheet { slug: Slug::parse(&slug), parent, hidden, texts: texts(conn, id)? };
    Ok(Some(Kept { version, sheet }))
}

fn texts(conn: &mut Conn, id: CategoryId) -> Result<BTreeMap<Language, Words>> {
    type Row = (String, String, String, String, String);
    let rows: Vec<Row> = category_text::table
        .filter(category_text::category_id.eq(id))
        .select((
            category_text::locale,
            category_text::name,
            category_text::description,
            category_text::seo_title,
            category_text::seo_description,
        ))
        .load(conn)?;
    let texts = rows.into_iter().filter_map(|(locale, name, description, title, about)| {
        let (seo_title, seo_description) = (title, about);
        let words = Words { name, description, seo_title, seo_description };
        Some((Language::parse(&locale)?, words))
    });
    Ok(texts.collect())
}

/// Puts a category behind those that stand where it will.
///
/// # Errors
/// A duplicate (`Error::is_duplicate`) when another one has the handle.
pub fn make(conn: &mut Conn, (who, frame): (&Who, &Frame), sheet: &Sheet) -> Result<CategoryId> {
    settings::announce(conn)?;
    let slug = slug(conn, sheet, frame)?;
    let position = next_position(conn, sheet.parent)?;
    let id: CategoryId = diesel::insert_into(category::table)
        .values((
            category::slug.eq(&slug),
            category::parent_id.eq(sheet.parent),
            category::position.eq(position),
            category::hidden.eq(sheet.hidden),
        ))
        .returning(category::id)
        .get_result(conn)?;
    put_texts(conn, id, sheet)?;
    let made = Sheet { slug: Some(slug), ..sheet.clone() };
    let deed = (Action::CategoryMade, Entity::Category(id));
    told(conn, who, deed, (&[], &made.fields(frame)))?;
    Ok(id)
}

/// Changes a category to what the sheet says, unless somebody has changed it since. An address that
/// it had leads to the new one.
///
/// # Errors
/// A duplicate (`Error::is_duplicate`) when another one has the handle.
pub fn save(conn: &mut Conn, edit: &Edit<'_, CategoryId>, sheet: &Sheet) -> Result<Saved> {
    settings::announce(conn)?;
    let before = find(conn, edit.id)?.ok_or(Error::NotFound)?.sheet;
    let tree = Tree::load(conn)?;
    let is_circle = tree.upwards(sheet.parent).contains(&edit.id);
    if is_circle || !move_on(conn, edit)? {
        return Ok(Saved::Meanwhile);
    }
    let slug = slug(conn, sheet, edit.frame)?;
    if before.slug.as_ref() != Some(&slug) {
        forward(conn, edit.id, (before.slug.as_ref(), &slug))?;
    }
    if sheet.parent != before.parent {
        replant(conn, (&tree, edit.id), (before.parent, sheet.parent))?;
        let position = next_position(conn, sheet.parent)?;
        diesel::update(category::table.find(edit.id))
            .set(category::position.eq(position))
            .execute(conn)?;
    }
    diesel::update(category::table.find(edit.id))
        .set((
            category::slug.eq(&slug),
            category::parent_id.eq(sheet.parent),
            category::hidden.eq(sheet.hidden),
        ))
        .execute(conn)?;
    put_texts(conn, edit.id, sheet)?;
    if sheet.parent != before.parent || names(sheet) != names(&before) {
        ask(conn, Of::Category(edit.id), edit.who.at)?;
    }
    let after = Sheet { slug: Some(slug), ..sheet.clone() };
    let deed = (Action::CategoryChanged, Entity::Category(edit.id));
    let fields = (before.fields(edit.frame), after.fields(edit.frame));
    told(conn, edit.who, deed, (&fields.0, &fields.1))?;
    Ok(Saved::Done)
}

/// Moves a category by one place among those that stand where it does.
pub fn shift(conn: &mut Conn, who: &Who, id: CategoryId, way: Shift) -> Result<()> {
    settings::announce(conn)?;
    let parent = find(conn, id)?.ok_or(Error::NotFound)?.sheet.parent;
    let order = children(conn, parent)?;
    let Some(order) = way.of(order, &id) else { return Ok(()) };
    for (position, sibling) in (0_i64..).zip(&order) {
        diesel::update(category::table.find(sibling))
            .set(category::position.eq(position))
            .execute(conn)?;
    }
    let place = order.iter().position(|known| *known == id).map(|at| at + 1);
    let deed = Deed::of(Action::CategoryChanged, Entity::Category(id));
    audit::write(conn, who, &Deed { after: serde_json::json!({ "place": place }), ..deed })
}

/// What a category is used by.
pub fn uses(conn: &mut Conn, id: CategoryId) -> Result<Uses> {
    let promotions = promotion_target::table
        .inner_join(promotion::table)
        .filter(promotion_target::category_id.eq(id))
        .order(promotion::slug)
        .select(promotion::slug);
    Ok(Uses {
        products: count_own(conn, id)?,
        children: children(conn, Some(id))?,
        promotions: promotions.load(conn)?,
        menus: menu_item::table.filter(menu_item::category_id.eq(id)).count().get_result(conn)?,
    })
}

/// Removes a category. What stands in it goes one level up, and so do its addresses.
pub fn remove(conn: &mut Conn, (who, frame): (&Who, &Frame), id: CategoryId) -> Result<Removal> {
    settings::announce(conn)?;
    let sheet = find(conn, id)?.ok_or(Error::NotFound)?.sheet;
    let uses = uses(conn, id)?;
    if !uses.promotions.is_empty() {
        return Ok(Removal::Promoted);
    }
    hand_up(conn, id, sheet.parent, who.at)?;
    for (place, child) in (next_position(conn, sheet.parent)?..).zip(&uses.children) {
        diesel::update(category::table.find(child))
            .set((category::parent_id.eq(sheet.parent), category::position.eq(place)))
            .execute(conn)?;
        ask(conn, Of::Category(*child), who.at)?;
    }
    ask(conn, Of::changed_at(who.at), who.at)?;
    if let Some(parent) = sheet.parent {
        let old = category_old_slug::table.filter(category_old_slug::category_id.eq(id));
        diesel::update(old).set(category_old_slug::category_id.eq(parent)).execute(conn)?;
    }
    diesel::delete(category::table.find(id)).execute(conn)?;
    if let Some((parent, slug)) = sheet.parent.zip(sheet.slug.as_ref()) {
        remember(conn, parent, slug)?;
    }
    let deed = (Action::CategoryRemoved, Entity::Category(id));
    told(conn, who, deed, (&sheet.fields(frame), &[]))?;
    Ok(Removal::Done)
}

/// Takes the next version; `false` when it was taken since.
fn move_on(conn: &mut Conn, edit: &Edit<'_, CategoryId>) -> Result<bool> {
    let seen = category::table.filter(category::id.eq(edit.id));
    let moved = diesel::update(seen.filter(category::version.eq(edit.version)))
        .set(category::version.eq(edit.version + 1))
        .execute(conn)?;
    Ok(moved == 1)
}

/// The categories right below one, or the topmost ones, in their order.
fn children(conn: &mut Conn, parent: Option<CategoryId>) -> Result<Vec<CategoryId>> {
    let order = (category::position, category::id);
    let all = category::table.select(category::id).order(order);
    Ok(match parent {
        Some(id) => all.filter(category::parent_id.eq(id)).load(conn)?,
        None => all.filter(category::parent_id.is_null()).load(conn)?,
    })
}

fn next_position(conn: &mut Conn, parent: Option<CategoryId>) -> Result<i64> {
    use diesel::dsl::max;
    let all = category::table.select(max(category::position));
    let last: Option<i64> = match parent {
        Some(id) => all.filter(category::parent_id.eq(id)).first(conn)?,
        None => all.filter(category::parent_id.is_null()).first(conn)?,
    };
    Ok(last.map_or(0, |last| last + 1))
}

/// The handle that is wanted, or one of the name.
fn slug(conn: &mut Conn, sheet: &Sheet, frame: &Frame) -> Result<Slug> {
    if let Some(slug) = &sheet.slug {
        return Ok(slug.clone());
    }
    free_handle(conn, &handle_of(sheet.name(frame.own_language()), "category"), |conn, handle| {
        let taken = category::table.filter(category::slug.eq(handle));
        Ok(diesel::select(exists(taken)).get_result(conn)?)
    })
}

/// Lets an address that a category had lead to it, in one hop.
fn forward(conn: &mut Conn, id: CategoryId, (old, new): (Option<&Slug>, &Slug)) -> Result<()> {
    diesel::delete(category_old_slug::table.find(new.as_str())).execute(conn)?;
    old.map_or(Ok(()), |old| remember(conn, id, old))
}

fn remember(conn: &mut Conn, id: CategoryId, old: &Slug) -> Result<()> {
    diesel::delete(category_old_slug::table.find(old.as_str())).execute(conn)?;
    diesel::insert_into(category_old_slug::table)
        .values((category_old_slug::slug.eq(old), category_old_slug::category_id.eq(id)))
        .execute(conn)?;
    Ok(())
}

fn put_texts(conn: &mut Conn, id: CategoryId, sheet: &Sheet) -> Result<()> {
    diesel::delete(category_text::table.filter(category_text::category_id.eq(id))).execute(conn)?;
    for (language, words) in &sheet.texts {
        diesel::insert_into(category_text::table)
            .values((
                category_text::category_id.eq(id),
                category_text::locale.eq(language.code()),
                category_text::name.eq(&words.name),
                category_text::description.eq(&words.description),
                category_text::seo_title.eq(&words.seo_title),
                category_text::seo_description.eq(&words.seo_description),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// What finds the products.
fn names(sheet: &Sheet) -> Vec<&str> {
    sheet.texts.values().map(|words| words.name.as_str()).collect()
}
