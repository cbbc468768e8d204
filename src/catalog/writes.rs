//! All SQL that changes the catalogue.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::{NewAttribute, NewCategory, NewProduct, NewValue, NewVariant, Status};
use crate::db::schema::{
    attribute, attribute_choice, attribute_choice_text, attribute_text, brand, category,
    category_text, option_type, option_type_text, option_value, option_value_text, product,
    product_attribute, product_category, product_old_slug, product_option, product_option_value,
    product_tag, product_text, related_product, variant, variant_option,
};
use crate::db::{Conn, any_of};
use crate::error::Result;
use crate::ids::{
    AttributeId, BrandId, CategoryId, ChoiceId, MediaId, OptionTypeId, OptionValueId, ProductId,
    VariantId,
};
use crate::language::{Language, LocalText};
use crate::pictures;
use crate::prices;
use crate::search;
use crate::stock::{self, Actor, Cause};
use crate::values::Slug;

/// One row for each language of a name.
macro_rules! insert_names {
    ($conn:expr, $table:ident, $owner:ident = $id:expr, $column:ident = $name:expr) => {
        for (language, name) in $name.iter() {
            diesel::insert_into($table::table)
                .values((
                    $table::$owner.eq($id),
                    $table::locale.eq(language.code()),
                    $table::$column.eq(name),
                ))
                .execute($conn)?;
        }
    };
}

pub fn insert_category(conn: &mut Conn, new: &NewCategory<'_>) -> Result<CategoryId> {
    let id: CategoryId = diesel::insert_into(category::table)
        .values((
            category::slug.eq(new.slug),
            category::parent_id.eq(new.parent),
            category::position.eq(new.position),
            category::media_id.eq(new.media),
        ))
        .returning(category::id)
        .get_result(conn)?;
    for (language, name) in new.name.iter() {
        diesel::insert_into(category_text::table)
            .values((
                category_text::category_id.eq(id),
                category_text::locale.eq(language.code()),
                category_text::name.eq(name),
                category_text::description.eq(new.description.get(language, language)),
            ))
            .execute(conn)?;
    }
    Ok(id)
}

pub fn insert_brand(conn: &mut Conn, slug: &Slug, name: &str) -> Result<BrandId> {
    Ok(diesel::insert_into(brand::table)
        .values((brand::slug.eq(slug), brand::name.eq(name)))
        .returning(brand::id)
        .get_result(conn)?)
}

pub fn insert_option_type(
    conn: &mut Conn,
    code: &str,
    position: i64,
    name: &LocalText,
) -> Result<OptionTypeId> {
    let id: OptionTypeId = diesel::insert_into(option_type::table)
        .values((option_type::code.eq(code), option_type::position.eq(position)))
        .returning(option_type::id)
        .get_result(conn)?;
    insert_names!(conn, option_type_text, option_type_id = id, name = name);
    Ok(id)
}

pub fn insert_option_value(
    conn: &mut Conn,
    owner: OptionTypeId,
    (code, position): (&str, i64),
    swatch: Option<&str>,
    name: &LocalText,
) -> Result<OptionValueId> {
    let id: OptionValueId = diesel::insert_into(option_value::table)
        .values((
            option_value::option_type_id.eq(owner),
            option_value::code.eq(code),
            option_value::position.eq(position),
            option_value::swatch.eq(swatch),
        ))
        .returning(option_value::id)
        .get_result(conn)?;
    insert_names!(conn, option_value_text, option_value_id = id, name = name);
    Ok(id)
}

pub fn insert_attribute(conn: &mut Conn, new: &NewAttribute<'_>) -> Result<AttributeId> {
    let id: AttributeId = diesel::insert_into(attribute::table)
        .values((
            attribute::code.eq(new.code),
            attribute::kind.eq(new.kind.code()),
            attribute::filterable.eq(new.filterable),
            attribute::unit.eq(new.unit),
            attribute::position.eq(new.position),
        ))
        .returning(attribute::id)
        .get_result(conn)?;
    insert_names!(conn, attribute_text, attribute_id = id, name = new.name);
    Ok(id)
}

