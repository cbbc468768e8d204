//! Brands: a name, and what it is called in an address.

use diesel::dsl::exists;
use diesel::prelude::*;
use std::collections::BTreeMap;

use super::reindex::{Of, ask};
use super::{Edit, Kept, told};
use crate::audit::{Action, Entity, Who};
use crate::catalog::keep::Saved;
use crate::db::schema::{brand, product};
use crate::db::{Conn, any_of};
use crate::error::{Error, Result};
use crate::ids::BrandId;
use crate::search::{free_handle, handle_of};
use crate::settings;
use crate::values::Slug;

/// What the staff write about a brand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub name: String,
    /// `None` for one made of the name.
    pub slug: Option<Slug>,
}

impl Sheet {
    /// Each field by its name, as somebody would type it.
    pub fn fields(&self) -> Vec<(String, String)> {
        let slug = self.slug.as_ref().map(Slug::to_string).unwrap_or_default();
        vec![("name".to_owned(), self.name.clone()), ("handle".to_owned(), slug)]
    }
}

/// A brand by its number.
pub fn find(conn: &mut Conn, id: BrandId) -> Result<Option<Kept<Sheet>>> {
    let row: Option<(i64, String, String)> = brand::table
        .find(id)
        .select((brand::version, brand::name, brand::slug))
        .first(conn)
        .optional()?;
    Ok(row.map(|(version, name, slug)| {
        let slug = Slug::parse(&slug);
        Kept { version, sheet: Sheet { name, slug } }
    }))
}

/// # Errors
/// A duplicate (`Error::is_duplicate`) when another brand has the handle.
pub fn make(conn: &mut Conn, who: &Who, sheet: &Sheet) -> Result<BrandId> {
    settings::announce(conn)?;
    let slug = slug(conn, sheet)?;
    let id: BrandId = diesel::insert_into(brand::table)
        .values((brand::slug.eq(&slug), brand::name.eq(&sheet.name)))
        .returning(brand::id)
        .get_result(conn)?;
    let made = Sheet { slug: Some(slug), ..sheet.clone() };
    told(conn, who, (Action::BrandMade, Entity::Brand(id)), (&[], &made.fields()))?;
    Ok(id)
}

/// Changes a brand, unless somebody has changed it since.
///
/// # Errors
/// A duplicate (`Error::is_duplicate`) when another brand has the handle.
pub fn save(conn: &mut Conn, edit: &Edit<'_, BrandId>, sheet: &Sheet) -> Result<Saved> {
    settings::announce(conn)?;
    let before = find(conn, edit.id)?.ok_or(Error::NotFound)?.sheet;
    let slug = slug(conn, sheet)?;
    let seen = brand::table.filter(brand::id.eq(edit.id)).filter(brand::version.eq(edit.version));
    let saved = diesel::update(seen)
        .set((
            brand::version.eq(edit.version + 1),
            brand::slug.eq(&slug),
            brand::name.eq(&sheet.name),
        ))
        .execute(conn)?;
    if saved == 0 {
        return Ok(Saved::Meanwhile);
    }
    if sheet.name != before.name {
        ask(conn, Of::Brand(edit.id), edit.who.at)?;
    }
    let after = Sheet { slug: Some(slug), ..sheet.clone() };
    let deed = (Action::BrandChanged, Entity::Brand(edit.id));
    told(conn, edit.who, deed, (&before.fields(), &after.fields()))?;
    Ok(Saved::Done)
}

/// How many products are of each of these brands.
pub fn counts(conn: &mut Conn, ids: &[BrandId]) -> Result<BTreeMap<BrandId, i64>> {
    let rows: Vec<(Option<BrandId>, i64)> = product::table
        .filter(any_of(product::brand_id, ids))
        .group_by(product::brand_id)
        .select((product::brand_id, diesel::dsl::count_star()))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(id, count)| Some((id?, count))).collect())
}

/// Removes a brand; its products are of none then.
pub fn remove(conn: &mut Conn, who: &Who, id: BrandId) -> Result<()> {
    settings::announce(conn)?;
    let sheet = find(conn, id)?.ok_or(Error::NotFound)?.sheet;
    diesel::update(product::table.filter(product::brand_id.eq(id)))
        .set((
            product::brand_id.eq(None::<BrandId>),
            product::version.eq(product::version + 1),
            product::updated_at.eq(who.at),
        ))
        .execute(conn)?;
    diesel::delete(brand::table.find(id)).execute(conn)?;
    ask(conn, Of::changed_at(who.at), who.at)?;
    told(conn, who, (Action::BrandRemoved, Entity::Brand(id)), (&sheet.fields(), &[]))
}

/// The handle that is wanted, or one of the name.
fn slug(conn: &mut Conn, sheet: &Sheet) -> Result<Slug> {
    if let Some(slug) = &sheet.slug {
        return Ok(slug.clone());
    }
    free_handle(conn, &handle_of(&sheet.name, "brand"), |conn, handle| {
        let taken = brand::table.filter(brand::slug.eq(handle));
        Ok(diesel::select(exists(taken)).get_result(conn)?)
    })
}
