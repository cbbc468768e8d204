//! All SQL that reads the catalogue.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use std::collections::BTreeMap;

use super::choice::Range;
use super::model::Pictured;
use super::price::{Offer, PriceRow, offers};
use crate::db::schema::{
    category_old_slug, media, media_text, option_value, price, product, product_attribute,
    product_media, product_old_slug, product_option, product_option_value, product_text,
    related_product, stock, variant, variant_option,
};
use crate::db::{Conn, any_of};
use crate::error::Result;
use crate::ids::{
    AttributeId, BrandId, CategoryId, ChoiceId, MediaId, OptionTypeId, OptionValueId, ProductId,
    VariantId,
};
use crate::prices::{Rule, applies, lowest_before};
use crate::search::visible;
use crate::stock::{Supply, available};
use crate::values::Slug;
use crate::web::{Picture, View};

/// How many variants a product can have.
pub const MOST_VARIANTS: i64 = 2_000;
/// How many pictures a page shows of a product.
const MOST_PICTURES: i64 = 40;

/// What a list shows of a product.
pub struct CardRow {
    pub slug: String,
    pub publish_at: NaiveDateTime,
    pub name: String,
    pub subtitle: String,
    pub picture: Option<Picture>,
}

/// The visitor's language and the shop's own, as the tables know them.
fn codes(view: &View) -> (&'static str, &'static str) {
    (view.language.code(), view.own_language().code())
}

type PictureRow = (String, String, i64, i64);

fn picture((name, widths, width, height): PictureRow) -> Picture {
    Picture::new(name, &widths, width, height)
}

pub fn card_rows(
    conn: &mut Conn,
    view: &View,
    products: &[ProductId],
) -> Result<BTreeMap<ProductId, CardRow>> {
    type Row = (ProductId, String, NaiveDateTime, String, String, String, Option<PictureRow>);
    let (language, own) = codes(view);
    let first_picture =
        product_media::product_id.eq(product::id).and(product_media::position.eq(0));
    let rows: Vec<Row> = product::table
        .inner_join(product_text::table)
        .left_join(product_media::table.on(first_picture))
        .left_join(media::table.on(media::id.nullable().eq(product_media::media_id.nullable())))
        .filter(any_of(product::id, products))
        .filter(product_text::locale.eq(language).or(product_text::locale.eq(own)))
        .select((
            product::id,
            product::slug,
            product::publish_at,
            product_text::locale,
            product_text::name,
            product_text::subtitle,
            (media::name, media::widths, media::width, media::height).nullable(),
        ))
        .load(conn)?;
    let mut cards = BTreeMap::new();
    for (id, slug, publish_at, locale, name, subtitle, of) in rows {
        if locale == language || !cards.contains_key(&id) {
            cards
                .insert(id, CardRow { slug, publish_at, name, subtitle, picture: of.map(picture) });
        }
    }
    Ok(cards)
}

/// What every variant of these products costs now, and how many there are.
pub fn offers_of(
    conn: &mut Conn,
    view: &View,
    products: &[ProductId],
) -> Result<BTreeMap<ProductId, Vec<Offer>>> {
    let currency = view.frame.settings.currency;
    let rows: Vec<PriceRow> = variant::table
        .inner_join(price::table)
        .left_join(stock::table)
        .filter(any_of(variant::product_id, products))
        .filter(variant::active.eq(true))
        .filter(price::min_quantity.eq(1))
        .filter(applies(currency, view.group.as_ref(), view.now))
        .order((variant::product_id, variant::position, variant::id))
        .select((
            variant::product_id,
            variant::id,
            (
                price::specificity,
                price::min_quantity,
                price::amount,
                price::compare_at,
                lowest_before(currency, view.now),
            ),
            (available(), stock::backorder_limit).nullable(),
        ))
        .load(conn)?;
    Ok(offers(&rows, currency))
}

