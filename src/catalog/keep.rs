//! Products as the staff keep them: made, read whole, changed one change after the other. Every
//! change moves the product's version on and stands in the audit log.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

use super::handle::{free_handle, free_sku, is_of};
use super::model::{NewProduct, NewVariant, Status};
use super::sheet::{Sheet, Words};
use super::writes::{self, index, put_in_categories};
use crate::audit::{self, Action, Deed, Entity, Who};
use crate::db::Conn;
use crate::db::schema::{product, product_category, product_tag, product_text};
use crate::error::{Error, Result};
use crate::ids::{BrandId, CategoryId, ProductId};
use crate::language::{Language, LocalText};
use crate::money::Money;
use crate::prices::NewPrice;
use crate::search;
use crate::values::Slug;
use crate::web::frame::Frame;

/// A product as it stands.
#[derive(Debug, Clone)]
pub struct Kept {
    pub id: ProductId,
    /// Moves on with every change.
    pub version: i64,
    pub updated_at: NaiveDateTime,
    pub sheet: Sheet,
}

/// Who changes what, and as which version she has seen it.
#[derive(Clone)]
pub struct Edit<'a> {
    pub who: &'a Who,
    pub frame: &'a Frame,
    pub id: ProductId,
    pub version: i64,
}

/// What becomes of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    Done,
    /// Somebody else has changed it since: nothing was written.
    Meanwhile,
}

/// A product by its number.
pub fn find(conn: &mut Conn, id: ProductId) -> Result<Option<Kept>> {
    type Row = (
        (String, String, NaiveDateTime, Option<NaiveDateTime>),
        (Option<CategoryId>, Option<BrandId>, String, bool),
        (i64, NaiveDateTime),
    );
    let row: Option<Row> = product::table
        .find(id)
        .select((
            (product::slug, product::status, product::publish_at, product::unpublish_at),
            (
                product::category_id,
                product::brand_id,
                product::tax_class,
                product::requires_shipping,
            ),
            (product::version, product::updated_at),
        ))
        .first(conn)
        .optional()?;
    let Some((shown, (category, brand, tax_class, requires_shipping), at)) = row else {
        return Ok(None);
    };
    let (slug, status, publish_at, unpublish_at) = shown;
    let unreadable = || Error::internal(format!("product {id} cannot be read"));
    let sheet = Sheet {
        slug: Slug::parse(&slug).ok_or_else(unreadable)?,
        status: Status::parse(&status).ok_or_else(unreadable)?,
        publish_at,
        unpublish_at,
        category,
        brand,
        tax_class,
        requires_shipping,
        tags: tags(conn, id)?,
        texts: texts(conn, id)?,
    };
    Ok(Some(Kept { id, version: at.0, updated_at: at.1, sheet }))
}

fn tags(conn: &mut Conn, id: ProductId) -> Result<BTreeSet<String>> {
    let tags = product_tag::table.filter(product_tag::product_id.eq(id));
    let tags: Vec<String> = tags.select(product_tag::tag).load(conn)?;
    Ok(tags.into_iter().collect())
}

fn texts(conn: &mut Conn, id: ProductId) -> Result<BTreeMap<Language, Words>> {
    type Row = (String, (String, String, String, String, String));
    let rows: Vec<Row> = product_text::table
        .filter(product_text::product_id.eq(id))
        .select((
            product_text::locale,
            (
                product_text::name,
                product_text::subtitle,
                product_text::description,
                product_text::seo_title,
                product_text::seo_description,
            ),
        ))
        .load(conn)?;
    let texts = rows.into_iter().filter_map(|(locale, words)| {
        let (name, subtitle, description, seo_title, seo_description) = words;
        let words = Words { name, subtitle, description, seo_title, seo_description };
        Some((Language::parse(&locale)?, words))
    });
    Ok(texts.collect())
}

/// Puts a draft into the shop: one variant, at a price, of which there is nothing yet.
pub fn make(
    conn: &mut Conn,
    (who, frame): (&Who, &Frame),
    (name, price): (&str, &Money),
) -> Result<ProductId> {
    let slug = free_handle(conn, name)?;
    let mut names = LocalText::default();
    names.set(frame.own_language(), name.to_owned());
    let variant = NewVariant {
        sku: free_sku(conn, &slug.as_str().to_uppercase())?,
        values: Vec::new(),
        prices: vec![NewPrice::plain(*price)],
        weight_grams: 0,
        on_hand: 0,
        media: None,
    };
    let new = NewProduct {
        slug,
        status: Status::Draft,
        publish_at: who.at,
        category: None,
        brand: None,
        popularity: 0,
        requires_shipping: true,
        name: names,
        subtitle: LocalText::default(),
        description: LocalText::default(),
        tags: Vec::new(),
        options: Vec::new(),
        variants: vec![variant],
        media: Vec::new(),
        attributes: Vec::new(),
    };
    let id = writes::insert_product(conn, &new, who.at)?;
    told(conn, (who, frame), (Action::ProductMade, id), None)?;
    Ok(id)
}

