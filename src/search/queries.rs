//! All SQL of the search but the counts of filter values, which stand in `facets.rs`.

use chrono::NaiveDateTime;
use diesel::dsl::{auto_type, count, exists, max, min};
use diesel::helper_types::{IntoBoxed, Select};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};
use std::collections::BTreeMap;

use super::filters::{Chosen, Filters, Sort};
use super::{Scope, Wanted, terms};
use crate::db::schema::{
    price, product, product_attribute, product_category, product_text, search_term, stock, variant,
    variant_option,
};
use crate::db::{Conn, any_of, within};
use crate::error::Result;
use crate::ids::{BrandId, ChoiceId, OptionValueId, ProductId};
use crate::prices::current_price;
use crate::stock::available;
use crate::web::vocabulary::Vocabulary;

diesel::define_sql_function! {
    #[sql_name = "coalesce"]
    fn or_text(first: Nullable<Text>, second: Nullable<Text>) -> Nullable<Text>;
}
diesel::define_sql_function! {
    #[sql_name = "coalesce"]
    fn or_amount(first: Nullable<BigInt>, second: BigInt) -> BigInt;
}

type Backend = <Conn as Connection>::Backend;
/// Ids of products, to be narrowed.
pub type Products = IntoBoxed<'static, Select<product::table, product::id>, Backend>;
type Variants = IntoBoxed<'static, Select<variant::table, variant::id>, Backend>;

/// What is behind so many is not looked at: it takes a search engine.
const MOST_MATCHES: i64 = 50_000;
/// More than any price: what has none is sorted after what has one.
const NO_PRICE: i64 = i64::MAX;

/// Products that shoppers may see at `now`.
#[auto_type(no_type_alias)]
pub fn visible(now: NaiveDateTime) -> _ {
    product::status
        .eq("active")
        .and(product::publish_at.le(now))
        .and(product::unpublish_at.is_null().or(product::unpublish_at.gt(now)))
}

/// The filters as ids, sorted by what they are asked of. What the shop does not know is left out.
#[derive(Debug, Clone, Default)]
pub(super) struct Narrowing {
    pub brands: Vec<BrandId>,
    pub choices: Vec<Vec<ChoiceId>>,
    pub options: Vec<Vec<OptionValueId>>,
    pub min_price: Option<i64>,
    pub max_price: Option<i64>,
    pub in_stock: bool,
}

impl Narrowing {
    pub fn new(filters: &Filters, vocabulary: &Vocabulary) -> Self {
        let mut narrowing = Self {
            min_price: filters.min_price,
            max_price: filters.max_price,
            in_stock: filters.in_stock,
            ..Self::default()
        };
        for Chosen { facet, values } in &filters.chosen {
            if facet == "brand" {
                narrowing.brands = vocabulary.brands_of(values);
            } else if let Some(option) = vocabulary.find_option(facet) {
                narrowing.options.push(vocabulary.option_values_of(option, values));
            } else if let Some(attribute) = vocabulary.find_attribute(facet) {
                narrowing.choices.push(vocabulary.choices_of(attribute, values));
            }
        }
        narrowing.options.retain(|values| !values.is_empty());
        narrowing.choices.retain(|values| !values.is_empty());
        narrowing
    }

    /// Whether something is asked of a single variant.
    pub fn asks_variants(&self) -> bool {
        let at_price = self.min_price.is_some() || self.max_price.is_some();
        self.in_stock || at_price || !self.options.is_empty()
    }
}

/// The ids of everything that matches, in order.
pub(super) fn matching(
    conn: &mut Conn,
    wanted: &Wanted,
    filters: &Filters,
) -> Result<Vec<ProductId>> {
    let narrowing = Narrowing::new(filters, &wanted.frame.vocabulary);
    let matching = products(wanted, &narrowing);
    let (language, own_language) = (wanted.language.code(), wanted.frame.own_language().code());
    let price_from = || {
        let prices = price::table
            .inner_join(variant::table)
            .filter(variant::product_id.eq(product::id))
            .filter(variant::active.eq(true))
            .filter(current_price(wanted.currency(), wanted.now));
        or_amount(prices.select(min(price::amount)).single_value(), NO_PRICE)
    };
    let score = |word: &str| {
        let found = search_term::table
            .filter(search_term::product_id.eq(product::id))
            .filter(search_term::term.ge(word.to_owned()))
            .filter(search_term::term.lt(terms::after_prefix(word)));
        or_amount(found.select(max(search_term::weight)).single_value(), 0)
    };
    let ordered = match wanted.sort {
        Sort::Popular if wanted.scope.first_word().is_some() => {
            let word = wanted.scope.first_word().unwrap_or_default();
            matching.order((score(word).desc(), product::popularity.desc(), product::id.desc()))
        }
        Sort::Popular => matching.order((product::popularity.desc(), product::id.desc())),
        Sort::Newest => matching.order((product::publish_at.desc(), product::id.desc())),
        Sort::Name => {
            let name = or_text(name_in(language), name_in(own_language));
            matching.order((name.asc(), product::id.asc()))
        }
        Sort::PriceUp => matching.order((price_from().asc(), product::id.asc())),
        Sort::PriceDown => matching.order((price_from().desc(), product::id.asc())),
    };
    Ok(ordered.limit(MOST_MATCHES).load(conn)?)
}