/// The colours of these products.
pub fn swatches_of(
    conn: &mut Conn,
    products: &[ProductId],
) -> Result<BTreeMap<ProductId, Vec<OptionValueId>>> {
    let rows: Vec<(ProductId, OptionValueId)> = product_option_value::table
        .inner_join(option_value::table)
        .filter(any_of(product_option_value::product_id, products))
        .filter(option_value::swatch.is_not_null())
        .order((product_option_value::product_id, option_value::position))
        .select((product_option_value::product_id, option_value::id))
        .load(conn)?;
    let mut swatches: BTreeMap<ProductId, Vec<OptionValueId>> = BTreeMap::new();
    for (product, value) in rows {
        swatches.entry(product).or_default().push(value);
    }
    Ok(swatches)
}

/// A product as its page needs it, in one language.
#[derive(Debug, Clone)]
pub struct Product {
    pub id: ProductId,
    pub slug: String,
    pub is_archived: bool,
    pub category: Option<CategoryId>,
    pub brand: Option<BrandId>,
    pub name: String,
    pub subtitle: String,
    pub description: String,
    /// For search engines; empty for name and description.
    pub seo_title: String,
    pub seo_description: String,
}

type ProductRow = (
    (ProductId, String, String, Option<CategoryId>, Option<BrandId>),
    (String, String, String, String, String, String),
);
type ProductColumns = (
    (product::id, product::slug, product::status, product::category_id, product::brand_id),
    (
        product_text::locale,
        product_text::name,
        product_text::subtitle,
        product_text::description,
        product_text::seo_title,
        product_text::seo_description,
    ),
);
const PRODUCT: ProductColumns = (
    (product::id, product::slug, product::status, product::category_id, product::brand_id),
    (
        product_text::locale,
        product_text::name,
        product_text::subtitle,
        product_text::description,
        product_text::seo_title,
        product_text::seo_description,
    ),
);

/// The product at an address, if shoppers may see it or could once (archived).
pub fn find_product(conn: &mut Conn, view: &View, slug: &Slug) -> Result<Option<Product>> {
    let (language, own) = codes(view);
    let shown = visible(view.now).or(product::status.eq("archived").nullable());
    let rows = product::table
        .inner_join(product_text::table)
        .filter(product::slug.eq(slug))
        .filter(shown)
        .filter(product_text::locale.eq(language).or(product_text::locale.eq(own)))
        .select(PRODUCT)
        .load(conn)?;
    Ok(in_language(rows, language))
}

/// A product, whether shoppers may see it or not.
pub fn find_any_product(conn: &mut Conn, view: &View, id: ProductId) -> Result<Option<Product>> {
    let (language, own) = codes(view);
    let rows = product::table
        .inner_join(product_text::table)
        .filter(product::id.eq(id))
        .filter(product_text::locale.eq(language).or(product_text::locale.eq(own)))
        .select(PRODUCT)
        .load(conn)?;
    Ok(in_language(rows, language))
}

fn in_language(rows: Vec<ProductRow>, language: &str) -> Option<Product> {
    let translated = rows.iter().position(|row| row.1.0 == language).unwrap_or(0);
    let ((id, slug, status, category, brand), texts) = rows.into_iter().nth(translated)?;
    let (_, name, subtitle, description, seo_title, seo_description) = texts;
    Some(Product {
        id,
        slug,
        is_archived: status == "archived",
        category,
        brand,
        name,
        subtitle,
        description,
        seo_title,
        seo_description,
    })
}

/// Where a product that had this address is now.
pub fn find_moved_product(conn: &mut Conn, slug: &Slug) -> Result<Option<String>> {
    let moved = product_old_slug::table
        .inner_join(product::table)
        .filter(product_old_slug::slug.eq(slug))
        .select(product::slug);
    Ok(moved.first(conn).optional()?)
}

/// Where a category that had this address is now.
pub fn find_moved_category(conn: &mut Conn, slug: &Slug) -> Result<Option<CategoryId>> {
    let moved = category_old_slug::table.filter(category_old_slug::slug.eq(slug));
    Ok(moved.select(category_old_slug::category_id).first(conn).optional()?)
}