/// Changes a product to what the sheet says, unless somebody has changed it since.
///
/// The handle of a draft follows its name for as long as it is made of it; the address that it had
/// leads to the new one.
///
/// # Errors
/// A duplicate (`Error::is_duplicate`) when another product has the handle.
pub fn save(conn: &mut Conn, edit: &Edit<'_>, sheet: &Sheet) -> Result<Saved> {
    let before = find(conn, edit.id)?.ok_or(Error::NotFound)?.sheet;
    let slug = next_slug(conn, edit.frame.own_language(), (&before, sheet))?;
    save_as(conn, edit, &before, &Sheet { slug, ..sheet.clone() })
}

/// Changes a product from one sheet to another, its handle to the very one that it says.
pub(super) fn save_as(
    conn: &mut Conn,
    edit: &Edit<'_>,
    before: &Sheet,
    sheet: &Sheet,
) -> Result<Saved> {
    if !move_on(conn, edit)? {
        return Ok(Saved::Meanwhile);
    }
    if sheet.slug != before.slug {
        writes::rename(conn, edit.id, &sheet.slug)?;
    }
    put(conn, edit.id, sheet)?;
    if sheet.category != before.category {
        let places = product_category::table.filter(product_category::product_id.eq(edit.id));
        diesel::delete(places).execute(conn)?;
        put_in_categories(conn, edit.id, sheet.category)?;
    }
    index(conn, edit.id)?;
    told(conn, (edit.who, edit.frame), (Action::ProductChanged, edit.id), Some(before))?;
    Ok(Saved::Done)
}

/// Shows a product, hides it, or takes it out of the shop, whatever else has changed.
pub fn set_status(
    conn: &mut Conn,
    (who, frame): (&Who, &Frame),
    id: ProductId,
    status: Status,
) -> Result<Saved> {
    let kept = find(conn, id)?.ok_or(Error::NotFound)?;
    let edit = Edit { who, frame, id, version: kept.version };
    save(conn, &edit, &Sheet { status, ..kept.sheet })
}

/// Takes the next version; `false` when it was taken since.
pub(super) fn move_on(conn: &mut Conn, edit: &Edit<'_>) -> Result<bool> {
    let seen = product::table.filter(product::id.eq(edit.id));
    let moved = diesel::update(seen.filter(product::version.eq(edit.version)))
        .set((product::version.eq(edit.version + 1), product::updated_at.eq(edit.who.at)))
        .execute(conn)?;
    Ok(moved == 1)
}

fn next_slug(conn: &mut Conn, own: Language, (before, after): (&Sheet, &Sheet)) -> Result<Slug> {
    let (was, is) = (before.name(own), after.name(own));
    let follows = before.status == Status::Draft && is_of(&before.slug, was);
    if after.slug == before.slug && follows && !is_of(&before.slug, is) {
        return free_handle(conn, is);
    }
    Ok(after.slug.clone())
}

fn put(conn: &mut Conn, id: ProductId, sheet: &Sheet) -> Result<()> {
    diesel::update(product::table.find(id))
        .set((
            product::status.eq(sheet.status.code()),
            product::publish_at.eq(sheet.publish_at),
            product::unpublish_at.eq(sheet.unpublish_at),
            product::category_id.eq(sheet.category),
            product::brand_id.eq(sheet.brand),
            product::tax_class.eq(&sheet.tax_class),
            product::requires_shipping.eq(sheet.requires_shipping),
        ))
        .execute(conn)?;
    diesel::delete(product_tag::table.filter(product_tag::product_id.eq(id))).execute(conn)?;
    writes::insert_tags(conn, id, sheet.tags.iter())?;
    put_texts(conn, id, &sheet.texts)
}

/// Replaces the texts of a product in all languages.
pub(super) fn put_texts(
    conn: &mut Conn,
    id: ProductId,
    texts: &BTreeMap<Language, Words>,
) -> Result<()> {
    diesel::delete(product_text::table.filter(product_text::product_id.eq(id))).execute(conn)?;
    for (language, words) in texts {
        diesel::insert_into(product_text::table)
            .values((
                product_text::product_id.eq(id),
                product_text::locale.eq(language.code()),
                product_text::name.eq(&words.name),
                product_text::sort_name.eq(search::fold(&words.name)),
                product_text::subtitle.eq(&words.subtitle),
                product_text::description.eq(&words.description),
                product_text::seo_title.eq(&words.seo_title),
                product_text::seo_description.eq(&words.seo_description),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Writes down what has changed of a product, field by field; all of one that is new.
pub(super) fn told(
    conn: &mut Conn,
    (who, frame): (&Who, &Frame),
    (action, id): (Action, ProductId),
    before: Option<&Sheet>,
) -> Result<()> {
    let after = find(conn, id)?.ok_or(Error::NotFound)?.sheet.fields(frame);
    let before = before.map(|sheet| sheet.fields(frame)).unwrap_or_default();
    let (before, after) = audit::differing(&before, &after);
    audit::write(conn, who, &Deed { action, entity: Entity::Product(id), before, after })
}
