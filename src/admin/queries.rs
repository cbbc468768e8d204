//! What waits to be done, and what somebody looks for, over all rooms.

use diesel::prelude::*;
use std::collections::BTreeMap;

use crate::db::schema::{
    job, orders, product, product_category, product_text, search_term, stock, variant,
};
use crate::db::{Conn, any_of, within};
use crate::error::Result;
use crate::ids::{CategoryId, ProductId, VariantId};
use crate::language::Language;
use crate::orders::Waits;
use crate::orders::lists::{self, Wanted};
use crate::pricing::{Target, Text};
use crate::search;
use crate::stock::available;

/// Whatever waits is counted up to here.
pub(super) const MOST: i64 = 1_000;
/// So many words of what was typed are looked for.
const MOST_WORDS: usize = 5;

/// How many orders wait for each thing.
pub(super) fn waiting(conn: &mut Conn) -> Result<Vec<(Waits, i64)>> {
    let count = |waits| {
        let wanted = Wanted { waits: Some(waits), ..Wanted::default() };
        Ok((waits, lists::count(conn, &wanted, MOST)?))
    };
    Waits::ALL.into_iter().map(count).collect()
}

pub(super) fn failed_jobs(conn: &mut Conn) -> Result<i64> {
    let failed = job::table.filter(job::failed_at.is_not_null()).limit(MOST);
    let ids: Vec<i64> = failed.select(job::id).load(conn)?;
    Ok(i64::try_from(ids.len()).unwrap_or(MOST))
}

/// A product that fits what somebody typed.
pub(super) struct FoundProduct {
    pub id: ProductId,
    pub slug: String,
    /// In the reader's language; empty where it has none.
    pub name: String,
    /// The first few of its SKUs.
    pub skus: String,
}

/// So many SKUs of a product are named.
const FEW_SKUS: usize = 3;

/// Products whose words, in any language, and SKUs begin with all that was typed, the newest first.
pub(super) fn products(
    conn: &mut Conn,
    typed: &str,
    language: Language,
    most: i64,
) -> Result<Vec<FoundProduct>> {
    let words = search::words(typed);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let mut fitting = product::table.into_boxed();
    for word in words.into_iter().take(MOST_WORDS) {
        let end = format!("{word}\u{10ffff}");
        let begins = search_term::table.filter(search_term::term.ge(word));
        let begins = begins.filter(search_term::term.lt(end)).select(search_term::product_id);
        fitting = fitting.filter(within(product::id, begins));
    }
    let found: Vec<(ProductId, String)> = fitting
        .order(product::id.desc())
        .limit(most)
        .select((product::id, product::slug))
        .load(conn)?;
    with_names(conn, found, language)
}

fn with_names(
    conn: &mut Conn,
    found: Vec<(ProductId, String)>,
    language: Language,
) -> Result<Vec<FoundProduct>> {
    let ids: Vec<ProductId> = found.iter().map(|(id, _)| *id).collect();
    let names: Vec<(ProductId, String)> = product_text::table
        .filter(any_of(product_text::product_id, &ids))
        .filter(product_text::locale.eq(language.code()))
        .select((product_text::product_id, product_text::name))
        .load(conn)?;
    let skus: Vec<(ProductId, String)> = variant::table
        .filter(any_of(variant::product_id, &ids))
        .order((variant::position, variant::id))
        .select((variant::product_id, variant::sku))
        .load(conn)?;
    let of = |rows: &[(ProductId, String)], id: ProductId, most: usize| {
        let own = rows.iter().filter(|(of, _)| *of == id).take(most);
        own.map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(", ")
    };
    let product = |(id, slug)| FoundProduct {
        name: of(&names, id, 1),
        skus: of(&skus, id, FEW_SKUS),
        id,
        slug,
    };
    Ok(found.into_iter().map(product).collect())
}

/// What a product is called, in the first of these languages that has a name; `None` when there is no
/// such product.
pub(super) fn product_name(
    conn: &mut Conn,
    id: ProductId,
    languages: [&str; 2],
) -> Result<Option<String>> {
    let texts = product_text::table.filter(product_text::product_id.eq(id));
    let names: Vec<(String, String)> =
        texts.select((product_text::locale, product_text::name)).load(conn)?;
    let own = languages.iter().find_map(|it| names.iter().find(|(locale, _)| locale == it));
    Ok(own.or(names.first()).map(|(_, name)| name.clone()))
}

/// The variants with these SKUs.
pub(super) fn variants(conn: &mut Conn, skus: &[&str]) -> Result<BTreeMap<String, VariantId>> {
    let known = variant::table.filter(variant::sku.eq_any(skus));
    let rows: Vec<(String, VariantId)> = known.select((variant::sku, variant::id)).load(conn)?;
    Ok(rows.into_iter().collect())
}

/// So many goods stand for all that a discount looks at.
const FEW_GOODS: i64 = 2;

/// SKUs of a few goods that a discount looks at and that can be bought: of those that it names most
/// closely.
pub(super) fn goods_of(
    conn: &mut Conn,
    target: &Target,
    categories: &[CategoryId],
) -> Result<Vec<String>> {
    let texts = |names: &[Text]| -> Vec<String> {
        names.iter().map(|name| name.as_str().to_owned()).collect()
    };
    let mut goods = stock::table
        .inner_join(variant::table.inner_join(product::table))
        .filter(available().gt(0))
        .filter(variant::active.eq(true))
        .filter(product::status.eq("active"))
        .into_boxed();
    if !target.skus.is_empty() {
        goods = goods.filter(variant::sku.eq_any(texts(&target.skus)));
    } else if !target.products.is_empty() {
        goods = goods.filter(product::slug.eq_any(texts(&target.products)));
    } else if !categories.is_empty() {
        let within = product_category::table
            .filter(product_category::category_id.eq_any(categories.to_vec()))
            .select(product_category::product_id);
        goods = goods.filter(product::id.eq_any(within));
    }
    // By product first: SQLite then goes through them in order and ends soon, where by variant it sorts all there are.
    let first = goods.order((product::id, variant::id)).limit(FEW_GOODS);
    Ok(first.select(variant::sku).load(conn)?)
}

/// The request by which an order was priced.
pub(super) fn priced_as(conn: &mut Conn, number: &str) -> Result<Option<String>> {
    let known = orders::table.filter(orders::number.eq(number));
    Ok(known.select(orders::quote_request).first(conn).optional()?)
}
