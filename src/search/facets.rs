//! Filter values with how many products each would leave.

use diesel::dsl::count_star;
use diesel::prelude::*;
use std::collections::BTreeMap;

use super::Wanted;
use super::filters::Filters;
use super::queries::{self, Narrowing, variants};
use crate::db::schema::{
    product, product_attribute, product_option_value, variant, variant_option,
};
use crate::db::{Conn, any_of, within};
use crate::error::Result;
use crate::ids::{BrandId, ChoiceId, OptionValueId, ProductId};
use crate::language::Language;
use crate::web::vocabulary::Value;

/// One filter: colour, material, brand.
#[derive(Debug, Clone)]
pub struct Facet {
    /// Its name in an address.
    pub code: String,
    /// `None` for the brand, which the page names itself.
    pub name: Option<String>,
    pub values: Vec<FacetValue>,
}

#[derive(Debug, Clone)]
pub struct FacetValue {
    pub code: String,
    pub name: String,
    /// `#rrggbb` for colours.
    pub swatch: Option<String>,
    /// How many products would be found with this value, its own filter's others set aside.
    pub count: i64,
    pub is_chosen: bool,
}

impl Facet {
    pub fn is_chosen(&self) -> bool {
        self.is_chosen_beyond(0)
    }

    /// Whether one of the values behind the first `shown` is chosen.
    pub fn is_chosen_beyond(&self, shown: usize) -> bool {
        self.values.iter().skip(shown).any(|value| value.is_chosen)
    }
}

/// How many products have each value.
#[derive(Default)]
struct Counts {
    options: BTreeMap<OptionValueId, i64>,
    choices: BTreeMap<ChoiceId, i64>,
    brands: BTreeMap<BrandId, i64>,
}

/// Every filter that the scope knows. A value that the other filters leave nothing of counts 0
/// and stays, so that the list of filters stands still while a shopper ticks.
pub(super) fn load(conn: &mut Conn, wanted: &Wanted, matching: &[ProductId]) -> Result<Vec<Facet>> {
    if wanted.filters.is_empty() {
        return Ok(arrange(wanted, &Counts::load(conn, wanted, &wanted.filters, matching)?));
    }
    let mut facets = arrange(wanted, &count(conn, wanted, &Filters::default())?);
    let narrowed = Counts::load(conn, wanted, &wanted.filters, matching)?;
    recount(&mut facets, &arrange(wanted, &narrowed), |_| true);
    for chosen in &wanted.filters.chosen {
        let others = count(conn, wanted, &wanted.filters.without(&chosen.facet))?;
        recount(&mut facets, &arrange(wanted, &others), |code| code == chosen.facet);
    }
    Ok(facets)
}

fn count(conn: &mut Conn, wanted: &Wanted, filters: &Filters) -> Result<Counts> {
    let matching = queries::matching(conn, wanted, filters)?;
    Counts::load(conn, wanted, filters, &matching)
}

/// Takes over the counts of the facets that `of` names; what is not counted there is 0.
fn recount(facets: &mut [Facet], counted: &[Facet], of: impl Fn(&str) -> bool) {
    for facet in facets.iter_mut().filter(|facet| of(&facet.code)) {
        let counts = counted.iter().find(|counted| counted.code == facet.code);
        for value in &mut facet.values {
            let counted = counts.and_then(|f| f.values.iter().find(|v| v.code == value.code));
            value.count = counted.map_or(0, |value| value.count);
        }
    }
}

impl Counts {
    fn load(
        conn: &mut Conn,
        wanted: &Wanted,
        filters: &Filters,
        matching: &[ProductId],
    ) -> Result<Self> {
        let narrowing = Narrowing::new(filters, &wanted.frame.vocabulary);
        Ok(Self {
            options: count_options(conn, wanted, &narrowing, matching)?.into_iter().collect(),
            choices: count_choices(conn, matching)?.into_iter().collect(),
            brands: count_brands(conn, matching)?.into_iter().collect(),
        })
    }
}

/// How many products have each value: of those variants that the filters ask for, where they ask
/// something of variants.
fn count_options(
    conn: &mut Conn,
    wanted: &Wanted,
    narrowing: &Narrowing,
    matching: &[ProductId],
) -> Result<Vec<(OptionValueId, i64)>> {
    if narrowing.asks_variants() {
        return count_options_of_variants(conn, wanted, narrowing, matching);
    }
    Ok(product_option_value::table
        .filter(any_of(product_option_value::product_id, matching))
        .group_by(product_option_value::option_value_id)
        .select((product_option_value::option_value_id, count_star()))
        .load(conn)?)
}

