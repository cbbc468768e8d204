//! Goods as the shop has them, in the cells of our own table. A constant number of queries for
//! however many products.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use std::collections::BTreeMap;

use super::cells::{Ground, instant};
use super::columns::{Cells, Column, Words as Text};
use super::model::{Good, Piece};
use super::prices::{price_cell, prices_cell};
use super::words::Words;
use crate::catalog::grid::plain;
use crate::db::schema::{
    media, product, product_attribute, product_media, product_option, product_tag, product_text,
    stock, variant, variant_option,
};
use crate::db::{Conn, any_of};
use crate::error::Result;
use crate::ids::{
    AttributeId, BrandId, CategoryId, ChoiceId, OptionTypeId, OptionValueId, ProductId, VariantId,
};
use crate::language::Language;
use crate::prices::{NewPrice, find_prices};

/// These products, in this order.
pub(super) fn load(conn: &mut Conn, ground: &Ground, ids: &[ProductId]) -> Result<Vec<Good>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut goods = products(conn, ground, ids)?;
    texts(conn, ground, ids, &mut goods)?;
    tags(conn, ids, &mut goods)?;
    pictures(conn, ids, &mut goods)?;
    attributes(conn, &ground.words, ids, &mut goods)?;
    let options = options(conn, ground, ids, &mut goods)?;
    variants(conn, (ground, &options), ids, &mut goods)?;
    Ok(ids.iter().filter_map(|id| goods.remove(id)).collect())
}

type Goods = BTreeMap<ProductId, Good>;

fn products(conn: &mut Conn, ground: &Ground, ids: &[ProductId]) -> Result<Goods> {
    type Row = (
        (ProductId, i64, String, String),
        (NaiveDateTime, Option<NaiveDateTime>),
        (Option<CategoryId>, Option<BrandId>, String, bool),
    );
    let rows: Vec<Row> = product::table
        .filter(any_of(product::id, ids))
        .select((
            (product::id, product::version, product::slug, product::status),
            (product::publish_at, product::unpublish_at),
            (
                product::category_id,
                product::brand_id,
                product::tax_class,
                product::requires_shipping,
            ),
        ))
        .load(conn)?;
    let good = |((id, version, slug, status), (from, until), (category, brand, tax, sent)): Row| {
        let words = &ground.words;
        let mut cells = Cells::from([
            (Column::Handle, slug),
            (Column::Status, status),
            (Column::PublishAt, instant(from)),
            (Column::UnpublishAt, until.map(instant).unwrap_or_default()),
            (Column::Category, category.map(|id| words.category(id)).unwrap_or_default()),
            (Column::Brand, brand.map(|id| words.brand(id)).unwrap_or_default()),
            (Column::TaxClass, tax),
            (Column::RequiresShipping, if sent { "yes" } else { "no" }.to_owned()),
        ]);
        for language in ground.others() {
            let path = category.map(|id| words.category_in(id, language));
            cells.insert(Column::CategoryIn(language), path.unwrap_or_default());
        }
        (id, Good { id, version, cells, variants: Vec::new() })
    };
    Ok(rows.into_iter().map(good).collect())
}