pub fn insert_choice(
    conn: &mut Conn,
    owner: AttributeId,
    (code, position): (&str, i64),
    name: &LocalText,
) -> Result<ChoiceId> {
    let id: ChoiceId = diesel::insert_into(attribute_choice::table)
        .values((
            attribute_choice::attribute_id.eq(owner),
            attribute_choice::code.eq(code),
            attribute_choice::position.eq(position),
        ))
        .returning(attribute_choice::id)
        .get_result(conn)?;
    insert_names!(conn, attribute_choice_text, attribute_choice_id = id, name = name);
    Ok(id)
}

/// Puts a product into the shop, with its words into the search. Its prices are known since `now`.
pub fn insert_product(conn: &mut Conn, new: &NewProduct, now: NaiveDateTime) -> Result<ProductId> {
    let id: ProductId = diesel::insert_into(product::table)
        .values((
            product::slug.eq(&new.slug),
            product::status.eq(new.status.code()),
            product::publish_at.eq(new.publish_at),
            product::category_id.eq(new.category),
            product::brand_id.eq(new.brand),
            product::tax_class.eq("standard"),
            product::requires_shipping.eq(new.requires_shipping),
            product::popularity.eq(new.popularity),
            product::updated_at.eq(now),
        ))
        .returning(product::id)
        .get_result(conn)?;
    insert_texts(conn, id, new)?;
    insert_members(conn, id, new)?;
    put_in_categories(conn, id, new.category)?;
    for (position, variant) in (0..).zip(&new.variants) {
        insert_variant(conn, id, (position, variant), now)?;
    }
    gather_option_values(conn, id)?;
    for (attribute, value) in &new.attributes {
        insert_value(conn, id, *attribute, value)?;
    }
    index(conn, id)?;
    Ok(id)
}

fn insert_texts(conn: &mut Conn, id: ProductId, new: &NewProduct) -> Result<()> {
    for (language, name) in new.name.iter() {
        diesel::insert_into(product_text::table)
            .values((
                product_text::product_id.eq(id),
                product_text::locale.eq(language.code()),
                product_text::name.eq(name),
                product_text::sort_name.eq(search::fold(name)),
                product_text::subtitle.eq(new.subtitle.get(language, language)),
                product_text::description.eq(new.description.get(language, language)),
            ))
            .execute(conn)?;
    }
    Ok(())
}

fn insert_members(conn: &mut Conn, id: ProductId, new: &NewProduct) -> Result<()> {
    insert_options(conn, id, &new.options)?;
    for (place, media) in new.media.iter().enumerate() {
        pictures::show_by(conn, id, *media, place)?;
    }
    insert_tags(conn, id, new.tags.iter())
}

pub(super) fn insert_options(
    conn: &mut Conn,
    id: ProductId,
    options: &[OptionTypeId],
) -> Result<()> {
    for (position, option) in (0_i64..).zip(options) {
        diesel::insert_into(product_option::table)
            .values((
                product_option::product_id.eq(id),
                product_option::option_type_id.eq(option),
                product_option::position.eq(position),
            ))
            .execute(conn)?;
    }
    Ok(())
}

pub(super) fn insert_tags<'a>(
    conn: &mut Conn,
    id: ProductId,
    tags: impl Iterator<Item = &'a String>,
) -> Result<()> {
    for tag in tags {
        diesel::insert_into(product_tag::table)
            .values((product_tag::product_id.eq(id), product_tag::tag.eq(tag)))
            .execute(conn)?;
    }
    Ok(())
}

/// A product stands in its category and in every one above.
pub(super) fn put_in_categories(
    conn: &mut Conn,
    id: ProductId,
    own: Option<CategoryId>,
) -> Result<()> {
    let mut next = own;
    while let Some(category) = next {
        diesel::insert_into(product_category::table)
            .values((
                product_category::product_id.eq(id),
                product_category::category_id.eq(category),
                product_category::direct.eq(next == own),
            ))
            .execute(conn)?;
        next = category::table.find(category).select(category::parent_id).first(conn)?;
    }
    Ok(())
}