fn count_options_of_variants(
    conn: &mut Conn,
    wanted: &Wanted,
    narrowing: &Narrowing,
    matching: &[ProductId],
) -> Result<Vec<(OptionValueId, i64)>> {
    let pairs: Vec<(OptionValueId, ProductId)> = variant_option::table
        .inner_join(variant::table)
        .filter(any_of(variant::product_id, matching))
        .filter(variant::active.eq(true))
        .filter(within(variant_option::variant_id, variants(wanted, narrowing)))
        .select((variant_option::option_value_id, variant::product_id))
        .distinct()
        .load(conn)?;
    let mut counts: BTreeMap<OptionValueId, i64> = BTreeMap::new();
    for (value, _) in pairs {
        *counts.entry(value).or_default() += 1;
    }
    Ok(counts.into_iter().collect())
}

fn count_choices(conn: &mut Conn, matching: &[ProductId]) -> Result<Vec<(ChoiceId, i64)>> {
    let rows: Vec<(Option<ChoiceId>, i64)> = product_attribute::table
        .filter(any_of(product_attribute::product_id, matching))
        .filter(product_attribute::choice_id.is_not_null())
        .group_by(product_attribute::choice_id)
        .select((product_attribute::choice_id, count_star()))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(id, count)| Some((id?, count))).collect())
}

fn count_brands(conn: &mut Conn, matching: &[ProductId]) -> Result<Vec<(BrandId, i64)>> {
    let rows: Vec<(Option<BrandId>, i64)> = product::table
        .filter(any_of(product::id, matching))
        .filter(product::brand_id.is_not_null())
        .group_by(product::brand_id)
        .select((product::brand_id, count_star()))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(id, count)| Some((id?, count))).collect())
}

/// The counted values under their facets: options, attributes, brand, each in its order.
fn arrange(wanted: &Wanted, counts: &Counts) -> Vec<Facet> {
    let vocabulary = &wanted.frame.vocabulary;
    let names = Names { wanted, language: wanted.language, own: wanted.frame.own_language() };
    let mut options: Vec<_> = vocabulary.options.iter().collect();
    options.sort_by_key(|(id, term)| (term.position, **id));
    let options = options.into_iter().map(|(owner, term)| {
        let values = names.values(&term.code, *owner, &vocabulary.option_values, &counts.options);
        names.facet(&term.code, &term.name, values)
    });
    let mut attributes: Vec<_> =
        vocabulary.attributes.iter().filter(|(_, attribute)| attribute.filterable).collect();
    attributes.sort_by_key(|(id, attribute)| (attribute.term.position, **id));
    let attributes = attributes.into_iter().map(|(owner, attribute)| {
        let code = &attribute.term.code;
        let values = names.values(code, *owner, &vocabulary.choices, &counts.choices);
        names.facet(code, &attribute.term.name, values)
    });
    let facets = options.chain(attributes).chain([names.brands(&counts.brands)]);
    facets.filter(|facet| !facet.values.is_empty()).collect()
}

/// Gives ids their names in the visitor's language.
struct Names<'a> {
    wanted: &'a Wanted,
    language: Language,
    own: Language,
}

impl Names<'_> {
    fn facet(
        &self,
        code: &str,
        name: &crate::language::LocalText,
        values: Vec<FacetValue>,
    ) -> Facet {
        let name = Some(name.get(self.language, self.own).to_owned());
        Facet { code: code.to_owned(), name, values }
    }

    fn values<Id: Ord + Copy, Owner: PartialEq>(
        &self,
        facet: &str,
        owner: Owner,
        known: &BTreeMap<Id, Value<Owner>>,
        counts: &BTreeMap<Id, i64>,
    ) -> Vec<FacetValue> {
        let counted = counts.iter().filter_map(|(id, count)| Some((known.get(id)?, *count)));
        let mut counted: Vec<_> = counted.filter(|(value, _)| value.owner == owner).collect();
        counted.sort_by_key(|(value, _)| (value.position, &value.code));
        let values = counted.into_iter().map(|(value, count)| FacetValue {
            code: value.code.clone(),
            name: value.name.get(self.language, self.own).to_owned(),
            swatch: value.swatch.clone(),
            count,
            is_chosen: self.wanted.filters.is_chosen(facet, &value.code),
        });
        values.collect()
    }

    fn brands(&self, counts: &BTreeMap<BrandId, i64>) -> Facet {
        let known = &self.wanted.frame.vocabulary.brands;
        let counted = counts.iter().filter_map(|(id, count)| Some((known.get(id)?, *count)));
        let mut values: Vec<FacetValue> = counted
            .map(|(brand, count)| FacetValue {
                code: brand.slug.clone(),
                name: brand.name.clone(),
                swatch: None,
                count,
                is_chosen: self.wanted.filters.is_chosen("brand", &brand.slug),
            })
            .collect();
        values.sort_by(|one, other| one.name.cmp(&other.name));
        Facet { code: "brand".into(), name: None, values }
    }
}
