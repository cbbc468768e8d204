//! All SQL of the room: its own table, and what it reads of the catalogue's. Each question is asked
//! once for all lines.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

use super::goods::{Goods, Item};
use super::model::{Cart, CartLine};
use crate::db::schema::{
    customer_cart, media, order_line, orders, price, product, product_media, product_option,
    product_text, stock, variant, variant_option,
};
use crate::db::{Conn, any_of};
use crate::error::Result;
use crate::ids::{
    CartId, CustomerId, OptionTypeId, OptionValueId, OrderToken, ProductId, VariantId,
};
use crate::language::{Language, LocalText};
use crate::prices::{Prices, Rule, applies, lowest_before};
use crate::search::visible;
use crate::stock::{Supply, available};
use crate::values::Slug;
use crate::web::session::StoredCart;
use crate::web::{Picture, View};

type PictureRow = (String, String, i64, i64);

#[derive(Queryable)]
struct Row {
    id: VariantId,
    product_id: ProductId,
    sku: String,
    active: bool,
    weight_grams: i64,
    length_mm: Option<i64>,
    width_mm: Option<i64>,
    height_mm: Option<i64>,
    slug: String,
    tax_class: String,
    requires_shipping: bool,
    supply: Option<Supply>,
    picture: Option<PictureRow>,
}

/// The order that came of a cart, if one has.
pub fn find_order_of(conn: &mut Conn, cart: &CartId) -> Result<Option<OrderToken>> {
    let token: Option<String> = orders::table
        .filter(orders::cart_id.eq(cart.as_str()))
        .select(orders::token)
        .first(conn)
        .optional()?;
    Ok(token.as_deref().and_then(OrderToken::parse))
}

/// A line of an order, as it was ordered.
#[derive(Queryable)]
pub(super) struct Ordered {
    /// `None` for what does not exist any more.
    pub variant: Option<VariantId>,
    pub name: String,
    pub options: String,
    pub quantity: i64,
}

/// What was ordered; `None` where nobody was given this address.
pub(super) fn find_ordered(conn: &mut Conn, token: &OrderToken) -> Result<Option<Vec<Ordered>>> {
    let lines: Vec<Ordered> = order_line::table
        .inner_join(orders::table)
        .filter(orders::token.eq(token.as_str()))
        .order(order_line::position)
        .select((
            order_line::variant_id,
            order_line::name,
            order_line::options,
            order_line::quantity,
        ))
        .load(conn)?;
    Ok((!lines.is_empty()).then_some(lines))
}

/// The lines of a cart with what they ask for, in the order of the cart.
pub fn items(conn: &mut Conn, lines: &[CartLine], view: &View) -> Result<Vec<Item>> {
    if lines.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<VariantId> = lines.iter().map(|line| line.variant).collect();
    let mut known: BTreeMap<VariantId, Goods> =
        goods(conn, &ids, view)?.into_iter().map(|goods| (goods.variant, goods)).collect();
    let items = lines.iter().map(|line| Item { line: *line, goods: known.remove(&line.variant) });
    Ok(items.collect())
}

/// What is known of these variants now. One that does not exist is left out.
pub(super) fn goods(conn: &mut Conn, ids: &[VariantId], view: &View) -> Result<Vec<Goods>> {
    let rows = rows(conn, ids)?;
    let products: Vec<ProductId> = rows.iter().map(|row| row.product_id).collect();
    let visible = visible_products(conn, &products, view)?;
    let mut names = names(conn, &products)?;
    let pictures = first_pictures(conn, &products)?;
    let mut prices = prices(conn, ids, view)?;
    let mut options = chosen_options(conn, ids, view)?;
    let goods = rows.into_iter().map(|row| Goods {
        prices: prices
            .remove(&row.id)
            .filter(|_| row.active && visible.contains(&row.product_id))
            .unwrap_or_else(|| Prices::none(view.frame.settings.currency)),
        name: names.get_mut(&row.product_id).cloned().unwrap_or_default(),
        options: options.remove(&row.id).unwrap_or_default(),
        picture: row.picture.or_else(|| pictures.get(&row.product_id).cloned()).map(picture),
        size_mm: size(row.length_mm, row.width_mm, row.height_mm),
        variant: row.id,
        product: row.product_id,
        sku: row.sku,
        slug: row.slug,
        supply: row.supply.unwrap_or_default(),
        weight_grams: row.weight_grams,
        tax_class: row.tax_class,
        requires_shipping: row.requires_shipping,
    });
    Ok(goods.collect())
}

