//! All SQL of the room, but for the door that saves rules (`save.rs`).

use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::model::{CustomerKey, MOST_AUTOMATIC, PromotionCode, Rule};
use super::rows::Row;
use crate::db::schema::{
    category, product, product_category, promotion, promotion_code, promotion_target,
    promotion_text, redemption, variant,
};
use crate::db::{Conn, any_of};
use crate::error::{Error, Result};
use crate::ids::{CategoryId, ProductId, PromotionId};
use crate::language::{Language, LocalText};
use crate::money::Currency;
use crate::pricing::{self, Text};

/// How many categories a line of a pricing request may have (docs/pricing.md, Numbers).
const MOST_CATEGORIES: usize = 100;

/// A promotion as it stands in the database, ready to be priced.
#[derive(Debug, Clone)]
pub struct Running {
    pub id: PromotionId,
    /// Without its codes.
    pub rule: Rule,
    /// As the pricing core takes it, still opened by nothing.
    pub priced: pricing::Promotion,
    /// The categories of its target: a line must say whether it lies in one of them.
    pub categories: Vec<CategoryId>,
}

/// What the names in `promotion_target` stand for.
#[derive(Clone, Default)]
struct Targets {
    target: pricing::Target,
    categories: Vec<CategoryId>,
}

/// The automatic promotions that are active and not over at `now`; none is left out, as
/// [`super::save_rules`] refuses more than fit.
pub fn load_automatic(
    conn: &mut Conn,
    currency: Currency,
    now: NaiveDateTime,
) -> Result<Vec<Arc<Running>>> {
    let rows = promotion::table
        .filter(promotion::automatic.eq(true))
        .filter(promotion::status.eq("active"))
        .filter(promotion::ends_at.is_null().or(promotion::ends_at.gt(now)))
        .filter(promotion::currency.eq(currency.code()))
        .order((promotion::priority, promotion::slug))
        .limit(i64::try_from(MOST_AUTOMATIC).unwrap_or(i64::MAX))
        .select(Row::as_select())
        .load(conn)?;
    Ok(complete(conn, rows)?.into_iter().map(Arc::new).collect())
}

/// Adds names and targets to rows of `promotion`, in their order.
pub(super) fn complete(conn: &mut Conn, rows: Vec<Row>) -> Result<Vec<Running>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<PromotionId> = rows.iter().map(|row| row.id).collect();
    let names = load_names(conn, &ids)?;
    let targets = load_targets(conn, &ids)?;
    let running = rows.into_iter().map(|Row { id, columns }| {
        // Two codes may open one promotion: then its row is here twice.
        let Targets { target, categories } = targets.get(&id).cloned().unwrap_or_default();
        let name = names.get(&id).cloned().unwrap_or_default();
        let rule = Rule { name, target, ..columns.rule()? };
        let priced = rule.priced(None).ok_or_else(|| Error::internal("an unpriceable rule"))?;
        Ok(Running { id, rule, priced, categories })
    });
    running.collect()
}

fn load_names(conn: &mut Conn, ids: &[PromotionId]) -> Result<BTreeMap<PromotionId, LocalText>> {
    let rows: Vec<(PromotionId, String, String)> =
        promotion_text::table.filter(any_of(promotion_text::promotion_id, ids)).load(conn)?;
    let mut names: BTreeMap<PromotionId, LocalText> = BTreeMap::new();
    for (id, locale, name) in rows {
        if let Some(language) = Language::parse(&locale) {
            names.entry(id).or_default().set(language, name);
        }
    }
    Ok(names)
}

fn load_targets(conn: &mut Conn, ids: &[PromotionId]) -> Result<BTreeMap<PromotionId, Targets>> {
    type Named = (PromotionId, Option<(CategoryId, String)>, Option<String>, Option<String>);
    let rows: Vec<Named> = promotion_target::table
        .left_join(category::table)
        .left_join(product::table)
        .left_join(variant::table)
        .filter(any_of(promotion_target::promotion_id, ids))
        .order(promotion_target::id)
        .select((
            promotion_target::promotion_id,
            (category::id, category::slug).nullable(),
            product::slug.nullable(),
            variant::sku.nullable(),
        ))
        .load(conn)?;
    let mut targets: BTreeMap<PromotionId, Targets> = BTreeMap::new();
    for (id, in_category, product, sku) in rows {
        let Targets { target, categories } = targets.entry(id).or_default();
        if let Some((category, slug)) = in_category {
            categories.push(category);
            target.categories.push(text(slug)?);
        }
        target.products.extend(product.map(text).transpose()?);
        target.skus.extend(sku.map(text).transpose()?);
    }
    for Targets { target, .. } in targets.values_mut() {
        super::model::sort(target);
    }
    Ok(targets)
}

