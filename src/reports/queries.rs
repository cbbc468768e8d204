//! All SQL of the room.

use chrono::NaiveDateTime;
use chrono_tz::Tz;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::model::{BestSeller, DaySold, Days, Sales, Sum};
use super::{postgres, sqlite};
use crate::db::Conn;
use crate::error::Result;
use crate::money::Currency;

/// Orders of no real money, by the last way in which each was to be paid.
const TESTS: &str = "SELECT payment.order_id FROM payment WHERE {is_test} AND NOT EXISTS
    (SELECT 1 FROM payment AS later WHERE later.order_id = payment.order_id AND later.id > payment.id)";

/// The orders of a span that count. Said of what does not: by what does, SQLite goes to another index and to every row.
const SOLD: &str = "orders.placed_at >= span.begins AND orders.placed_at < span.ends
    AND orders.status NOT IN ('pending', 'cancelled') AND orders.currency = $2 AND orders.id NOT IN ({tests})";

const SUMS: &str =
    "SELECT span.n AS n, COUNT(*) AS orders, CAST(SUM(orders.total_amount) AS BIGINT) AS amount
    FROM {spans} CROSS JOIN orders WHERE {sold} GROUP BY span.n";

const GIVEN_BACK: &str = "SELECT span.n AS n, COUNT(*) AS orders, CAST(SUM(refund.amount) AS BIGINT) AS amount
    FROM {spans} CROSS JOIN refund JOIN payment ON payment.id = refund.payment_id
    WHERE refund.status IN ('pending', 'done', 'failed', 'by_hand') AND refund.created_at >= span.begins
    AND refund.created_at < span.ends AND refund.kind <> 'surplus' AND payment.currency = $2 AND NOT ({is_test})
    GROUP BY span.n";

const BEST: &str = "SELECT line.product_slug AS slug, MAX(line.name) AS name,
    CAST(SUM(line.quantity) AS BIGINT) AS units, CAST(SUM(line.gross_amount) AS BIGINT) AS amount
    FROM {spans} CROSS JOIN orders CROSS JOIN order_line AS line WHERE {sold} AND line.order_id = orders.id
    GROUP BY line.product_slug ORDER BY units DESC, amount DESC, slug LIMIT {most}";

/// What was sold on these days and on as many before them, in this order.
///
/// An order counts with its total as it was placed (goods, delivery, fees and tax, less discounts), by
/// the day on which it was placed in the shop's time zone, paid or not, as long as it stands: `placed`
/// or `completed`, so neither while it waits for a gateway nor once it is cancelled. Orders of no
/// real money count nowhere, nor do those in another currency than the shop's. What goes back is a sum of
/// its own, by the day on which each refund was written, and not taken off the sales; money that an order
/// never wanted (`RefundKind::Surplus`) is no part of either.
pub fn sales(
    conn: &mut Conn,
    days: Days,
    (zone, currency): (Tz, Currency),
) -> Result<(Sales, Sales)> {
    let each: Vec<_> = days.before().each().chain(days.each()).collect();
    let spans: Vec<_> =
        each.iter().map(|day| Days { from: *day, until: *day }.instants(zone)).collect();
    let sums: Vec<SumRow> = ask(conn, SUMS, &spans, currency)?;
    let both = [days.before().instants(zone), days.instants(zone)];
    let given_back: Vec<SumRow> = ask(conn, GIVEN_BACK, &both, currency)?;
    let given_back = |n| sum_at(&given_back, n).amount;
    let sold = each.iter().zip(0..).map(|(day, n)| DaySold { day: *day, sum: sum_at(&sums, n) });
    let mut before: Vec<DaySold> = sold.collect();
    let now = before.split_off(before.len() / 2);
    Ok((
        Sales { days: now, given_back: given_back(1) },
        Sales { days: before, given_back: given_back(0) },
    ))
}

fn sum_at(rows: &[SumRow], n: i64) -> Sum {
    let own = rows.iter().find(|row| row.n == n);
    own.map(|row| Sum { orders: row.orders, amount: row.amount }).unwrap_or_default()
}

/// The products of which most units were sold on these days, of the orders that [`sales`] counts; the
/// most first. Units that came back are among them.
pub fn best_sellers(
    conn: &mut Conn,
    days: Days,
    (zone, currency): (Tz, Currency),
    most: u32,
) -> Result<Vec<BestSeller>> {
    let sql = BEST.replace("{most}", &most.to_string());
    let rows: Vec<BestRow> = ask(conn, &sql, &[days.instants(zone)], currency)?;
    let seller = |BestRow { slug, name, units, amount }| BestSeller { slug, name, units, amount };
    Ok(rows.into_iter().map(seller).collect())
}

#[derive(QueryableByName)]
struct SumRow {
    #[diesel(sql_type = BigInt)]
    n: i64,
    #[diesel(sql_type = BigInt)]
    orders: i64,
    #[diesel(sql_type = BigInt)]
    amount: i64,
}

#[derive(QueryableByName)]
struct BestRow {
    #[diesel(sql_type = Text)]
    slug: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = BigInt)]
    units: i64,
    #[diesel(sql_type = BigInt)]
    amount: i64,
}

/// Asks about spans of time (UTC), each from its first instant to before its last.
pub(super) fn ask<Row>(
    conn: &mut Conn,
    sql: &str,
    spans: &[(NaiveDateTime, NaiveDateTime)],
    currency: Currency,
) -> Result<Vec<Row>>
where
    Row: QueryableByName<diesel::sqlite::Sqlite> + QueryableByName<diesel::pg::Pg> + 'static,
{
    let moment = |at: &NaiveDateTime| at.format("%Y-%m-%d %H:%M:%S").to_string();
    let spans: Vec<_> = spans.iter().map(|(begin, end)| [moment(begin), moment(end)]).collect();
    let spans = serde_json::json!(spans).to_string();
    let words = |spans, is_test| {
        let sql = sql.replace("{sold}", SOLD).replace("{tests}", TESTS);
        sql.replace("{spans}", spans).replace("{is_test}", is_test)
    };
    Ok(match conn {
        Conn::Sqlite(conn) => diesel::sql_query(words(sqlite::SPANS, sqlite::IS_TEST))
            .bind::<Text, _>(spans)
            .bind::<Text, _>(currency.code())
            .load(conn)?,
        Conn::Postgres(conn) => diesel::sql_query(words(postgres::SPANS, postgres::IS_TEST))
            .bind::<Text, _>(spans)
            .bind::<Text, _>(currency.code())
            .load(conn)?,
    })
}
