//! Products that are written whole, with their variants, as a table tells of them: by the same rules
//! as on the pages about each part, in one transaction.

use diesel::prelude::*;
use serde_json::{Map, Value, json};

use super::keep::{self, Edit, Saved, move_on, put_texts, told};
use super::model::{NewProduct, NewValue, NewVariant};
use super::sheet::Sheet;
use super::writes::{self, option_key};
use crate::audit::{self, Action, Deed, Entity, Who};
use crate::db::Conn;
use crate::db::schema::{product, product_attribute, product_option, variant, variant_option};
use crate::error::{Error, Result};
use crate::ids::{AttributeId, MediaId, OptionTypeId, ProductId, VariantId};
use crate::language::LocalText;
use crate::pictures;
use crate::prices::set_prices;
use crate::stock::{self as shelf, Actor, Cause, Count};
use crate::web::frame::Frame;

/// A product with everything that hangs on it.
pub struct Whole {
    pub sheet: Sheet,
    pub options: Vec<OptionTypeId>,
    pub attributes: Vec<(AttributeId, NewValue)>,
    pub pictures: Vec<MediaId>,
    pub variants: Vec<Piece>,
}

/// A variant of it.
pub struct Piece {
    /// `None` for one that it has never had.
    pub id: Option<VariantId>,
    pub variant: NewVariant,
    /// Length, width and height in millimetres.
    pub size: Option<[i64; 3]>,
    pub backorder_limit: i64,
    /// What lay there when somebody looked, and what is said to lie there.
    pub counted: Option<(i64, i64)>,
    /// What is told of it in the audit log: before and after. Nothing for one that stays as it is.
    pub told: (Map<String, Value>, Map<String, Value>),
}

/// Which parts of a product are not as they were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    pub sheet: bool,
    pub options: bool,
    pub attributes: bool,
    pub pictures: bool,
}

/// Puts a product into the shop.
///
/// # Errors
/// A duplicate (`Error::is_duplicate`) when its handle or one of its SKUs is taken.
pub fn make(conn: &mut Conn, (who, frame): (&Who, &Frame), whole: Whole) -> Result<ProductId> {
    let Whole { sheet, options, attributes, pictures, variants } = whole;
    let extras: Vec<_> = variants.iter().map(|piece| (piece.size, piece.backorder_limit)).collect();
    let mut new = NewProduct {
        slug: sheet.slug.clone(),
        status: sheet.status,
        publish_at: sheet.publish_at,
        category: sheet.category,
        brand: sheet.brand,
        popularity: 0,
        requires_shipping: sheet.requires_shipping,
        name: LocalText::default(),
        subtitle: LocalText::default(),
        description: LocalText::default(),
        tags: sheet.tags.iter().cloned().collect(),
        options,
        variants: variants.into_iter().map(|piece| piece.variant).collect(),
        media: pictures,
        attributes,
    };
    for (language, words) in &sheet.texts {
        new.name.set(*language, words.name.clone());
        new.subtitle.set(*language, words.subtitle.clone());
        new.description.set(*language, words.description.clone());
    }
    let id = writes::insert_product(conn, &new, who.at)?;
    add_rest(conn, id, &sheet)?;
    add_extras(conn, id, &extras)?;
    told(conn, (who, frame), (Action::ProductMade, id), None)?;
    Ok(id)
}

/// What a new product seldom has.
fn add_rest(conn: &mut Conn, id: ProductId, sheet: &Sheet) -> Result<()> {
    if sheet.tax_class != "standard" {
        writes::set_tax_class(conn, id, &sheet.tax_class)?;
    }
    if sheet.unpublish_at.is_some() {
        let until = product::unpublish_at.eq(sheet.unpublish_at);
        diesel::update(product::table.find(id)).set(until).execute(conn)?;
    }
    let mut texts = sheet.texts.values();
    match texts.any(|words| !words.seo_title.is_empty() || !words.seo_description.is_empty()) {
        true => put_texts(conn, id, &sheet.texts),
        false => Ok(()),
    }
}

fn add_extras(conn: &mut Conn, id: ProductId, extras: &[(Option<[i64; 3]>, i64)]) -> Result<()> {
    if extras.iter().all(|(size, backorder)| size.is_none() && *backorder == 0) {
        return Ok(());
    }
    let variants: Vec<VariantId> = variant::table
        .filter(variant::product_id.eq(id))
        .order(variant::position)
        .select(variant::id)
        .load(conn)?;
    for (variant, (size, backorder)) in variants.into_iter().zip(extras) {
        put_size(conn, variant, *size)?;
        if *backorder > 0 {
            shelf::backorder(conn, variant, *backorder)?;
        }
    }
    Ok(())
}

