//! Another product like one that there is.

use diesel::prelude::*;

use super::handle::{free_handle, free_sku};
use super::keep::{find, put_texts, told};
use super::model::{NewProduct, NewValue, NewVariant, Status};
use super::queries::{AttributeRow, attributes};
use super::{options, related, writes};
use crate::audit::{Action, Who};
use crate::db::Conn;
use crate::db::schema::{product_media, variant, variant_option};
use crate::error::{Error, Result};
use crate::ids::{AttributeId, MediaId, ProductId, VariantId};
use crate::language::{Language, LocalText};
use crate::prices::find_prices;
use crate::web::frame::Frame;

/// Copies a product as a draft, with its texts, pictures, options, variants, prices and what goes well
/// with it; the copy has SKUs of its own, and nothing of it is there yet.
pub fn duplicate(
    conn: &mut Conn,
    (who, frame): (&Who, &Frame),
    id: ProductId,
) -> Result<ProductId> {
    let sheet = find(conn, id)?.ok_or(Error::NotFound)?.sheet;
    let new = NewProduct {
        slug: free_handle(conn, sheet.name(frame.own_language()))?,
        status: Status::Draft,
        publish_at: who.at,
        category: sheet.category,
        brand: sheet.brand,
        popularity: 0,
        requires_shipping: sheet.requires_shipping,
        name: LocalText::default(),
        subtitle: LocalText::default(),
        description: LocalText::default(),
        tags: sheet.tags.iter().cloned().collect(),
        options: options::of(conn, id)?,
        variants: variants(conn, id)?,
        media: media(conn, id)?,
        attributes: attributes(conn, id)?.into_iter().filter_map(value).collect(),
    };
    let copy = writes::insert_product(conn, &new, who.at)?;
    writes::set_tax_class(conn, copy, &sheet.tax_class)?;
    put_texts(conn, copy, &sheet.texts)?;
    let related = related::list(conn, id)?;
    writes::relate(conn, copy, &related)?;
    writes::index(conn, copy)?;
    told(conn, (who, frame), (Action::ProductMade, copy), None)?;
    Ok(copy)
}

fn media(conn: &mut Conn, id: ProductId) -> Result<Vec<MediaId>> {
    let media = product_media::table.filter(product_media::product_id.eq(id));
    Ok(media.order(product_media::position).select(product_media::media_id).load(conn)?)
}

fn variants(conn: &mut Conn, id: ProductId) -> Result<Vec<NewVariant>> {
    let rows: Vec<(VariantId, String, i64, Option<MediaId>)> = variant::table
        .filter(variant::product_id.eq(id))
        .filter(variant::active.eq(true))
        .order((variant::position, variant::id))
        .select((variant::id, variant::sku, variant::weight_grams, variant::media_id))
        .load(conn)?;
    let skus: Vec<&str> = rows.iter().map(|(_, sku, ..)| sku.as_str()).collect();
    let mut prices = find_prices(conn, &skus)?;
    let mut copies = Vec::new();
    for (variant, sku, weight_grams, media) in &rows {
        let at = prices.iter().position(|known| known.sku == *sku);
        copies.push(NewVariant {
            sku: free_sku(conn, &format!("{sku}-COPY"))?,
            values: variant_option::table
                .filter(variant_option::variant_id.eq(variant))
                .order(variant_option::option_type_id)
                .select((variant_option::option_type_id, variant_option::option_value_id))
                .load(conn)?,
            prices: at.map(|at| prices.swap_remove(at).prices).unwrap_or_default(),
            weight_grams: *weight_grams,
            on_hand: 0,
            media: *media,
        });
    }
    Ok(copies)
}

/// A value as it is written anew.
fn value(row: AttributeRow) -> Option<(AttributeId, NewValue)> {
    let value = match row {
        AttributeRow { choice: Some(choice), .. } => NewValue::Choice(choice),
        AttributeRow { number: Some(number), .. } => NewValue::Number(number),
        AttributeRow { yes: Some(yes), .. } => NewValue::Bool(yes),
        AttributeRow { date: Some(date), .. } => NewValue::Date(date),
        AttributeRow { text, locale, .. } => {
            let language = locale.as_deref().and_then(Language::parse);
            NewValue::Text(language, text?)
        }
    };
    Some((row.attribute, value))
}