/// How many of these can be had now. With an option or a price asked for, it is that very variant
/// that has to be there.
pub(super) fn count_in_stock(
    conn: &mut Conn,
    wanted: &Wanted,
    matching: &[ProductId],
) -> Result<i64> {
    let narrowing = Narrowing::new(&wanted.filters, &wanted.frame.vocabulary);
    if narrowing.asks_variants() {
        let narrowing = Narrowing { in_stock: true, ..narrowing };
        return Ok(products(wanted, &narrowing).select(count(product::id)).first(conn)?);
    }
    let in_stock = variant::table
        .inner_join(stock::table)
        .filter(variant::product_id.eq(product::id))
        .filter(variant::active.eq(true))
        .filter((available() + stock::backorder_limit).gt(0));
    let products = product::table.filter(any_of(product::id, matching));
    Ok(products.filter(exists(in_stock)).select(count(product::id)).first(conn)?)
}

/// Ids of the products in the scope that pass the filters.
fn products(wanted: &Wanted, narrowing: &Narrowing) -> Products {
    let everything = product::table.select(product::id).filter(visible(wanted.now)).into_boxed();
    let mut matching = in_scope(everything, &wanted.scope);
    if !narrowing.brands.is_empty() {
        matching = matching.filter(any_of(product::brand_id, &narrowing.brands));
    }
    for choices in &narrowing.choices {
        let owners = product_attribute::table
            .filter(any_of(product_attribute::choice_id, choices))
            .select(product_attribute::product_id);
        matching = matching.filter(within(product::id, owners));
    }
    match narrowing.asks_variants() {
        true => {
            let owners = variant::table.filter(within(variant::id, variants(wanted, narrowing)));
            matching.filter(within(product::id, owners.select(variant::product_id)))
        }
        false => matching,
    }
}

/// Ids of the variants that have every chosen option at once, at the asked price, in stock.
pub(super) fn variants(wanted: &Wanted, narrowing: &Narrowing) -> Variants {
    let mut matching =
        variant::table.select(variant::id).filter(variant::active.eq(true)).into_boxed();
    for values in &narrowing.options {
        let having = variant_option::table
            .filter(any_of(variant_option::option_value_id, values))
            .select(variant_option::variant_id);
        matching = matching.filter(within(variant::id, having));
    }
    let matching = at_price(matching, wanted, narrowing);
    match narrowing.in_stock {
        true => {
            let in_stock = stock::table
                .filter((available() + stock::backorder_limit).gt(0))
                .select(stock::variant_id);
            matching.filter(within(variant::id, in_stock))
        }
        false => matching,
    }
}

/// So few products that their ids are taken along.
const FEW: i64 = 2_000;

/// Those of `found` that are in the scope, for a list that is read from its beginning: of few the ids
/// are looked up, of many it is asked one by one in the order of the list, which ends soon then.
pub fn keep_in_scope(conn: &mut Conn, found: Products, scope: &Scope) -> Result<Products> {
    match scope {
        Scope::Everything => Ok(found),
        Scope::Category(id) => {
            let members = product_category::table.filter(product_category::category_id.eq(*id));
            let ids =
                members.limit(MORE_THAN_FEW).select(product_category::product_id).load(conn)?;
            Ok(keep(found, few(ids), |found| {
                found.filter(exists(members.filter(product_category::product_id.eq(product::id))))
            }))
        }
        Scope::Words(words) if words.is_empty() => Ok(found.filter(product::id.eq(0))),
        Scope::Words(words) => keep_words(conn, found, words),
    }
}

