//! All SQL that reads prices.

use chrono::{NaiveDateTime, SubsecRound};
use diesel::dsl::{auto_type, case_when, exists, not};
use diesel::prelude::*;
use std::collections::BTreeMap;

use super::model::{NewPrice, SkuPrices, for_ever, since_ever};
use super::rules::Rule;
use super::timeline::{LOOKING_BACK, Moment, Windowed};
use crate::db::schema::{price, price_history, variant};
use crate::db::{Conn, any_of};
use crate::error::{Error, Result};
use crate::ids::VariantId;
use crate::money::{Currency, Money};
use crate::values::{Quantity, Slug};

diesel::alias!(price as better: BetterPrice);

/// Rows of `price` that are what one costs everybody at `now`: they apply, and none more specific
/// does. Among several the lowest counts.
#[auto_type]
pub fn current_price(currency: String, now: NaiveDateTime) -> _ {
    let better_rows = better
        .filter(better.field(price::variant_id).eq(price::variant_id))
        .filter(better.field(price::currency).eq(price::currency))
        .filter(better.field(price::customer_group).eq(price::customer_group))
        .filter(better.field(price::min_quantity).eq(price::min_quantity))
        .filter(better.field(price::specificity).gt(price::specificity))
        .filter(better.field(price::starts_at).le(now))
        .filter(better.field(price::ends_at).gt(now));
    price::currency
        .eq(currency)
        .and(price::customer_group.eq(""))
        .and(price::min_quantity.eq(1_i64))
        .and(price::starts_at.le(now))
        .and(price::ends_at.gt(now))
        .and(not(exists(better_rows)))
}

/// Rows of `price` that apply at `now` to everybody or to the shopper's `group`, whatever the
/// quantity: [`super::best`] chooses among them.
#[auto_type(no_type_alias)]
pub fn applies(currency: Currency, group: Option<&Slug>, now: NaiveDateTime) -> _ {
    let group: String = group.map(ToString::to_string).unwrap_or_default();
    let code: String = currency.code().to_owned();
    price::currency
        .eq(code)
        .and(price::customer_group.eq("").or(price::customer_group.eq(group)))
        .and(price::starts_at.le(now))
        .and(price::ends_at.gt(now))
}

/// Beside a row of `variant` and a reduced one of `price`: the lowest price of the 30 days before
/// the reduction began. A group's prices have no history.
#[auto_type(no_type_alias)]
pub fn lowest_before(currency: Currency, now: NaiveDateTime) -> _ {
    let code: String = currency.code().to_owned();
    let in_force = price_history::table
        .filter(price_history::variant_id.eq(variant::id))
        .filter(price_history::currency.eq(code))
        .filter(price_history::since.le(now))
        .order(price_history::since.desc())
        .select(price_history::lowest_before)
        .single_value();
    case_when(price::compare_at.is_not_null().and(price::customer_group.eq("")), in_force)
}

/// The prices of the variants behind `after` in the order of their SKUs, at most `limit` of them;
/// also those that have none.
pub fn load_prices(conn: &mut Conn, after: Option<&str>, limit: i64) -> Result<Vec<SkuPrices>> {
    let variants: Vec<(VariantId, String)> = variant::table
        .filter(variant::sku.gt(after.unwrap_or_default()))
        .order(variant::sku)
        .limit(limit)
        .select((variant::id, variant::sku))
        .load(conn)?;
    let ids: Vec<VariantId> = variants.iter().map(|(id, _)| *id).collect();
    let mut rows = rows_of(conn, &ids)?;
    let priced = variants.into_iter().map(|(id, sku)| {
        let rows = rows.remove(&id).unwrap_or_default();
        let prices: Result<_> = rows.iter().map(Row::price).collect();
        Ok(SkuPrices { sku, prices: prices? })
    });
    priced.collect()
}

/// How many SKUs are asked for at once.
const AT_ONCE: usize = 500;

/// The prices of those of these SKUs that exist; also of those that have none.
pub fn find_prices(conn: &mut Conn, skus: &[&str]) -> Result<Vec<SkuPrices>> {
    let mut found = Vec::new();
    for skus in skus.chunks(AT_ONCE) {
        let ids = ids_of(conn, skus)?;
        let variants: Vec<VariantId> = ids.values().copied().collect();
        let mut rows = rows_of(conn, &variants)?;
        for (sku, id) in ids {
            let rows = rows.remove(&id).unwrap_or_default();
            let prices: Result<_> = rows.iter().map(Row::price).collect();
            found.push(SkuPrices { sku, prices: prices? });
        }
    }
    Ok(found)
}

