//! Every order against the functions that it came of.

use diesel::prelude::*;
use std::collections::BTreeMap;

use super::round::Heap;
use crate::db::Conn;
use crate::db::schema::{order_line, orders, payment, refund};
use crate::error::Result;
use crate::ids::OrderId;
use crate::orders::{FulfilmentStatus, PaymentStatus, Units};
use crate::payments::sums_of;
use crate::pricing::{Bill, Request, quote};

pub(super) const HOLDS: &str = "an order is what its rows and its rules say";

#[derive(Queryable, Selectable)]
#[diesel(table_name = orders)]
struct Row {
    id: OrderId,
    number: String,
    payment_status: String,
    fulfilment_status: String,
    currency: String,
    goods_amount: i64,
    discount_amount: i64,
    delivery_amount: i64,
    fee_amount: i64,
    tax_amount: i64,
    rounding_amount: i64,
    total_amount: i64,
    quote_request: String,
    bill: String,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = order_line)]
struct Line {
    quantity: i64,
    shipped: i64,
    returned: i64,
    requires_shipping: bool,
    list_amount: i64,
    discount_amount: i64,
    net_amount: i64,
    tax_amount: i64,
    gross_amount: i64,
}

/// What belongs to an order and is reckoned with.
#[derive(Default)]
struct Parts {
    lines: Vec<Line>,
    captured: i64,
    /// Amount, kind and state.
    refunds: Vec<(i64, String, String)>,
}

/// The last of so many orders that come after one; `None` when there are no more than that.
pub(super) fn last_of(conn: &mut Conn, after: OrderId, most: i64) -> Result<Option<OrderId>> {
    let next = orders::table.filter(orders::id.gt(after)).order(orders::id).select(orders::id);
    Ok(next.offset(most - 1).first(conn).optional()?)
}

/// How many orders a heap has, and what is wrong with them.
pub(super) fn check(conn: &mut Conn, heap: Heap) -> Result<(u64, Vec<String>)> {
    let rows: Vec<Row> = orders::table
        .filter(orders::id.gt(heap.after).and(orders::id.le(heap.until)))
        .select(Row::as_select())
        .load(conn)?;
    let parts = parts(conn, heap)?;
    let none = Parts::default();
    let broken = rows.iter().flat_map(|row| {
        let parts = parts.get(&row.id).unwrap_or(&none);
        let broken = [bill(row, parts), payment(row, parts), fulfilment(row, parts)];
        let broken = broken.into_iter().flatten();
        broken.map(|what| format!("{}: {what}", row.number)).collect::<Vec<_>>()
    });
    Ok((rows.len() as u64, broken.collect()))
}

/// What belongs to the orders of a heap.
fn parts(conn: &mut Conn, heap: Heap) -> Result<BTreeMap<OrderId, Parts>> {
    let mut parts: BTreeMap<OrderId, Parts> = BTreeMap::new();
    let lines: Vec<(OrderId, Line)> = order_line::table
        .filter(order_line::order_id.gt(heap.after).and(order_line::order_id.le(heap.until)))
        .order((order_line::order_id, order_line::position))
        .select((order_line::order_id, Line::as_select()))
        .load(conn)?;
    for (order, line) in lines {
        parts.entry(order).or_default().lines.push(line);
    }
    let captured: Vec<(OrderId, i64)> = payment::table
        .filter(payment::order_id.gt(heap.after).and(payment::order_id.le(heap.until)))
        .select((payment::order_id, payment::captured_amount))
        .load(conn)?;
    for (order, amount) in captured {
        parts.entry(order).or_default().captured += amount;
    }
    let refunds: Vec<(OrderId, (i64, String, String))> = refund::table
        .filter(refund::order_id.gt(heap.after).and(refund::order_id.le(heap.until)))
        .select((refund::order_id, (refund::amount, refund::kind, refund::status)))
        .load(conn)?;
    for (order, refund) in refunds {
        parts.entry(order).or_default().refunds.push(refund);
    }
    Ok(parts)
}

/// The stored bill is that of the stored request, and the order's sums are the bill's.
fn bill(row: &Row, parts: &Parts) -> Option<&'static str> {
    let Ok(request) = Request::from_json(&row.quote_request) else {
        return Some("its request cannot be read");
    };
    let Ok(right) = quote(&request) else { return Some("its request comes to another bill") };
    // Written the same, it is the same: nothing has to be read.
    if serde_json::to_string(&right).ok().as_ref() != Some(&row.bill) {
        match serde_json::from_str::<Bill>(&row.bill) {
            Ok(stored) if stored == right => {}
            Ok(_) => return Some("its request comes to another bill"),
            Err(_) => return Some("its bill cannot be read"),
        }
    }
    (!has_sums_of(row, &right) || !has_lines_of(parts, &right))
        .then_some("its sums are not those of its bill")
}

fn has_sums_of(row: &Row, bill: &Bill) -> bool {
    let totals = &bill.totals;
    let pairs = [
        (row.goods_amount, totals.list),
        (row.discount_amount, totals.discount),
        (row.delivery_amount, totals.shipping),
        (row.fee_amount, totals.fees),
        (row.tax_amount, totals.tax),
        (row.rounding_amount, totals.rounding),
        (row.total_amount, totals.payable),
    ];
    row.currency == bill.currency.code() && pairs.iter().all(|(stored, billed)| stored == billed)
}

fn has_lines_of(parts: &Parts, bill: &Bill) -> bool {
    let billed = bill.lines.iter().map(|l| (l.list, l.discount, l.net, l.tax, l.gross));
    let stored = parts.lines.iter();
    billed.eq(stored.map(|line| {
        (
            line.list_amount,
            line.discount_amount,
            line.net_amount,
            line.tax_amount,
            line.gross_amount,
        )
    }))
}

fn payment(row: &Row, parts: &Parts) -> Option<&'static str> {
    let (captured, refunded) = sums_of(parts.captured, &parts.refunds);
    let right = PaymentStatus::of(row.total_amount, captured, refunded).code();
    (row.payment_status != right).then_some("its payment status is not what came and went back")
}

fn fulfilment(row: &Row, parts: &Parts) -> Option<&'static str> {
    let sent = parts.lines.iter().filter(|line| line.requires_shipping);
    let units =
        sent.map(|l| Units { ordered: l.quantity, shipped: l.shipped, returned: l.returned });
    let right = FulfilmentStatus::of(&units.collect::<Vec<_>>()).code();
    (row.fulfilment_status != right).then_some("its fulfilment status is not what its lines say")
}
