//! All SQL that changes prices: the only way in, as every change continues the history.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

use super::model::{NewPrice, PriceMistake};
use super::queries::{Row, history, ids_of, rows_of};
use super::timeline::{Moment, Windowed, timeline};
use crate::db::Conn;
use crate::db::schema::{price, price_history, variant};
use crate::error::{Error, Result};
use crate::ids::VariantId;

/// How many SKUs are asked for at once.
const AT_ONCE: usize = 500;

/// Why prices were not saved. Nothing was written, unless the database itself failed.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    #[error("no variant has the SKU \u{201c}{0}\u{201d}")]
    UnknownSku(String),
    #[error("{sku}: {mistake}")]
    Mistake { sku: String, mistake: PriceMistake },
    #[error(transparent)]
    Error(#[from] Error),
}

/// Replaces the prices of the named variants and of no others, in all currencies. Runs in the
/// caller's transaction. `false` when they were so already: then nothing was written.
///
/// # Errors
/// `UnknownSku` and `Mistake` for the first that is wrong, before anything is written.
pub fn save_prices(
    conn: &mut Conn,
    wanted: &BTreeMap<String, Vec<NewPrice>>,
    now: NaiveDateTime,
) -> Result<bool, SaveError> {
    for (sku, prices) in wanted {
        let checked = prices.iter().try_for_each(NewPrice::check);
        checked.map_err(|mistake| SaveError::Mistake { sku: sku.clone(), mistake })?;
    }
    let differing = differing(conn, wanted)?;
    let mut changed = false;
    for (variant, prices) in differing {
        changed |= set_prices(conn, variant, prices, now)?;
    }
    Ok(changed)
}

/// The named variants whose prices are not what is wanted, in the order of their SKUs.
fn differing<'a>(
    conn: &mut Conn,
    wanted: &'a BTreeMap<String, Vec<NewPrice>>,
) -> Result<Vec<(VariantId, &'a [NewPrice])>, SaveError> {
    let skus: Vec<&str> = wanted.keys().map(String::as_str).collect();
    let mut differing = Vec::new();
    for skus in skus.chunks(AT_ONCE) {
        let ids = ids_of(conn, skus)?;
        let variants: Vec<VariantId> = ids.values().copied().collect();
        let mut rows = rows_of(conn, &variants)?;
        for sku in skus {
            let unknown = || SaveError::UnknownSku((*sku).to_owned());
            let id = *ids.get(*sku).ok_or_else(unknown)?;
            let prices = wanted.get(*sku).map(Vec::as_slice).unwrap_or_default();
            if rows.remove(&id).unwrap_or_default() != sorted(prices) {
                differing.push((id, prices));
            }
        }
    }
    Ok(differing)
}

/// Replaces a variant's prices, in all currencies, and continues its history from `now` on. Runs
/// in the caller's transaction. `false` when they were so already: then nothing was written.
///
/// # Errors
/// The database's, for prices that `check` would refuse.
pub fn set_prices(
    conn: &mut Conn,
    variant: VariantId,
    prices: &[NewPrice],
    now: NaiveDateTime,
) -> Result<bool> {
    lock(conn, variant)?;
    let before = rows_of(conn, &[variant])?.remove(&variant).unwrap_or_default();
    let after = sorted(prices);
    if before == after {
        return Ok(false);
    }
    diesel::delete(price::table.filter(price::variant_id.eq(variant))).execute(conn)?;
    insert_rows(conn, variant, &after)?;
    for currency in currencies(before.iter().chain(&after)) {
        let known = history(conn, variant, currency, now)?;
        forget_future(conn, variant, currency, now)?;
        continue_history(conn, variant, (currency, &after), &known, now)?;
    }
    Ok(true)
}

/// The prices of a variant that has never had any, known since `now`.
pub fn set_first_prices(
    conn: &mut Conn,
    variant: VariantId,
    prices: &[NewPrice],
    now: NaiveDateTime,
) -> Result<()> {
    let rows = sorted(prices);
    insert_rows(conn, variant, &rows)?;
    for currency in currencies(rows.iter()) {
        continue_history(conn, variant, (currency, &rows), &[], now)?;
    }
    Ok(())
}

/// What is given twice counts once.
fn sorted(prices: &[NewPrice]) -> Vec<Row> {
    let rows: BTreeSet<Row> = prices.iter().map(Row::of).collect();
    rows.into_iter().collect()
}

fn currencies<'a>(rows: impl Iterator<Item = &'a Row>) -> BTreeSet<&'a str> {
    rows.map(|row| row.currency.as_str()).collect()
}

/// Lets one change of a variant's prices after the other: PostgreSQL holds the row until the end
/// of the transaction.
fn lock(conn: &mut Conn, id: VariantId) -> Result<()> {
    let the_row = diesel::update(variant::table.find(id));
    the_row.set(variant::position.eq(variant::position)).execute(conn)?;
    Ok(())
}

fn insert_rows(conn: &mut Conn, variant: VariantId, rows: &[Row]) -> Result<()> {
    for row in rows {
        diesel::insert_into(price::table)
            .values((
                price::variant_id.eq(variant),
                price::currency.eq(&row.currency),
                price::customer_group.eq(&row.customer_group),
                price::min_quantity.eq(row.min_quantity),
                price::specificity.eq(row.specificity),
                price::amount.eq(row.amount),
                price::compare_at.eq(row.compare_at),
                price::starts_at.eq(row.starts_at),
                price::ends_at.eq(row.ends_at),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Takes back what was scheduled. What has been in force stays for good.
fn forget_future(
    conn: &mut Conn,
    variant: VariantId,
    currency: &str,
    now: NaiveDateTime,
) -> Result<()> {
    let to_come = price_history::table
        .filter(price_history::variant_id.eq(variant))
        .filter(price_history::currency.eq(currency))
        .filter(price_history::since.ge(now));
    diesel::delete(to_come).execute(conn)?;
    Ok(())
}

fn continue_history(
    conn: &mut Conn,
    variant: VariantId,
    (currency, rows): (&str, &[Row]),
    known: &[Moment],
    now: NaiveDateTime,
) -> Result<()> {
    let public: Vec<Windowed> = rows.iter().filter_map(|row| row.public(currency)).collect();
    for moment in timeline(known, &public, now) {
        diesel::insert_into(price_history::table)
            .values((
                price_history::variant_id.eq(variant),
                price_history::currency.eq(currency),
                price_history::since.eq(moment.since),
                price_history::amount.eq(moment.amount),
                price_history::reduced.eq(moment.reduced),
                price_history::lowest_before.eq(moment.lowest_before),
            ))
            .execute(conn)?;
    }
    Ok(())
}