fn picture((name, widths, width, height): PictureRow) -> Picture {
    Picture::new(name, &widths, width, height)
}

fn size(length: Option<i64>, width: Option<i64>, height: Option<i64>) -> Option<[i64; 3]> {
    Some([length?, width?, height?])
}

fn rows(conn: &mut Conn, ids: &[VariantId]) -> Result<Vec<Row>> {
    Ok(variant::table
        .inner_join(product::table)
        .left_join(stock::table)
        .left_join(media::table)
        .filter(any_of(variant::id, ids))
        .order(variant::id)
        .select((
            variant::id,
            variant::product_id,
            variant::sku,
            variant::active,
            variant::weight_grams,
            variant::length_mm,
            variant::width_mm,
            variant::height_mm,
            product::slug,
            product::tax_class,
            product::requires_shipping,
            (available(), stock::backorder_limit).nullable(),
            (media::name, media::widths, media::width, media::height).nullable(),
        ))
        .load(conn)?)
}

fn visible_products(
    conn: &mut Conn,
    ids: &[ProductId],
    view: &View,
) -> Result<BTreeSet<ProductId>> {
    let shown: Vec<ProductId> = product::table
        .filter(any_of(product::id, ids))
        .filter(visible(view.now))
        .select(product::id)
        .load(conn)?;
    Ok(shown.into_iter().collect())
}

fn names(conn: &mut Conn, ids: &[ProductId]) -> Result<BTreeMap<ProductId, LocalText>> {
    let rows: Vec<(ProductId, String, String)> = product_text::table
        .filter(any_of(product_text::product_id, ids))
        .select((product_text::product_id, product_text::locale, product_text::name))
        .load(conn)?;
    let mut names: BTreeMap<ProductId, LocalText> = BTreeMap::new();
    for (id, locale, name) in rows {
        if let Some(language) = Language::parse(&locale) {
            names.entry(id).or_default().set(language, name);
        }
    }
    Ok(names)
}

fn first_pictures(conn: &mut Conn, ids: &[ProductId]) -> Result<BTreeMap<ProductId, PictureRow>> {
    let rows: Vec<(ProductId, PictureRow)> = product_media::table
        .inner_join(media::table)
        .filter(any_of(product_media::product_id, ids))
        .order((product_media::position.desc(), product_media::media_id.desc()))
        .select((
            product_media::product_id,
            (media::name, media::widths, media::width, media::height),
        ))
        .load(conn)?;
    // Of several the one in the first place is the last to be written here.
    Ok(rows.into_iter().collect())
}

/// What each variant costs, for every quantity.
fn prices(conn: &mut Conn, ids: &[VariantId], view: &View) -> Result<BTreeMap<VariantId, Prices>> {
    let currency = view.frame.settings.currency;
    let rules: Vec<(VariantId, Rule)> = price::table
        .inner_join(variant::table)
        .filter(any_of(price::variant_id, ids))
        .filter(applies(currency, view.group.as_ref(), view.now))
        .select((
            price::variant_id,
            (
                price::specificity,
                price::min_quantity,
                price::amount,
                price::compare_at,
                lowest_before(currency, view.now),
            ),
        ))
        .load(conn)?;
    let mut prices: BTreeMap<VariantId, Prices> = BTreeMap::new();
    for (id, rule) in rules {
        prices.entry(id).or_insert_with(|| Prices::none(currency)).add(rule);
    }
    Ok(prices)
}

/// "Clay, 350 ml": the names of the chosen values in the product's order of its options.
fn chosen_options(
    conn: &mut Conn,
    ids: &[VariantId],
    view: &View,
) -> Result<BTreeMap<VariantId, String>> {
    let rows: Vec<(VariantId, OptionValueId)> = variant_option::table
        .inner_join(variant::table)
        .inner_join(
            product_option::table.on(product_option::product_id
                .eq(variant::product_id)
                .and(product_option::option_type_id.eq(variant_option::option_type_id))),
        )
        .filter(any_of(variant_option::variant_id, ids))
        .order((product_option::position, product_option::option_type_id))
        .select((variant_option::variant_id, variant_option::option_value_id))
        .load(conn)?;
    let mut options: BTreeMap<VariantId, String> = BTreeMap::new();
    for (id, value) in rows {
        let Some(value) = view.frame.vocabulary.option_values.get(&value) else { continue };
        let text = options.entry(id).or_default();
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(view.local(&value.name));
    }
    Ok(options)
}

