//! What lies on the shelf, and what it would bring at today's prices: the shop does not know what it was bought for.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};

use super::queries::rows;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::VariantId;
use crate::money::Currency;

/// No report has more lines.
const MOST: i64 = 10_000;

/// What lies there of a category.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Held {
    /// Its slug; empty for none.
    #[diesel(sql_type = Text)]
    pub category: String,
    #[diesel(sql_type = BigInt)]
    pub units: i64,
    /// Units without a price in this currency.
    #[diesel(sql_type = BigInt)]
    pub unpriced: i64,
    /// In minor units, with what is reserved by orders that wait.
    #[diesel(sql_type = BigInt)]
    pub amount: i64,
}

/// What lies there of a variant.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct HeldVariant {
    #[diesel(sql_type = BigInt)]
    pub id: VariantId,
    #[diesel(sql_type = Text)]
    pub sku: String,
    #[diesel(sql_type = BigInt)]
    pub units: i64,
    /// What one costs everybody; `None` without a price in this currency.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub price: Option<i64>,
}

/// What lies there of each category, what comes to most first.
pub fn stock_value(conn: &mut Conn, currency: Currency, now: NaiveDateTime) -> Result<Vec<Held>> {
    let sql = format!(
        "SELECT COALESCE(category.slug, '') AS category, CAST(SUM(held.units) AS BIGINT) AS units,
        CAST(SUM(CASE WHEN held.price IS NULL THEN held.units ELSE 0 END) AS BIGINT) AS unpriced,
        CAST(SUM(held.units * COALESCE(held.price, 0)) AS BIGINT) AS amount
        FROM ({}) AS held JOIN product ON product.id = held.product_id
        LEFT JOIN category ON category.id = product.category_id
        GROUP BY category.slug ORDER BY amount DESC, category LIMIT {MOST}",
        held(currency, now)
    );
    rows(conn, &sql)
}

/// What lies there of the variants behind a SKU, in their order.
pub fn stock_after(
    conn: &mut Conn,
    sku: &str,
    (currency, now): (Currency, NaiveDateTime),
    most: i64,
) -> Result<Vec<HeldVariant>> {
    let sql =
        format!("{} AND variant.sku > $1 ORDER BY variant.sku LIMIT {most}", held(currency, now));
    let asking = diesel::sql_query(sql).bind::<Text, _>(sku);
    Ok(match conn {
        Conn::Sqlite(conn) => asking.load(conn)?,
        Conn::Postgres(conn) => asking.load(conn)?,
    })
}

fn held(currency: Currency, now: NaiveDateTime) -> String {
    let now = now.format("%Y-%m-%d %H:%M:%S%.6f");
    format!(
        "SELECT variant.id AS id, variant.sku AS sku, variant.product_id AS product_id, stock.on_hand AS units,
        (SELECT price_history.amount FROM price_history WHERE price_history.variant_id = variant.id
        AND price_history.currency = '{currency}' AND price_history.since <= '{now}'
        ORDER BY price_history.since DESC LIMIT 1) AS price
        FROM variant JOIN stock ON stock.variant_id = variant.id WHERE stock.on_hand > 0"
    )
}
