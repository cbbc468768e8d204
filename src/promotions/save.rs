//! The door for whoever shows or edits all rules at once: saving them.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::BTreeMap;

use super::check::{check, unknown};
use super::model::{Opens, Rule, RuleMistake, sort};
use super::rows::Columns;
use super::rules::stored;
use crate::db::schema::{
    category, product, promotion, promotion_code, promotion_customer, promotion_target,
    promotion_text, redemption, variant,
};
use crate::db::{Conn, any_of};
use crate::error::Result;
use crate::ids::{CategoryId, ProductId, PromotionId, VariantId};
use crate::pricing::Text;
use crate::settings;

/// How many names are looked up with one statement.
const NAMES_AT_ONCE: usize = 500;

/// What a target's names stand for.
#[derive(Default)]
struct Things {
    categories: BTreeMap<String, CategoryId>,
    products: BTreeMap<String, ProductId>,
    variants: BTreeMap<String, VariantId>,
}

/// Makes the shop's promotions these, by slug, and tells all instances. What stays as it was is
/// not touched; what changes keeps its id and what it was used for. A promotion that is not among
/// them any more is deleted, or stopped and its codes set free when an order has used it.
///
/// Gives everything that is wrong; then nothing was written.
pub fn save_rules(conn: &mut Conn, rules: &[Rule], now: NaiveDateTime) -> Result<Vec<RuleMistake>> {
    let known: BTreeMap<String, (PromotionId, Rule)> = stored(conn)?
        .into_iter()
        .map(|(id, rule)| (rule.slug.as_str().to_owned(), (id, rule)))
        .collect();
    let rules: Vec<Rule> = rules.iter().map(in_order).collect();
    let things = find_things(conn, &rules)?;
    let mut mistakes = check(&rules, now);
    mistakes.extend(rules.iter().flat_map(|rule| things.unknown(rule)));
    if !mistakes.is_empty() {
        return Ok(mistakes);
    }
    let is_new = |rule: &&Rule| known.get(rule.slug.as_str()).is_none_or(|(_, old)| old != *rule);
    let changed: Vec<&Rule> = rules.iter().filter(is_new).collect();
    let gone = known.values().filter(|(_, old)| rules.iter().all(|rule| rule.slug != old.slug));
    let gone: Vec<PromotionId> = gone.map(|(id, _)| *id).collect();
    // First of all the codes are set free: one may go from one promotion to another.
    let old_id = |rule: &&Rule| known.get(rule.slug.as_str()).map(|(id, _)| *id);
    let freed: Vec<PromotionId> =
        changed.iter().filter_map(old_id).chain(gone.iter().copied()).collect();
    let freed = promotion_code::table.filter(any_of(promotion_code::promotion_id, &freed));
    let touched = diesel::delete(freed).execute(conn)? + remove(conn, &gone)?;
    for rule in &changed {
        write(conn, rule, old_id(rule), &things)?;
    }
    if touched > 0 || !changed.is_empty() {
        settings::announce(conn)?;
    }
    Ok(Vec::new())
}

/// With its lists in the order in which they are read back.
fn in_order(rule: &Rule) -> Rule {
    let mut rule = rule.clone();
    sort(&mut rule.target);
    if let Opens::Codes(codes) = &mut rule.opens {
        codes.sort();
    }
    rule
}

/// Deletes promotions, and stops those that orders have used. How many it found to do so with.
fn remove(conn: &mut Conn, ids: &[PromotionId]) -> Result<usize> {
    let used: Vec<PromotionId> = redemption::table
        .filter(any_of(redemption::promotion_id, ids))
        .select(redemption::promotion_id)
        .distinct()
        .load(conn)?;
    let active = promotion::table.filter(promotion::status.eq("active"));
    let stopped = diesel::update(active.filter(any_of(promotion::id, &used)))
        .set(promotion::status.eq("stopped"))
        .execute(conn)?;
    let unused: Vec<PromotionId> = ids.iter().filter(|id| !used.contains(id)).copied().collect();
    let unused = promotion::table.filter(any_of(promotion::id, &unused));
    Ok(stopped + diesel::delete(unused).execute(conn)?)
}