/// The variants of one product that can be chosen, and by which options.
pub struct Shelf {
    pub options: Vec<OptionTypeId>,
    pub variants: Vec<OnShelf>,
}

/// A variant with its chosen values.
pub struct OnShelf {
    pub id: VariantId,
    pub sku: String,
    pub supply: Supply,
    /// None when nobody has priced it: it cannot be bought.
    pub prices: Prices,
    pub values: BTreeMap<OptionTypeId, OptionValueId>,
}

/// What a product's page lets one choose from; `None` where the shop has no such product.
pub fn find_shelf(conn: &mut Conn, slug: &Slug, view: &View) -> Result<Option<Shelf>> {
    let found: Option<ProductId> = product::table
        .filter(product::slug.eq(slug.as_str()))
        .filter(visible(view.now))
        .select(product::id)
        .first(conn)
        .optional()?;
    let Some(id) = found else { return Ok(None) };
    let options = product_option::table
        .filter(product_option::product_id.eq(id))
        .order((product_option::position, product_option::option_type_id))
        .select(product_option::option_type_id)
        .load(conn)?;
    Ok(Some(Shelf { options, variants: on_shelf(conn, id, view)? }))
}

fn on_shelf(conn: &mut Conn, product: ProductId, view: &View) -> Result<Vec<OnShelf>> {
    let rows: Vec<(VariantId, String, Option<Supply>)> = variant::table
        .left_join(stock::table)
        .filter(variant::product_id.eq(product))
        .filter(variant::active.eq(true))
        .order((variant::position, variant::id))
        .select((variant::id, variant::sku, (available(), stock::backorder_limit).nullable()))
        .load(conn)?;
    let ids: Vec<VariantId> = rows.iter().map(|row| row.0).collect();
    let mut prices = prices(conn, &ids, view)?;
    let chosen: Vec<(VariantId, OptionTypeId, OptionValueId)> =
        variant_option::table.filter(any_of(variant_option::variant_id, &ids)).load(conn)?;
    let variants = rows.into_iter().map(|(id, sku, supply)| OnShelf {
        id,
        sku,
        supply: supply.unwrap_or_default(),
        prices: prices.remove(&id).unwrap_or_else(|| Prices::none(view.frame.settings.currency)),
        values: chosen.iter().filter(|row| row.0 == id).map(|row| (row.1, row.2)).collect(),
    });
    Ok(variants.collect())
}

/// The cart that an account keeps.
pub(super) fn find_kept(conn: &mut Conn, owner: CustomerId) -> Result<Option<Cart>> {
    let row: Option<(String, String, i64, String)> = customer_cart::table
        .find(owner)
        .select((
            customer_cart::cart_id,
            customer_cart::lines,
            customer_cart::count,
            customer_cart::codes,
        ))
        .first(conn)
        .optional()?;
    Ok(row.and_then(|(id, lines, count, codes)| {
        let codes = codes.split_whitespace().map(str::to_owned).collect();
        Cart::unpacked(&StoredCart { id, lines, count, codes })
    }))
}

/// Keeps a cart with an account, in the place of the one that it has.
pub(super) fn keep(
    conn: &mut Conn,
    owner: CustomerId,
    cart: &Cart,
    now: NaiveDateTime,
) -> Result<()> {
    let StoredCart { id, lines, count, codes } = cart.packed();
    let values = (
        customer_cart::cart_id.eq(id),
        customer_cart::lines.eq(lines),
        customer_cart::count.eq(count),
        customer_cart::codes.eq(codes.join(" ")),
        customer_cart::updated_at.eq(now),
    );
    let known = diesel::update(customer_cart::table.find(owner)).set(values.clone());
    if known.execute(conn)? == 0 {
        diesel::insert_into(customer_cart::table)
            .values((customer_cart::customer_id.eq(owner), values))
            .execute(conn)?;
    }
    Ok(())
}

pub(super) fn drop_kept(conn: &mut Conn, owner: CustomerId) -> Result<()> {
    diesel::delete(customer_cart::table.find(owner)).execute(conn)?;
    Ok(())
}
