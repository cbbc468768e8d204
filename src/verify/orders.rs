//! Every order against the functions that it came of.

use diesel::prelude::*;
use std::collections::BTreeMap;

use super::Findings;
use crate::db::schema::{order_line, orders};
use crate::db::{Conn, any_of};
use crate::error::Result;
use crate::ids::OrderId;
use crate::orders::{FulfilmentStatus, Units};
use crate::pricing::{Bill, Request, quote};

/// How many orders are in memory at once.
const AT_ONCE: i64 = 1_000;

#[derive(Queryable, Selectable)]
#[diesel(table_name = orders)]
struct Row {
    id: OrderId,
    number: String,
    fulfilment_status: String,
    total_amount: i64,
    tax_amount: i64,
    quote_request: String,
    bill: String,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = order_line)]
struct Line {
    order_id: OrderId,
    quantity: i64,
    shipped: i64,
    returned: i64,
    requires_shipping: bool,
    list_amount: i64,
    discount_amount: i64,
    gross_amount: i64,
}

pub(super) fn check(conn: &mut Conn, findings: &mut Findings) -> Result<()> {
    let mut after = OrderId(0);
    loop {
        let rows: Vec<Row> = orders::table
            .filter(orders::id.gt(after))
            .order(orders::id)
            .limit(AT_ONCE)
            .select(Row::as_select())
            .load(conn)?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.id;
        let mut lines = lines(conn, &rows)?;
        for row in &rows {
            findings.orders += 1;
            let lines = lines.remove(&row.id).unwrap_or_default();
            let broken = [bill(row, &lines), fulfilment(row, &lines)].into_iter().flatten();
            findings.broken.extend(broken.map(|what| format!("Order {}: {what}.", row.number)));
        }
    }
}

fn lines(conn: &mut Conn, rows: &[Row]) -> Result<BTreeMap<OrderId, Vec<Line>>> {
    let ids: Vec<OrderId> = rows.iter().map(|row| row.id).collect();
    let found: Vec<Line> = order_line::table
        .filter(any_of(order_line::order_id, &ids))
        .order((order_line::order_id, order_line::position))
        .select(Line::as_select())
        .load(conn)?;
    let mut lines: BTreeMap<OrderId, Vec<Line>> = BTreeMap::new();
    for line in found {
        lines.entry(line.order_id).or_default().push(line);
    }
    Ok(lines)
}

/// The stored bill is that of the stored request, and the order's sums are the bill's.
fn bill(row: &Row, lines: &[Line]) -> Option<&'static str> {
    let Ok(stored) = serde_json::from_str::<Bill>(&row.bill) else {
        return Some("its bill cannot be read");
    };
    let Ok(request) = Request::from_json(&row.quote_request) else {
        return Some("its request cannot be read");
    };
    if quote(&request).as_ref() != Ok(&stored) {
        return Some("its request comes to another bill");
    }
    let sums = (stored.totals.payable, stored.totals.tax) == (row.total_amount, row.tax_amount);
    let rows = stored.lines.iter().map(|line| (line.list, line.discount, line.gross));
    let same = rows.eq(lines.iter().map(|l| (l.list_amount, l.discount_amount, l.gross_amount)));
    (!sums || !same).then_some("its sums are not those of its bill")
}

fn fulfilment(row: &Row, lines: &[Line]) -> Option<&'static str> {
    let units: Vec<Units> = lines
        .iter()
        .filter(|line| line.requires_shipping)
        .map(|l| Units { ordered: l.quantity, shipped: l.shipped, returned: l.returned })
        .collect();
    let right = FulfilmentStatus::of(&units).code();
    (row.fulfilment_status != right).then_some("its fulfilment status is not what its lines say")
}