/// A variant without its price.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct VariantRow {
    pub id: VariantId,
    pub sku: String,
    pub media: Option<MediaId>,
    pub weight_grams: i64,
}

/// The variants of a product in their order, each with the prices that are valid now.
pub fn range(conn: &mut Conn, view: &View, of: ProductId) -> Result<Range> {
    type Row = (VariantRow, Option<Rule>, Option<Supply>);
    let currency = view.frame.settings.currency;
    let its_own =
        price::variant_id.eq(variant::id).and(applies(currency, view.group.as_ref(), view.now));
    let rows: Vec<Row> = variant::table
        .left_join(price::table.on(its_own))
        .left_join(stock::table)
        .filter(variant::product_id.eq(of))
        .filter(variant::active.eq(true))
        .order((variant::position, variant::id))
        .limit(MOST_VARIANTS)
        .select((
            (variant::id, variant::sku, variant::media_id, variant::weight_grams),
            (
                price::specificity,
                price::min_quantity,
                price::amount,
                price::compare_at,
                lowest_before(currency, view.now),
            )
                .nullable(),
            (available(), stock::backorder_limit).nullable(),
        ))
        .load(conn)?;
    let mut variants: Vec<VariantRow> = Vec::new();
    let mut prices = Vec::new();
    for (row, rule, supply) in rows {
        prices.extend(rule.map(|rule| PriceRow { product: of, variant: row.id, rule, supply }));
        if variants.last().is_none_or(|last| last.id != row.id) {
            variants.push(row);
        }
    }
    let offers = offers(&prices, currency).remove(&of).unwrap_or_default();
    Ok(Range::new(variants, values(conn, of)?, offers))
}

/// Which option values each variant has, the product's first option first.
fn values(
    conn: &mut Conn,
    product: ProductId,
) -> Result<Vec<(VariantId, OptionTypeId, OptionValueId)>> {
    Ok(product_option::table
        .inner_join(variant::table.on(variant::product_id.eq(product_option::product_id)))
        .inner_join(
            variant_option::table.on(variant_option::variant_id
                .eq(variant::id)
                .and(variant_option::option_type_id.eq(product_option::option_type_id))),
        )
        .filter(product_option::product_id.eq(product))
        .filter(variant::active.eq(true))
        .order(product_option::position)
        .select((
            variant_option::variant_id,
            variant_option::option_type_id,
            variant_option::option_value_id,
        ))
        .load(conn)?)
}

/// The active variants of a product in their order, each with its picture.
pub fn pictured(conn: &mut Conn, of: ProductId) -> Result<Vec<Pictured>> {
    let rows: Vec<(VariantId, String, Option<MediaId>)> = variant::table
        .filter(variant::product_id.eq(of))
        .filter(variant::active.eq(true))
        .order((variant::position, variant::id))
        .limit(MOST_VARIANTS)
        .select((variant::id, variant::sku, variant::media_id))
        .load(conn)?;
    let mut chosen: BTreeMap<VariantId, Vec<OptionValueId>> = BTreeMap::new();
    for (id, _, value) in values(conn, of)? {
        chosen.entry(id).or_default().push(value);
    }
    let pictured = rows.into_iter().map(|(id, sku, media)| {
        let values = chosen.remove(&id).unwrap_or_default();
        Pictured { id, sku, media, values }
    });
    Ok(pictured.collect())
}