fn put_size(conn: &mut Conn, id: VariantId, size: Option<[i64; 3]>) -> Result<()> {
    let side = |at: usize| size.map(|sides| sides[at]);
    diesel::update(variant::table.find(id))
        .set((
            variant::length_mm.eq(side(0)),
            variant::width_mm.eq(side(1)),
            variant::height_mm.eq(side(2)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Changes parts of a product, and those of its variants of which something is told, unless somebody
/// has changed it since. What it says nothing of stays. `name` names the cause in the stock's ledger.
pub fn change(
    conn: &mut Conn,
    edit: &Edit<'_>,
    (whole, parts): (&Whole, Parts),
    name: &str,
) -> Result<Saved> {
    let saved = match parts.sheet {
        true => {
            let before = keep::find(conn, edit.id)?.ok_or(Error::NotFound)?.sheet;
            keep::save_as(conn, edit, &before, &whole.sheet)?
        }
        false if move_on(conn, edit)? => Saved::Done,
        false => Saved::Meanwhile,
    };
    if saved == Saved::Meanwhile {
        return Ok(saved);
    }
    put_parts(conn, edit, (whole, parts))?;
    put_variants(conn, edit, whole, name)?;
    writes::gather_option_values(conn, edit.id)?;
    writes::index(conn, edit.id)?;
    Ok(Saved::Done)
}

fn put_parts(conn: &mut Conn, edit: &Edit<'_>, (whole, parts): (&Whole, Parts)) -> Result<()> {
    if parts.options {
        let before = product_option::table.filter(product_option::product_id.eq(edit.id));
        diesel::delete(before).execute(conn)?;
        writes::insert_options(conn, edit.id, &whole.options)?;
    }
    if parts.attributes {
        let before = product_attribute::table.filter(product_attribute::product_id.eq(edit.id));
        diesel::delete(before).execute(conn)?;
        for (attribute, value) in &whole.attributes {
            writes::insert_value(conn, edit.id, *attribute, value)?;
        }
    }
    if parts.pictures {
        pictures::show_these(conn, edit.id, &whole.pictures, edit.who.at)?;
    }
    Ok(())
}

fn put_variants(conn: &mut Conn, edit: &Edit<'_>, whole: &Whole, name: &str) -> Result<()> {
    let is_told = |piece: &&Piece| !piece.told.1.is_empty();
    // No two are alike meanwhile.
    for id in whole.variants.iter().filter(is_told).filter_map(|piece| piece.id) {
        let aside = variant::option_key.eq(format!("out:{id}"));
        diesel::update(variant::table.find(id)).set(aside).execute(conn)?;
    }
    let last: Option<i64> = variant::table
        .filter(variant::product_id.eq(edit.id))
        .select(diesel::dsl::max(variant::position))
        .first(conn)?;
    let mut position = last.map_or(0, |last| last + 1);
    for piece in whole.variants.iter().filter(is_told) {
        match piece.id {
            Some(id) => put_variant(conn, edit, (id, piece), name)?,
            None => {
                let new = (position, &piece.variant);
                let id = writes::insert_variant(conn, edit.id, new, edit.who.at)?;
                put_size(conn, id, piece.size)?;
                shelf::backorder(conn, id, piece.backorder_limit)?;
                position += 1;
            }
        }
        tell(conn, edit, piece)?;
    }
    Ok(())
}

fn put_variant(
    conn: &mut Conn,
    edit: &Edit<'_>,
    (id, piece): (VariantId, &Piece),
    name: &str,
) -> Result<()> {
    let new = &piece.variant;
    diesel::update(variant::table.find(id))
        .set((
            variant::active.eq(true),
            variant::option_key.eq(option_key(&new.values)),
            variant::weight_grams.eq(new.weight_grams),
            variant::media_id.eq(new.media),
        ))
        .execute(conn)?;
    put_size(conn, id, piece.size)?;
    let before = variant_option::table.filter(variant_option::variant_id.eq(id));
    diesel::delete(before).execute(conn)?;
    writes::put_values(conn, id, &new.values)?;
    set_prices(conn, id, &new.prices, edit.who.at)?;
    shelf::open_if_new(conn, id, edit.who.at)?;
    shelf::backorder(conn, id, piece.backorder_limit)?;
    count(conn, edit, (id, piece), name)
}

fn count(
    conn: &mut Conn,
    edit: &Edit<'_>,
    (id, piece): (VariantId, &Piece),
    name: &str,
) -> Result<()> {
    let Some(counted) = piece.counted.filter(|(was, is)| was != is) else { return Ok(()) };
    let actor = Actor::of(edit.who);
    let cause = Cause { name: name.to_owned(), reason: name, actor: &actor, at: edit.who.at };
    match shelf::correct(conn, id, counted, &cause)? {
        Count::Moved { .. } => Err(Error::Busy),
        Count::Same | Count::Differs { .. } => Ok(()),
    }
}

fn tell(conn: &mut Conn, edit: &Edit<'_>, piece: &Piece) -> Result<()> {
    let (before, after) = piece.told.clone();
    let deed = Deed {
        action: Action::VariantChanged,
        entity: Entity::Variant(piece.variant.sku.clone()),
        before: before.into(),
        after: after.into(),
    };
    audit::write(conn, edit.who, &deed)
}

/// Takes variants out of a product, one of which stays; they keep their rows, their SKUs and their
/// ledgers.
pub fn take_out(conn: &mut Conn, edit: &Edit<'_>, skus: &[String]) -> Result<Saved> {
    if !move_on(conn, edit)? {
        return Ok(Saved::Meanwhile);
    }
    for sku in skus {
        let own = variant::table.filter(variant::product_id.eq(edit.id));
        let found = own.filter(variant::sku.eq(sku)).select(variant::id);
        let Some(id) = found.first::<VariantId>(conn).optional()? else { continue };
        let out = (variant::active.eq(false), variant::option_key.eq(format!("out:{id}")));
        diesel::update(variant::table.find(id)).set(out).execute(conn)?;
    }
    writes::gather_option_values(conn, edit.id)?;
    writes::index(conn, edit.id)?;
    let (action, entity) = (Action::ProductChanged, Entity::Product(edit.id));
    let after = json!({ "taken_out": skus });
    audit::write(conn, edit.who, &Deed { after, ..Deed::of(action, entity) })?;
    Ok(Saved::Done)
}