/// A row of `price`, without its owner. In the order in which prices are written down.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Queryable)]
pub(super) struct Row {
    pub currency: String,
    pub customer_group: String,
    pub min_quantity: i64,
    pub starts_at: NaiveDateTime,
    pub ends_at: NaiveDateTime,
    pub amount: i64,
    pub compare_at: Option<i64>,
    pub specificity: i64,
}

impl Row {
    /// Instants are cut to the microseconds that both databases keep.
    pub fn of(new: &NewPrice) -> Self {
        let (starts_at, ends_at) = new.window();
        Self {
            currency: new.amount.currency().code().to_owned(),
            customer_group: new.group.as_ref().map(ToString::to_string).unwrap_or_default(),
            min_quantity: new.min_quantity.get(),
            starts_at: starts_at.trunc_subsecs(6),
            ends_at: ends_at.trunc_subsecs(6),
            amount: new.amount.minor(),
            compare_at: new.compare_at.as_ref().map(Money::minor),
            specificity: new.specificity(),
        }
    }

    fn price(&self) -> Result<NewPrice> {
        let unreadable = || Error::internal(format!("a price cannot be read: {self:?}"));
        let currency = Currency::from_letters(&self.currency).ok_or_else(unreadable)?;
        Ok(NewPrice {
            amount: Money::new(self.amount, currency),
            compare_at: self.compare_at.map(|was| Money::new(was, currency)),
            min_quantity: Quantity::new(self.min_quantity).ok_or_else(unreadable)?,
            group: match self.customer_group.as_str() {
                "" => None,
                code => Some(Slug::parse(code).ok_or_else(unreadable)?),
            },
            from: Some(self.starts_at).filter(|from| *from != since_ever()),
            until: Some(self.ends_at).filter(|until| *until != for_ever()),
        })
    }

    /// As a part of everybody's timeline in `currency`, if it is one.
    pub fn public(&self, currency: &str) -> Option<Windowed> {
        let is_public = self.customer_group.is_empty() && self.min_quantity == 1;
        (is_public && self.currency == currency).then_some(Windowed {
            rule: Rule {
                specificity: self.specificity,
                min_quantity: self.min_quantity,
                amount: self.amount,
                compare_at: self.compare_at,
                lowest_before: None,
            },
            starts_at: self.starts_at,
            ends_at: self.ends_at,
        })
    }
}

/// The rows of these variants, each variant's in order.
pub(super) fn rows_of(
    conn: &mut Conn,
    variants: &[VariantId],
) -> Result<BTreeMap<VariantId, Vec<Row>>> {
    let found: Vec<(VariantId, Row)> = price::table
        .filter(any_of(price::variant_id, variants))
        .select((
            price::variant_id,
            (
                price::currency,
                price::customer_group,
                price::min_quantity,
                price::starts_at,
                price::ends_at,
                price::amount,
                price::compare_at,
                price::specificity,
            ),
        ))
        .load(conn)?;
    let mut rows: BTreeMap<VariantId, Vec<Row>> = BTreeMap::new();
    for (variant, row) in found {
        rows.entry(variant).or_default().push(row);
    }
    rows.values_mut().for_each(|rows| rows.sort());
    Ok(rows)
}

/// The ids of those of these SKUs that exist.
pub(super) fn ids_of(conn: &mut Conn, skus: &[&str]) -> Result<BTreeMap<String, VariantId>> {
    let found: Vec<(String, VariantId)> = variant::table
        .filter(variant::sku.eq_any(skus))
        .select((variant::sku, variant::id))
        .load(conn)?;
    Ok(found.into_iter().collect())
}

/// The timeline before `now`, oldest first, as far back as the lowest price is looked for.
pub(super) fn history(
    conn: &mut Conn,
    variant: VariantId,
    currency: &str,
    now: NaiveDateTime,
) -> Result<Vec<Moment>> {
    let past = || {
        price_history::table
            .filter(price_history::variant_id.eq(variant))
            .filter(price_history::currency.eq(currency))
            .order(price_history::since.desc())
            .select((
                price_history::since,
                price_history::amount,
                price_history::reduced,
                price_history::lowest_before,
            ))
    };
    let beginning = now - LOOKING_BACK;
    let recent = past().filter(price_history::since.lt(now));
    let mut moments: Vec<Moment> = recent.filter(price_history::since.gt(beginning)).load(conn)?;
    let before = past().filter(price_history::since.le(beginning));
    moments.extend(before.first::<Moment>(conn).optional()?);
    moments.reverse();
    Ok(moments)
}
