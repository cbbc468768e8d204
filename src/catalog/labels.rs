//! What variants are called.

use diesel::prelude::*;
use std::collections::BTreeMap;

use super::choice::Chosen;
use super::queries::card_rows;
use crate::db::schema::{product, variant, variant_option};
use crate::db::{Conn, any_of};
use crate::error::Result;
use crate::ids::{OptionTypeId, OptionValueId, ProductId, VariantId};
use crate::web::{Picture, View};

/// A variant as a list names it.
#[derive(Debug, Clone)]
pub struct Label {
    pub product: ProductId,
    pub sku: String,
    /// Of the product; its handle where it has no name in the reader's language nor in the shop's.
    pub name: String,
    pub values: Chosen,
    pub picture: Option<Picture>,
}

/// What these variants are called: a number of queries that does not grow with them.
pub fn labels(
    conn: &mut Conn,
    view: &View,
    variants: &[VariantId],
) -> Result<BTreeMap<VariantId, Label>> {
    let rows: Vec<(VariantId, ProductId, String, String)> = variant::table
        .inner_join(product::table)
        .filter(any_of(variant::id, variants))
        .select((variant::id, variant::product_id, variant::sku, product::slug))
        .load(conn)?;
    let mut products: Vec<ProductId> = rows.iter().map(|(_, product, ..)| *product).collect();
    products.sort_unstable();
    products.dedup();
    let cards = card_rows(conn, view, &products)?;
    let mut values = values(conn, variants)?;
    let label = |(id, product, sku, slug)| {
        let card = cards.get(&product);
        let label = Label {
            product,
            sku,
            name: card.map_or(slug, |card| card.name.clone()),
            values: values.remove(&id).unwrap_or_default(),
            picture: card.and_then(|card| card.picture.clone()),
        };
        (id, label)
    };
    Ok(rows.into_iter().map(label).collect())
}

fn values(conn: &mut Conn, variants: &[VariantId]) -> Result<BTreeMap<VariantId, Chosen>> {
    let rows: Vec<(VariantId, OptionTypeId, OptionValueId)> = variant_option::table
        .filter(any_of(variant_option::variant_id, variants))
        .select((
            variant_option::variant_id,
            variant_option::option_type_id,
            variant_option::option_value_id,
        ))
        .load(conn)?;
    let mut values: BTreeMap<VariantId, Chosen> = BTreeMap::new();
    for (variant, option, value) in rows {
        values.entry(variant).or_default().insert(option, value);
    }
    Ok(values)
}