fn texts(conn: &mut Conn, ground: &Ground, ids: &[ProductId], goods: &mut Goods) -> Result<()> {
    type Row = (ProductId, String, (String, String, String, String, String));
    let rows: Vec<Row> = product_text::table
        .filter(any_of(product_text::product_id, ids))
        .select((
            product_text::product_id,
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
    for (id, locale, (name, subtitle, description, seo_title, seo_description)) in rows {
        let language = Language::parse(&locale).filter(|it| ground.languages.contains(it));
        let (Some(language), Some(good)) = (language, goods.get_mut(&id)) else { continue };
        let texts = [name, subtitle, description, seo_title, seo_description];
        let texts = Text::ALL.into_iter().zip(texts);
        good.cells.extend(
            texts.map(|(words, text)| (Column::Text(words, language), text.trim().to_owned())),
        );
    }
    Ok(())
}

fn tags(conn: &mut Conn, ids: &[ProductId], goods: &mut Goods) -> Result<()> {
    let rows: Vec<(ProductId, String)> = product_tag::table
        .filter(any_of(product_tag::product_id, ids))
        .order((product_tag::product_id, product_tag::tag))
        .select((product_tag::product_id, product_tag::tag))
        .load(conn)?;
    for (id, mut tags) in gathered(rows) {
        // The order of both databases.
        tags.sort();
        add(goods, id, Column::Tags, tags.join(", "));
    }
    Ok(())
}

fn pictures(conn: &mut Conn, ids: &[ProductId], goods: &mut Goods) -> Result<()> {
    let rows: Vec<(ProductId, String)> = product_media::table
        .inner_join(media::table)
        .filter(any_of(product_media::product_id, ids))
        .order((product_media::product_id, product_media::position, product_media::media_id))
        .select((product_media::product_id, media::name))
        .load(conn)?;
    for (id, names) in gathered(rows) {
        add(goods, id, Column::Pictures, names.join(" "));
    }
    Ok(())
}

fn attributes(conn: &mut Conn, words: &Words, ids: &[ProductId], goods: &mut Goods) -> Result<()> {
    type Row = (
        (ProductId, AttributeId, Option<String>, Option<ChoiceId>),
        (Option<String>, Option<i64>, Option<bool>, Option<NaiveDate>),
    );
    let rows: Vec<Row> = product_attribute::table
        .filter(any_of(product_attribute::product_id, ids))
        .order(product_attribute::id)
        .select((
            (
                product_attribute::product_id,
                product_attribute::attribute_id,
                product_attribute::locale,
                product_attribute::choice_id,
            ),
            (
                product_attribute::text_value,
                product_attribute::number_value,
                product_attribute::bool_value,
                product_attribute::date_value,
            ),
        ))
        .load(conn)?;
    let mut choices: BTreeMap<(ProductId, Column), Vec<String>> = BTreeMap::new();
    for ((id, attribute, locale, choice), (text, number, yes, date)) in rows {
        let language = locale.as_deref().and_then(Language::parse);
        let Some(feature) = words.feature(attribute, language) else { continue };
        let column = Column::Attribute(feature);
        if let Some(choice) = choice {
            choices.entry((id, column)).or_default().push(words.choice(choice));
            continue;
        }
        let number = number.map(|number| number.to_string());
        let yes = yes.map(|yes| if yes { "yes" } else { "no" }.to_owned());
        let said = text.or(number).or(yes).or(date.map(|date| date.to_string()));
        add(goods, id, column, said.unwrap_or_default().trim().to_owned());
    }
    for ((id, column), cells) in choices {
        add(goods, id, column, words.choices(cells));
    }
    Ok(())
}

/// The options of each product, in their order.
type Options = BTreeMap<ProductId, Vec<OptionTypeId>>;

fn options(
    conn: &mut Conn,
    ground: &Ground,
    ids: &[ProductId],
    goods: &mut Goods,
) -> Result<Options> {
    let rows: Vec<(ProductId, OptionTypeId)> = product_option::table
        .filter(any_of(product_option::product_id, ids))
        .order((product_option::product_id, product_option::position))
        .select((product_option::product_id, product_option::option_type_id))
        .load(conn)?;
    let options = gathered(rows);
    for (id, options) in &options {
        for (n, option) in (1..).zip(options) {
            add(goods, *id, Column::Option(n), ground.words.option(*option));
            for language in ground.others() {
                let name = ground.words.option_in(*option, language);
                add(goods, *id, Column::OptionIn(n, language), name);
            }
        }
    }
    Ok(options)
}

fn variants(
    conn: &mut Conn,
    (ground, options): (&Ground, &Options),
    ids: &[ProductId],
    goods: &mut Goods,
) -> Result<()> {
    type Row = (
        (VariantId, ProductId, String, bool, i64),
        (Option<i64>, Option<i64>, Option<i64>),
        Option<String>,
        Option<(i64, i64)>,
    );
    let rows: Vec<Row> = variant::table
        .left_join(media::table)
        .left_join(stock::table)
        .filter(any_of(variant::product_id, ids))
        .order((variant::active.desc(), variant::position, variant::id))
        .select((
            (
                variant::id,
                variant::product_id,
                variant::sku,
                variant::active,
                variant::weight_grams,
            ),
            (variant::length_mm, variant::width_mm, variant::height_mm),
            media::name.nullable(),
            (stock::on_hand, stock::backorder_limit).nullable(),
        ))
        .load(conn)?;
    let mut values = values(conn, ids)?;
    let skus: Vec<&str> = rows.iter().map(|((_, _, sku, ..), ..)| sku.as_str()).collect();
    let prices = find_prices(conn, &skus)?.into_iter().map(|known| (known.sku, known.prices));
    let mut prices: BTreeMap<String, Vec<NewPrice>> = prices.collect();
    for ((id, product, sku, is_sold, weight), (length, width, height), picture, level) in rows {
        let (on_hand, backorder) = level.unwrap_or_default();
        let size = length.zip(width).zip(height);
        let size = size.map(|((length, width), height)| format!("{length}x{width}x{height}"));
        let mut cells = Cells::from([
            (Column::Weight, weight.to_string()),
            (Column::Size, size.unwrap_or_default()),
            (Column::Picture, picture.unwrap_or_default()),
            (Column::Stock, on_hand.to_string()),
            (Column::Backorder, backorder.to_string()),
        ]);
        cells.extend(price_cells(ground, prices.remove(&sku).unwrap_or_default()));
        cells.insert(Column::Sku, sku);
        let none = Vec::new();
        let own = options.get(&product).unwrap_or(&none);
        let values = values.remove(&id).unwrap_or_default();
        cells.extend(value_cells(ground, own, &values));
        if let Some(good) = goods.get_mut(&product) {
            good.variants.push(Piece { id, is_sold, cells });
        }
    }
    Ok(())
}

fn values(
    conn: &mut Conn,
    ids: &[ProductId],
) -> Result<BTreeMap<VariantId, BTreeMap<OptionTypeId, OptionValueId>>> {
    let rows: Vec<(VariantId, OptionTypeId, OptionValueId)> = variant_option::table
        .inner_join(variant::table)
        .filter(any_of(variant::product_id, ids))
        .select((
            variant_option::variant_id,
            variant_option::option_type_id,
            variant_option::option_value_id,
        ))
        .load(conn)?;
    let mut values: BTreeMap<VariantId, BTreeMap<_, _>> = BTreeMap::new();
    for (variant, option, value) in rows {
        values.entry(variant).or_default().insert(option, value);
    }
    Ok(values)
}

fn value_cells(
    ground: &Ground,
    options: &[OptionTypeId],
    values: &BTreeMap<OptionTypeId, OptionValueId>,
) -> Cells {
    let mut cells = Cells::new();
    for (n, option) in (1..).zip(options) {
        let Some(value) = values.get(option) else { continue };
        cells.insert(Column::Value(n), ground.words.value(*value));
        cells.insert(Column::Swatch(n), ground.words.swatch(*value));
        for language in ground.others() {
            cells.insert(Column::ValueIn(n, language), ground.words.value_in(*value, language));
        }
    }
    cells
}

fn price_cells(ground: &Ground, mut prices: Vec<NewPrice>) -> Cells {
    let own = plain(&prices, ground.currency).cloned();
    prices.retain(|price| Some(price) != own.as_ref());
    let was = own.as_ref().and_then(|own| own.compare_at);
    Cells::from([
        (Column::Price, own.map(|own| price_cell(own.amount)).unwrap_or_default()),
        (Column::CompareAt, was.map(price_cell).unwrap_or_default()),
        (Column::MorePrices, prices_cell(&prices)),
    ])
}

fn add(goods: &mut Goods, id: ProductId, column: Column, text: String) {
    if let Some(good) = goods.get_mut(&id) {
        good.cells.insert(column, text);
    }
}

fn gathered<Id: Ord, T>(rows: Vec<(Id, T)>) -> BTreeMap<Id, Vec<T>> {
    let mut gathered: BTreeMap<Id, Vec<T>> = BTreeMap::new();
    for (id, own) in rows {
        gathered.entry(id).or_default().push(own);
    }
    gathered
}