/// Lets a picture stand for these variants of a product, and for no other one.
pub fn picture_variants(
    conn: &mut Conn,
    (product, picture): (ProductId, MediaId),
    variants: &[VariantId],
) -> Result<()> {
    let of_product = variant::table.filter(variant::product_id.eq(product));
    diesel::update(of_product.filter(variant::media_id.eq(picture)))
        .set(variant::media_id.eq(None::<MediaId>))
        .execute(conn)?;
    diesel::update(of_product.filter(any_of(variant::id, variants)))
        .set(variant::media_id.eq(picture))
        .execute(conn)?;
    Ok(())
}

pub(super) fn insert_variant(
    conn: &mut Conn,
    product: ProductId,
    (position, new): (i64, &NewVariant),
    now: NaiveDateTime,
) -> Result<VariantId> {
    let id: VariantId = diesel::insert_into(variant::table)
        .values((
            variant::product_id.eq(product),
            variant::sku.eq(&new.sku),
            variant::option_key.eq(option_key(&new.values)),
            variant::position.eq(position),
            variant::active.eq(true),
            variant::weight_grams.eq(new.weight_grams),
            variant::media_id.eq(new.media),
        ))
        .returning(variant::id)
        .get_result(conn)?;
    put_values(conn, id, &new.values)?;
    prices::set_first_prices(conn, id, &new.prices, now)?;
    let (name, actor) = (format!("opening:{id}"), Actor::shop());
    stock::open(conn, id, new.on_hand, &Cause { name, reason: "", actor: &actor, at: now })?;
    Ok(id)
}

/// How a variant spells the values that it has.
pub(super) fn option_key(values: &[(OptionTypeId, OptionValueId)]) -> String {
    let key: Vec<String> = values.iter().map(|(o, v)| format!("{o}:{v}")).collect();
    key.join(";")
}

