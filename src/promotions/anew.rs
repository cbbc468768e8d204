//! The promotions of an order that staff change: which may speak once more, what they give, and what
//! is used up then.

use diesel::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

use super::allowance::is_allowance;
use super::give_back::give_back_one;
use super::given::{self, Given};
use super::queries;
use crate::db::Conn;
use crate::db::schema::{category, promotion, promotion_text, redemption};
use crate::error::Result;
use crate::ids::{CategoryId, OrderId, ProductId, PromotionId};
use crate::language::{Language, LocalText};
use crate::pricing::{Bill, Promotion, Request, Text};

/// Of the promotions that an order was priced with those that may speak once more: what it has
/// redeemed, what has no limit, and what staff took off. What others have used up since nobody gets by a change.
pub fn still_open(
    conn: &mut Conn,
    order: OrderId,
    promotions: Vec<Promotion>,
) -> Result<Vec<Promotion>> {
    let redeemed = redeemed(conn, order)?;
    let slugs: Vec<&str> = promotions.iter().map(|it| it.id.as_str()).collect();
    let endless: Vec<String> = promotion::table
        .filter(promotion::slug.eq_any(slugs))
        .filter(promotion::usage_limit.is_null())
        .filter(promotion::per_customer_limit.is_null())
        .select(promotion::slug)
        .load(conn)?;
    let open: BTreeSet<String> =
        redeemed.into_iter().map(|(_, slug)| slug).chain(endless).collect();
    Ok(promotions
        .into_iter()
        .filter(|it| is_allowance(it.id.as_str()) || open.contains(it.id.as_str()))
        .collect())
}

/// Of each of these products the categories that some promotion of a request looks at.
pub fn categories_for(
    conn: &mut Conn,
    request: &Request,
    products: &[ProductId],
) -> Result<BTreeMap<ProductId, Vec<Text>>> {
    let looked_at = request.promotions.iter().flat_map(|it| &it.target.categories);
    let looked_at: Vec<&str> = looked_at.map(Text::as_str).collect();
    let ids: Vec<CategoryId> =
        category::table.filter(category::slug.eq_any(looked_at)).select(category::id).load(conn)?;
    queries::categories_of(conn, products, &ids)
}

/// What the promotions of a request give on its bill, by name: as it was called before, if it gave
/// something then.
pub fn given_anew(
    conn: &mut Conn,
    (request, bill): (&Request, &Bill),
    before: &[Given],
    in_words: impl Fn(&LocalText) -> String,
) -> Result<Vec<Given>> {
    let giving = request.promotions.iter().filter(|it| given::amount(bill, it.id.as_str()) > 0);
    let names = names(conn, &giving.clone().map(|it| it.id.as_str()).collect::<Vec<_>>())?;
    let named = giving.map(|it| {
        let slug = it.id.as_str().to_owned();
        let known = before.iter().find(|given| given.slug == slug);
        let name = names.get(&slug).map(&in_words).filter(|name| !name.is_empty());
        Given {
            name: known.map(|given| given.name.clone()).or(name).unwrap_or_else(|| slug.clone()),
            code: code_of(request, it),
            lane: it.benefit.lane(),
            amount: given::amount(bill, &slug),
            slug,
        }
    });
    let mut given: Vec<Given> = named.collect();
    given.sort_by_key(|given| given.lane);
    Ok(given)
}

/// Gives back what an order does not use any more, and writes down what it uses now, and how much that
/// is. What is new has no limit, so nothing is counted.
pub fn redeem_anew(
    conn: &mut Conn,
    order: OrderId,
    given: &[Given],
    customer_key: &str,
) -> Result<()> {
    let redeemed = redeemed(conn, order)?;
    for (id, slug) in &redeemed {
        match given.iter().find(|given| given.slug == *slug) {
            Some(given) => set_amount(conn, order, *id, given.amount)?,
            None => give_back_one(conn, order, *id)?,
        }
    }
    let is_new = |given: &&Given| redeemed.iter().all(|(_, slug)| *slug != given.slug);
    for new in given.iter().filter(is_new) {
        let id = promotion::table.filter(promotion::slug.eq(&new.slug)).select(promotion::id);
        let Some(id) = id.first::<PromotionId>(conn).optional()? else { continue };
        diesel::insert_into(redemption::table)
            .values((
                redemption::promotion_id.eq(id),
                redemption::order_id.eq(order),
                redemption::customer_key.eq(customer_key),
                redemption::amount.eq(new.amount),
            ))
            .execute(conn)?;
    }
    Ok(())
}

fn set_amount(conn: &mut Conn, order: OrderId, id: PromotionId, amount: i64) -> Result<()> {
    let used = redemption::table.find((id, order));
    diesel::update(used).set(redemption::amount.eq(amount)).execute(conn)?;
    Ok(())
}

/// As the shopper typed it; empty for what is automatic.
fn code_of(request: &Request, promotion: &Promotion) -> String {
    let opens = |typed: &&Text| promotion.code.as_ref().is_some_and(|code| code.is(typed));
    request.codes.iter().find(opens).map(|typed| typed.as_str().to_owned()).unwrap_or_default()
}

fn redeemed(conn: &mut Conn, order: OrderId) -> Result<Vec<(PromotionId, String)>> {
    Ok(redemption::table
        .inner_join(promotion::table)
        .filter(redemption::order_id.eq(order))
        .order(promotion::id)
        .select((promotion::id, promotion::slug))
        .load(conn)?)
}

fn names(conn: &mut Conn, slugs: &[&str]) -> Result<BTreeMap<String, LocalText>> {
    let rows: Vec<(String, String, String)> = promotion_text::table
        .inner_join(promotion::table)
        .filter(promotion::slug.eq_any(slugs))
        .select((promotion::slug, promotion_text::locale, promotion_text::name))
        .load(conn)?;
    let mut names: BTreeMap<String, LocalText> = BTreeMap::new();
    for (slug, locale, name) in rows {
        if let Some(language) = Language::parse(&locale) {
            names.entry(slug).or_default().set(language, name);
        }
    }
    Ok(names)
}
