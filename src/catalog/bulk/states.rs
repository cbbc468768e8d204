//! How products stand, for many of them in a number of queries that does not grow with them.

use diesel::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

use super::plan::{State, Variant};
use crate::catalog::model::Status;
use crate::db::schema::{price, product, product_tag, stock, variant};
use crate::db::{Conn, any_of};
use crate::error::Result;
use crate::ids::{BrandId, CategoryId, ProductId, VariantId};
use crate::money::Currency;

/// Those of these products that there are, with their prices in this currency.
pub fn states(
    conn: &mut Conn,
    ids: &[ProductId],
    currency: Currency,
) -> Result<BTreeMap<ProductId, State>> {
    type Row = (ProductId, i64, String, Option<CategoryId>, Option<BrandId>);
    let rows: Vec<Row> = product::table
        .filter(any_of(product::id, ids))
        .select((
            product::id,
            product::version,
            product::status,
            product::category_id,
            product::brand_id,
        ))
        .load(conn)?;
    let (mut tags, mut variants) = (tags(conn, ids)?, variants(conn, ids, currency)?);
    let states = rows.into_iter().filter_map(|(id, version, status, category, brand)| {
        let state = State {
            version,
            status: Status::parse(&status)?,
            category,
            brand,
            tags: tags.remove(&id).unwrap_or_default(),
            variants: variants.remove(&id).unwrap_or_default(),
            currency,
        };
        Some((id, state))
    });
    Ok(states.collect())
}

fn tags(conn: &mut Conn, ids: &[ProductId]) -> Result<BTreeMap<ProductId, BTreeSet<String>>> {
    let rows: Vec<(ProductId, String)> = product_tag::table
        .filter(any_of(product_tag::product_id, ids))
        .select((product_tag::product_id, product_tag::tag))
        .load(conn)?;
    let mut tags: BTreeMap<ProductId, BTreeSet<String>> = BTreeMap::new();
    for (id, tag) in rows {
        tags.entry(id).or_default().insert(tag);
    }
    Ok(tags)
}

fn variants(
    conn: &mut Conn,
    ids: &[ProductId],
    currency: Currency,
) -> Result<BTreeMap<ProductId, Vec<Variant>>> {
    let rows: Vec<(ProductId, VariantId, String, Option<i64>)> = variant::table
        .left_join(stock::table)
        .filter(any_of(variant::product_id, ids))
        .filter(variant::active.eq(true))
        .order((variant::product_id, variant::position, variant::id))
        .select((variant::product_id, variant::id, variant::sku, stock::on_hand.nullable()))
        .load(conn)?;
    let known: Vec<VariantId> = rows.iter().map(|(_, id, ..)| *id).collect();
    let prices = prices(conn, &known, currency)?;
    let mut variants: BTreeMap<ProductId, Vec<Variant>> = BTreeMap::new();
    for (product, id, sku, on_hand) in rows {
        let (price, on_hand) = (prices.get(&id).copied(), on_hand.unwrap_or_default());
        variants.entry(product).or_default().push(Variant { id, sku, price, on_hand });
    }
    Ok(variants)
}

type Prices = BTreeMap<VariantId, (i64, Option<i64>)>;

/// What one of each costs everybody at all times, and the price before.
fn prices(conn: &mut Conn, ids: &[VariantId], currency: Currency) -> Result<Prices> {
    let rows: Vec<(VariantId, i64, Option<i64>)> = price::table
        .filter(any_of(price::variant_id, ids))
        .filter(price::currency.eq(currency.code().to_owned()))
        .filter(price::min_quantity.eq(1))
        .filter(price::specificity.eq(0))
        // Of several the lowest counts: it comes last.
        .order(price::amount.desc())
        .select((price::variant_id, price::amount, price::compare_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, amount, before)| (id, (amount, before))).collect())
}
