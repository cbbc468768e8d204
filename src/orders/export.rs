//! All orders of some days as a table, for the books, piece by piece: a million take no more memory than
//! some hundreds. Nothing in it says who has ordered.

use actix_web::web::Bytes;
use chrono::{NaiveDateTime, TimeZone};
use chrono_tz::Tz;
use diesel::prelude::*;
use futures_util::Stream;
use futures_util::stream::try_unfold;
use std::collections::BTreeMap;

use crate::db::schema::{orders, refund};
use crate::db::{Conn, Db, any_of};
use crate::error::{Error, Result};
use crate::ids::OrderId;
use crate::money::{Currency, Money};
use crate::web::cells::{self, guarded};

/// So many orders are read at once.
const AT_ONCE: i64 = 500;

const COLUMNS: [&str; 17] = [
    "number",
    "placed_at",
    "status",
    "payment_status",
    "fulfilment_status",
    "country",
    "payment_method",
    "currency",
    "goods",
    "discount",
    "delivery",
    "fee",
    "net",
    "tax",
    "rounding",
    "total",
    "given_back",
];

/// After which order the table goes on; `None` for its beginning.
type After = Option<(NaiveDateTime, OrderId)>;

/// The file, in pieces: orders that were placed from one instant (UTC) to before another, the first one
/// first, with the shop's own time.
pub fn rows(
    db: Db,
    span: (NaiveDateTime, NaiveDateTime),
    zone: Tz,
) -> impl Stream<Item = Result<Bytes>> {
    try_unfold(Some(None), move |after: Option<After>| {
        let db = db.clone();
        async move {
            let Some(after) = after else { return Ok(None) };
            let read = move |conn: &mut Conn| piece(conn, span, after, zone);
            db.read_long(read).await.map(Some)
        }
    })
}

#[derive(Queryable)]
struct Row {
    id: OrderId,
    number: String,
    placed_at: NaiveDateTime,
    /// Of the order, its payment, its goods.
    statuses: (String, String, String),
    country: String,
    payment_method: String,
    currency: String,
    goods: (i64, i64, i64, i64),
    sums: (i64, i64, i64),
}

fn piece(
    conn: &mut Conn,
    (begins, ends): (NaiveDateTime, NaiveDateTime),
    after: After,
    zone: Tz,
) -> Result<(Bytes, Option<After>)> {
    let from = after.map_or(begins, |(at, _)| at);
    let mut found = orders::table
        .filter(orders::placed_at.ge(from))
        .filter(orders::placed_at.lt(ends))
        .into_boxed();
    if let Some((at, id)) = after {
        found = found.filter(orders::placed_at.gt(at).or(orders::id.gt(id)));
    }
    let rows: Vec<Row> = found
        .order((orders::placed_at, orders::id))
        .limit(AT_ONCE)
        .select((
            orders::id,
            orders::number,
            orders::placed_at,
            (orders::status, orders::payment_status, orders::fulfilment_status),
            orders::country,
            orders::payment_method,
            orders::currency,
            (
                orders::goods_amount,
                orders::discount_amount,
                orders::delivery_amount,
                orders::fee_amount,
            ),
            (orders::tax_amount, orders::rounding_amount, orders::total_amount),
        ))
        .load(conn)?;
    let given_back = given_back(conn, &rows)?;
    let rest = rows.last().map(|last| Some((last.placed_at, last.id)));
    Ok((written(&rows, &given_back, (after.is_none(), zone))?, rest))
}

/// What went back of each order, or is on its way.
fn given_back(conn: &mut Conn, rows: &[Row]) -> Result<BTreeMap<OrderId, i64>> {
    let ids: Vec<OrderId> = rows.iter().map(|row| row.id).collect();
    let refunds: Vec<(OrderId, i64)> = refund::table
        .filter(any_of(refund::order_id, &ids))
        .filter(refund::status.eq_any(["pending", "done", "failed", "by_hand"]))
        .filter(refund::kind.ne("surplus"))
        .select((refund::order_id, refund::amount))
        .load(conn)?;
    let mut sums = BTreeMap::new();
    for (order, amount) in refunds {
        *sums.entry(order).or_insert(0) += amount;
    }
    Ok(sums)
}

fn written(
    rows: &[Row],
    given_back: &BTreeMap<OrderId, i64>,
    (is_first, zone): (bool, Tz),
) -> Result<Bytes> {
    let mut table = Vec::with_capacity(rows.len() + 1);
    if is_first {
        table.push(COLUMNS.map(str::to_owned).to_vec());
    }
    for row in rows {
        let back = given_back.get(&row.id).copied().unwrap_or_default();
        table.push(row.cells(back, zone)?);
    }
    cells::lines(table)
}

impl Row {
    fn cells(&self, back: i64, zone: Tz) -> Result<Vec<String>> {
        let currency =
            Currency::parse(&self.currency).map_err(|e| Error::internal(e.to_string()))?;
        let amount = |minor| Money::new(minor, currency).plain();
        let at = zone.from_utc_datetime(&self.placed_at).format("%Y-%m-%d %H:%M:%S").to_string();
        let (status, payment, fulfilment) = &self.statuses;
        let (country, method) = (&self.country, &self.payment_method);
        let texts =
            [&self.number, &at, status, payment, fulfilment, country, method, &self.currency];
        let ((goods, discount, delivery, fee), (tax, rounding, total)) = (self.goods, self.sums);
        let net = total - tax - rounding;
        let amounts = [goods, discount, delivery, fee, net, tax, rounding, total, back].map(amount);
        Ok(texts.map(|text| guarded(text).into_owned()).into_iter().chain(amounts).collect())
    }
}