fn write(conn: &mut Conn, rule: &Rule, old: Option<PromotionId>, things: &Things) -> Result<()> {
    let columns = Columns::of(rule);
    let id = match old {
        Some(id) => {
            // The counter begins anew with the limit; this also keeps orders that count waiting.
            diesel::update(promotion::table.find(id))
                .set((columns, promotion::used.eq(0)))
                .execute(conn)?;
            recount(conn, id, rule.usage_limit)?;
            diesel::delete(promotion_text::table.filter(promotion_text::promotion_id.eq(id)))
                .execute(conn)?;
            diesel::delete(promotion_target::table.filter(promotion_target::promotion_id.eq(id)))
                .execute(conn)?;
            id
        }
        None => diesel::insert_into(promotion::table)
            .values((columns, promotion::used.eq(0)))
            .returning(promotion::id)
            .get_result(conn)?,
    };
    write_names(conn, id, rule)?;
    write_targets(conn, id, rule, things)?;
    for code in rule.codes() {
        diesel::insert_into(promotion_code::table)
            .values((promotion_code::code.eq(code.as_str()), promotion_code::promotion_id.eq(id)))
            .execute(conn)?;
    }
    Ok(())
}

/// Sets the counter of a limited promotion to what was redeemed, at most to its limit: it may have
/// been used more often before it had this one. Customers' counters begin anew by themselves.
fn recount(conn: &mut Conn, id: PromotionId, limit: Option<i64>) -> Result<()> {
    diesel::delete(promotion_customer::table.filter(promotion_customer::promotion_id.eq(id)))
        .execute(conn)?;
    let Some(limit) = limit else { return Ok(()) };
    let redeemed: i64 =
        redemption::table.filter(redemption::promotion_id.eq(id)).count().get_result(conn)?;
    diesel::update(promotion::table.find(id))
        .set(promotion::used.eq(redeemed.min(limit)))
        .execute(conn)?;
    Ok(())
}

fn write_names(conn: &mut Conn, id: PromotionId, rule: &Rule) -> Result<()> {
    for (language, name) in rule.name.iter() {
        diesel::insert_into(promotion_text::table)
            .values((
                promotion_text::promotion_id.eq(id),
                promotion_text::locale.eq(language.code()),
                promotion_text::name.eq(name),
            ))
            .execute(conn)?;
    }
    Ok(())
}

fn write_targets(conn: &mut Conn, id: PromotionId, rule: &Rule, things: &Things) -> Result<()> {
    let target = &rule.target;
    let of = promotion_target::promotion_id.eq(id);
    for category in target.categories.iter().filter_map(|name| things.categories.get(name.as_str()))
    {
        diesel::insert_into(promotion_target::table)
            .values((of, promotion_target::category_id.eq(category)))
            .execute(conn)?;
    }
    for product in target.products.iter().filter_map(|name| things.products.get(name.as_str())) {
        diesel::insert_into(promotion_target::table)
            .values((of, promotion_target::product_id.eq(product)))
            .execute(conn)?;
    }
    for variant in target.skus.iter().filter_map(|name| things.variants.get(name.as_str())) {
        diesel::insert_into(promotion_target::table)
            .values((of, promotion_target::variant_id.eq(variant)))
            .execute(conn)?;
    }
    Ok(())
}

impl Things {
    fn unknown(&self, rule: &Rule) -> Vec<RuleMistake> {
        let target = &rule.target;
        let categories = missing(rule, "categories", &target.categories, &self.categories);
        let products = missing(rule, "products", &target.products, &self.products);
        let skus = missing(rule, "skus", &target.skus, &self.variants);
        [categories, products, skus].concat()
    }
}

fn missing<Id>(
    rule: &Rule,
    field: &'static str,
    names: &[Text],
    known: &BTreeMap<String, Id>,
) -> Vec<RuleMistake> {
    let missing = names.iter().filter(|name| !known.contains_key(name.as_str()));
    missing.map(|name| unknown(rule, field, name)).collect()
}

fn find_things(conn: &mut Conn, rules: &[Rule]) -> Result<Things> {
    let names = |list: fn(&Rule) -> &Vec<Text>| -> Vec<&str> {
        rules.iter().flat_map(list).map(Text::as_str).collect()
    };
    let mut things = Things::default();
    for slugs in names(|rule| &rule.target.categories).chunks(NAMES_AT_ONCE) {
        let rows: Vec<(String, CategoryId)> = category::table
            .filter(category::slug.eq_any(slugs))
            .select((category::slug, category::id))
            .load(conn)?;
        things.categories.extend(rows);
    }
    for slugs in names(|rule| &rule.target.products).chunks(NAMES_AT_ONCE) {
        let rows: Vec<(String, ProductId)> = product::table
            .filter(product::slug.eq_any(slugs))
            .select((product::slug, product::id))
            .load(conn)?;
        things.products.extend(rows);
    }
    for skus in names(|rule| &rule.target.skus).chunks(NAMES_AT_ONCE) {
        let rows: Vec<(String, VariantId)> = variant::table
            .filter(variant::sku.eq_any(skus))
            .select((variant::sku, variant::id))
            .load(conn)?;
        things.variants.extend(rows);
    }
    Ok(things)
}