/// The product's pictures in their order, each with what it shows.
pub fn pictures(
    conn: &mut Conn,
    view: &View,
    product: ProductId,
) -> Result<Vec<(MediaId, Picture)>> {
    type Row = (MediaId, PictureRow, Option<(String, String)>);
    let (language, own) = codes(view);
    let words = media_text::media_id
        .eq(media::id)
        .and(media_text::locale.eq(language).or(media_text::locale.eq(own)));
    let rows: Vec<Row> = product_media::table
        .inner_join(media::table)
        .left_join(media_text::table.on(words))
        .filter(product_media::product_id.eq(product))
        .order(product_media::position)
        .limit(MOST_PICTURES * 2)
        .select((
            media::id,
            (media::name, media::widths, media::width, media::height),
            (media_text::locale, media_text::alt).nullable(),
        ))
        .load(conn)?;
    let mut pictures: Vec<(MediaId, Picture)> = Vec::new();
    for (id, row, words) in rows {
        let (locale, alt) = words.unwrap_or_default();
        match pictures.iter_mut().find(|(known, _)| *known == id) {
            Some((_, known)) if locale == language => known.alt = alt,
            Some(_) => {}
            None => pictures.push((id, picture(row).with_alt(alt))),
        }
    }
    Ok(pictures)
}

/// A value of an attribute as it is stored: one of them is there.
#[derive(Debug, Queryable)]
pub struct AttributeRow {
    pub attribute: AttributeId,
    pub locale: Option<String>,
    pub choice: Option<ChoiceId>,
    pub text: Option<String>,
    pub number: Option<i64>,
    pub yes: Option<bool>,
    pub date: Option<NaiveDate>,
}

pub fn attributes(conn: &mut Conn, product: ProductId) -> Result<Vec<AttributeRow>> {
    Ok(product_attribute::table
        .filter(product_attribute::product_id.eq(product))
        .order(product_attribute::id)
        .limit(200)
        .select((
            product_attribute::attribute_id,
            product_attribute::locale,
            product_attribute::choice_id,
            product_attribute::text_value,
            product_attribute::number_value,
            product_attribute::bool_value,
            product_attribute::date_value,
        ))
        .load(conn)?)
}

/// What goes well with a product, best first; only what can be seen.
pub fn related(conn: &mut Conn, view: &View, of: ProductId, limit: i64) -> Result<Vec<ProductId>> {
    Ok(product::table
        .inner_join(related_product::table.on(related_product::related_id.eq(product::id)))
        .filter(related_product::product_id.eq(of))
        .filter(visible(view.now))
        .order(related_product::position)
        .limit(limit)
        .select(product::id)
        .load(conn)?)
}

/// Which of these can be seen now.
pub fn visible_of(conn: &mut Conn, view: &View, products: &[ProductId]) -> Result<Vec<ProductId>> {
    let shown = product::table.filter(any_of(product::id, products)).filter(visible(view.now));
    Ok(shown.select(product::id).load(conn)?)
}

/// What is bought most, anywhere or in a category and below.
pub fn popular(
    conn: &mut Conn,
    view: &View,
    category: Option<CategoryId>,
    limit: i64,
) -> Result<Vec<ProductId>> {
    use crate::db::schema::product_category as member;
    let order = (product::popularity.desc(), product::id.desc());
    let shown = product::table.filter(visible(view.now)).order(order).limit(limit);
    Ok(match category {
        None => shown.select(product::id).load(conn)?,
        Some(id) => shown
            .filter(product::id.eq_any(
                member::table.filter(member::category_id.eq(id)).select(member::product_id),
            ))
            .select(product::id)
            .load(conn)?,
    })
}

/// What came last.
pub fn newest(conn: &mut Conn, view: &View, limit: i64) -> Result<Vec<ProductId>> {
    Ok(product::table
        .filter(visible(view.now))
        .order((product::publish_at.desc(), product::id.desc()))
        .limit(limit)
        .select(product::id)
        .load(conn)?)
}

/// The product that has a variant with exactly this SKU, typed in whatever case.
pub fn find_sku(conn: &mut Conn, view: &View, typed: &str) -> Result<Option<String>> {
    let sku = typed.to_uppercase();
    let products = product::table.inner_join(variant::table).filter(variant::sku.eq(sku));
    let shown = products.filter(variant::active.eq(true)).filter(visible(view.now));
    Ok(shown.select(product::slug).first(conn).optional()?)
}