/// Where a word is rare, what has it is asked for the others; of several that are common each has a
/// list, and the lists are compared.
fn keep_words(conn: &mut Conn, mut found: Products, words: &[String]) -> Result<Products> {
    let mut common = Vec::new();
    for word in words {
        let having = search_term::table
            .filter(search_term::term.ge(word.clone()))
            .filter(search_term::term.lt(terms::after_prefix(word)));
        let ids: Vec<ProductId> =
            having.clone().limit(MORE_THAN_FEW).select(search_term::product_id).load(conn)?;
        match few(ids) {
            Some(ids) => found = found.filter(any_of(product::id, &ids)),
            None => common.push(having),
        }
    }
    let are_compared = common.len() > 1 && common.len() == words.len();
    Ok(common.into_iter().fold(found, |found, having| match are_compared {
        true => found.filter(within(product::id, having.select(search_term::product_id))),
        false => found.filter(exists(having.filter(search_term::product_id.eq(product::id)))),
    }))
}

/// Rows that were asked for with [`MORE_THAN_FEW`] as their limit; `None` when they are many.
pub fn few<T>(rows: Vec<T>) -> Option<Vec<T>> {
    (rows.len() as i64 <= FEW).then_some(rows)
}

/// Those of these ids where they are few, else those that pass when each is asked.
pub fn keep(
    found: Products,
    ids: Option<Vec<ProductId>>,
    ask: impl FnOnce(Products) -> Products,
) -> Products {
    match ids {
        Some(ids) => found.filter(any_of(product::id, &ids)),
        None => ask(found),
    }
}

/// What tells few from many.
pub const MORE_THAN_FEW: i64 = FEW + 1;

fn in_scope(matching: Products, scope: &Scope) -> Products {
    match scope {
        Scope::Category(id) => {
            let members = product_category::table.filter(product_category::category_id.eq(*id));
            matching.filter(within(product::id, members.select(product_category::product_id)))
        }
        Scope::Everything => matching,
        Scope::Words(words) if words.is_empty() => matching.filter(product::id.eq(0)),
        Scope::Words(words) => words.iter().fold(matching, |matching, word| {
            let found = search_term::table
                .filter(search_term::term.ge(word.clone()))
                .filter(search_term::term.lt(terms::after_prefix(word)));
            matching.filter(within(product::id, found.select(search_term::product_id)))
        }),
    }
}

fn at_price(matching: Variants, wanted: &Wanted, narrowing: &Narrowing) -> Variants {
    if narrowing.min_price.is_none() && narrowing.max_price.is_none() {
        return matching;
    }
    let at_price = price::table
        .filter(current_price(wanted.currency(), wanted.now))
        .filter(price::amount.ge(narrowing.min_price.unwrap_or(0)))
        .filter(price::amount.le(narrowing.max_price.unwrap_or(i64::MAX)));
    matching.filter(within(variant::id, at_price.select(price::variant_id)))
}

/// A product's name in one language, folded; `None` where it is not translated.
#[auto_type(no_type_alias)]
fn name_in(locale: &'static str) -> _ {
    product_text::table
        .filter(product_text::product_id.eq(product::id))
        .filter(product_text::locale.eq(locale))
        .select(product_text::sort_name)
        .single_value()
}

/// Writes the words that find a product: its texts in every language, codes, tags, and the names
/// of where it belongs. A word counts most in the name.
pub fn index_product(conn: &mut Conn, product: ProductId, texts: &[(i64, String)]) -> Result<()> {
    let mut weights: BTreeMap<String, i64> = BTreeMap::new();
    for (weight, text) in texts {
        for word in terms::words(text) {
            let known = weights.entry(word).or_default();
            *known = (*known).max(*weight);
        }
    }
    diesel::delete(search_term::table.filter(search_term::product_id.eq(product))).execute(conn)?;
    for (term, weight) in weights {
        diesel::insert_into(search_term::table)
            .values((
                search_term::term.eq(term),
                search_term::product_id.eq(product),
                search_term::weight.eq(weight),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// How many words of the same first letter are compared with a misspelt one.
const CANDIDATES: i64 = 2_000;

/// The known word that is most like one that finds nothing, if any is like it at all.
pub fn nearest_term(conn: &mut Conn, word: &str) -> Result<Option<String>> {
    let Some(first) = word.chars().next().map(String::from) else { return Ok(None) };
    let candidates: Vec<String> = search_term::table
        .filter(search_term::term.ge(first.clone()))
        .filter(search_term::term.lt(terms::after_prefix(&first)))
        .select(search_term::term)
        .distinct()
        .limit(CANDIDATES)
        .load(conn)?;
    let tolerated = if word.chars().count() > 5 { 2 } else { 1 };
    let near = candidates.into_iter().map(|term| (terms::distance(word, &term), term));
    Ok(near.filter(|(distance, _)| *distance <= tolerated).min().map(|(_, term)| term))
}