pub(super) fn put_values(
    conn: &mut Conn,
    id: VariantId,
    values: &[(OptionTypeId, OptionValueId)],
) -> Result<()> {
    for (option, value) in values {
        diesel::insert_into(variant_option::table)
            .values((
                variant_option::variant_id.eq(id),
                variant_option::option_type_id.eq(option),
                variant_option::option_value_id.eq(value),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Derives which values a product's active variants have; after every change to them.
pub(super) fn gather_option_values(conn: &mut Conn, id: ProductId) -> Result<()> {
    let known = product_option_value::table.filter(product_option_value::product_id.eq(id));
    diesel::delete(known).execute(conn)?;
    let values: Vec<OptionValueId> = variant_option::table
        .inner_join(variant::table)
        .filter(variant::product_id.eq(id))
        .filter(variant::active.eq(true))
        .select(variant_option::option_value_id)
        .distinct()
        .load(conn)?;
    for value in values {
        diesel::insert_into(product_option_value::table)
            .values((
                product_option_value::product_id.eq(id),
                product_option_value::option_value_id.eq(value),
            ))
            .execute(conn)?;
    }
    Ok(())
}

pub(super) fn insert_value(
    conn: &mut Conn,
    product: ProductId,
    attribute: AttributeId,
    value: &NewValue,
) -> Result<()> {
    let (mut choice, mut locale, mut text, mut number, mut yes, mut day) = Default::default();
    match value {
        NewValue::Choice(id) => choice = Some(*id),
        NewValue::Text(language, words) => {
            locale = language.map(Language::code);
            text = Some(words);
        }
        NewValue::Number(whole) => number = Some(*whole),
        NewValue::Bool(is_so) => yes = Some(*is_so),
        NewValue::Date(date) => day = Some(*date),
    }
    diesel::insert_into(product_attribute::table)
        .values((
            product_attribute::product_id.eq(product),
            product_attribute::attribute_id.eq(attribute),
            product_attribute::choice_id.eq(choice),
            product_attribute::locale.eq(locale),
            product_attribute::text_value.eq(text),
            product_attribute::number_value.eq(number),
            product_attribute::bool_value.eq(yes),
            product_attribute::date_value.eq(day),
        ))
        .execute(conn)?;
    Ok(())
}

/// What goes well with a product, best first.
pub fn relate(conn: &mut Conn, product: ProductId, related: &[ProductId]) -> Result<()> {
    for (position, other) in (0_i64..).zip(related) {
        diesel::insert_into(related_product::table)
            .values((
                related_product::product_id.eq(product),
                related_product::related_id.eq(other),
                related_product::position.eq(position),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Gives a product another address; the old one leads there from now on, in one hop.
pub fn rename(conn: &mut Conn, id: ProductId, slug: &Slug) -> Result<()> {
    let old: String = product::table.find(id).select(product::slug).first(conn)?;
    diesel::delete(product_old_slug::table.find(slug.as_str())).execute(conn)?;
    diesel::delete(product_old_slug::table.find(&old)).execute(conn)?;
    diesel::insert_into(product_old_slug::table)
        .values((product_old_slug::slug.eq(&old), product_old_slug::product_id.eq(id)))
        .execute(conn)?;
    diesel::update(product::table.find(id)).set(product::slug.eq(slug)).execute(conn)?;
    Ok(())
}

/// Says how a product is taxed.
pub fn set_tax_class(conn: &mut Conn, id: ProductId, class: &str) -> Result<()> {
    diesel::update(product::table.find(id)).set(product::tax_class.eq(class)).execute(conn)?;
    Ok(())
}

/// Shows a product, hides it, or takes it out of the shop for good.
pub fn set_status(conn: &mut Conn, id: ProductId, status: Status) -> Result<()> {
    diesel::update(product::table.find(id)).set(product::status.eq(status.code())).execute(conn)?;
    Ok(())
}

/// How much a word counts, by where it stands.
const IN_NAME: i64 = 8;
const IN_CODE: i64 = 6;
const IN_GROUP: i64 = 3;
const IN_TEXT: i64 = 1;

/// Gathers the words that find a product.
pub(super) fn index(conn: &mut Conn, id: ProductId) -> Result<()> {
    let mut words: Vec<(i64, String)> = Vec::new();
    let texts: Vec<(String, String, String)> = product_text::table
        .filter(product_text::product_id.eq(id))
        .select((product_text::name, product_text::subtitle, product_text::description))
        .load(conn)?;
    for (name, subtitle, description) in texts {
        words.extend([(IN_NAME, name), (IN_GROUP, subtitle), (IN_TEXT, description)]);
    }
    let skus: Vec<String> =
        variant::table.filter(variant::product_id.eq(id)).select(variant::sku).load(conn)?;
    // Typed as a whole it is found as a whole: `SLS-AG01` is also one word.
    words.extend(skus.iter().map(|sku| (IN_CODE, sku.replace(['-', '_', '.'], ""))));
    words.extend(skus.into_iter().map(|sku| (IN_CODE, sku)));
    let tags: Vec<String> = product_tag::table
        .filter(product_tag::product_id.eq(id))
        .select(product_tag::tag)
        .load(conn)?;
    words.extend(tags.into_iter().map(|tag| (IN_GROUP, tag)));
    words.extend(group_names(conn, id)?.into_iter().map(|name| (IN_GROUP, name)));
    search::index_product(conn, id, &words)
}

/// Names of the categories, the brand, the option values and the choices of a product.
fn group_names(conn: &mut Conn, id: ProductId) -> Result<Vec<String>> {
    let mut names: Vec<String> = category_text::table
        .inner_join(category::table)
        .inner_join(
            product_category::table
                .on(product_category::category_id.eq(category_text::category_id)),
        )
        .filter(product_category::product_id.eq(id))
        .select(category_text::name)
        .load(conn)?;
    let brands = product::table.inner_join(brand::table).filter(product::id.eq(id));
    names.extend(brands.select(brand::name).load::<String>(conn)?);
    let values = variant_option::table
        .inner_join(variant::table)
        .inner_join(
            option_value_text::table
                .on(option_value_text::option_value_id.eq(variant_option::option_value_id)),
        )
        .filter(variant::product_id.eq(id))
        .select(option_value_text::name)
        .distinct();
    names.extend(values.load::<String>(conn)?);
    let choices = product_attribute::table
        .inner_join(attribute_choice_text::table.on(
            attribute_choice_text::attribute_choice_id.nullable().eq(product_attribute::choice_id),
        ))
        .filter(product_attribute::product_id.eq(id))
        .select(attribute_choice_text::name);
    names.extend(choices.load::<String>(conn)?);
    Ok(names)
}