/// The codes of each promotion, in the order of the alphabet.
pub(super) fn load_codes(
    conn: &mut Conn,
    ids: &[PromotionId],
) -> Result<BTreeMap<PromotionId, Vec<PromotionCode>>> {
    let rows: Vec<(PromotionId, String)> = promotion_code::table
        .filter(any_of(promotion_code::promotion_id, ids))
        .select((promotion_code::promotion_id, promotion_code::code))
        .load(conn)?;
    let mut codes: BTreeMap<PromotionId, Vec<PromotionCode>> = BTreeMap::new();
    for (id, code) in rows {
        codes.entry(id).or_default().extend(PromotionCode::parse(&code));
    }
    codes.values_mut().for_each(|codes| codes.sort());
    Ok(codes)
}

fn text(name: String) -> Result<Text> {
    Text::try_from(name).map_err(|error| Error::internal(format!("a stored name: {error}")))
}

/// The promotions that these codes open, by code; stopped and closed ones too.
pub(super) fn find_by_codes(
    conn: &mut Conn,
    codes: &[PromotionCode],
    currency: Currency,
) -> Result<BTreeMap<String, Arc<Running>>> {
    if codes.is_empty() {
        return Ok(BTreeMap::new());
    }
    let found: Vec<(String, Row)> = promotion_code::table
        .inner_join(promotion::table)
        .filter(promotion_code::code.eq_any(codes.iter().map(PromotionCode::as_str)))
        .filter(promotion::currency.eq(currency.code()))
        .filter(promotion::automatic.eq(false))
        .order(promotion_code::code)
        .select((promotion_code::code, Row::as_select()))
        .load(conn)?;
    let (codes, rows): (Vec<String>, Vec<Row>) = found.into_iter().unzip();
    let running = complete(conn, rows)?;
    Ok(codes.into_iter().zip(running.into_iter().map(Arc::new)).collect())
}

/// How often these have been used in all.
pub(super) fn uses(conn: &mut Conn, ids: &[PromotionId]) -> Result<BTreeMap<PromotionId, i64>> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<(PromotionId, i64)> = promotion::table
        .filter(any_of(promotion::id, ids))
        .select((promotion::id, promotion::used))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// How often a customer has used these.
pub(super) fn uses_by(
    conn: &mut Conn,
    ids: &[PromotionId],
    customer: &CustomerKey,
) -> Result<BTreeMap<PromotionId, i64>> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<(PromotionId, i64)> = redemption::table
        .filter(redemption::customer_key.eq(customer.as_str()))
        .filter(any_of(redemption::promotion_id, ids))
        .group_by(redemption::promotion_id)
        .select((redemption::promotion_id, diesel::dsl::count_star()))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Which of these categories the products lie in, directly or somewhere below them.
pub(super) fn categories_of(
    conn: &mut Conn,
    products: &[ProductId],
    looked_at: &[CategoryId],
) -> Result<BTreeMap<ProductId, Vec<Text>>> {
    if products.is_empty() || looked_at.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<(ProductId, String)> = product_category::table
        .inner_join(category::table)
        .filter(any_of(product_category::product_id, products))
        .filter(any_of(product_category::category_id, looked_at))
        .order((product_category::product_id, category::slug))
        .select((product_category::product_id, category::slug))
        .load(conn)?;
    let mut categories: BTreeMap<ProductId, Vec<Text>> = BTreeMap::new();
    for (product, slug) in rows {
        let of_product = categories.entry(product).or_default();
        if of_product.len() < MOST_CATEGORIES {
            of_product.push(text(slug)?);
        }
    }
    Ok(categories)
}
