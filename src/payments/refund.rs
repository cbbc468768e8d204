//! Gives money back for what came back, or for peace: the first of two steps, which writes what is
//! owed. The second is in `settle.rs`.

use serde_json::json;
use std::ops::Range;

use super::model::{RefundKind, RefundState};
use super::queries::{self, NewRefund, PaymentRow, RefundedUnits};
use super::settle::REFUND;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::{InvoiceId, OrderId, RefundId, ReturnId};
use crate::invoices::{self, NotCredited, Returned, RowKey};
use crate::jobs::{self, NewJob};
use crate::orders::{self, By, EventKind, Held, MoveError, Moved, Payment, note};
use crate::pricing::{Bill, Quantity, Sold};

/// What is given back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Giving {
    /// Units of lines; of delivery and fees minor units with tax, any part of them.
    Rows(Vec<(RowKey, i64)>),
    /// An amount without goods, in minor units.
    Amount(i64),
}

/// Writes a refund, counted against what was captured, in the caller's transaction. It names what
/// came back on a credit note, if the order has an invoice.
///
/// # Errors
/// `NotSoMuch`, `NoSuchRow`, `TooMany` and `Nothing`: the caller ends its transaction then.
pub fn refund(
    conn: &mut Conn,
    order: OrderId,
    giving: &Giving,
    reason: &str,
    by: &By,
) -> Moved<RefundId> {
    let mut held = orders::hold(conn, order)?;
    let id = match giving {
        Giving::Rows(rows) => give_rows(conn, &held, rows, reason, by)?,
        Giving::Amount(amount) => give_amount(conn, &held, *amount, reason, by)?,
    };
    let sums = queries::sums(conn, order)?;
    orders::move_payment(conn, &mut held, sums, by)?;
    Ok(id)
}

/// Writes a refund for a return of the same order, as [`refund`] does.
///
/// # Errors
/// As for [`refund`], and `NoSuchRow` when the return is of another order.
pub fn refund_return(
    conn: &mut Conn,
    (order, back): (OrderId, ReturnId),
    giving: &Giving,
    reason: &str,
    by: &By,
) -> Moved<RefundId> {
    let id = refund(conn, order, giving, reason, by)?;
    match queries::name_return(conn, (id, order), back)? {
        true => Ok(id),
        false => Err(MoveError::NoSuchRow("such return".into())),
    }
}

/// Promises back all that was received for an order, which the caller holds and ends, and takes back
/// its invoice. Where it was paid once and whole, both are one refund of all that it consists of;
/// else each payment goes back as it came.
pub(super) fn give_all(conn: &mut Conn, held: &Held, reason: &str, by: &By) -> Moved {
    let rows = left(conn, held.id)?;
    let worth = priced(conn, held.id, &rows)?.1;
    let payments = queries::payments_of(conn, held.id)?;
    let paying: Vec<&PaymentRow> = payments.iter().filter(|row| row.kept() > 0).collect();
    match paying[..] {
        [payment] if worth > 0 && payment.kept() >= worth => {
            if payment.kept() > worth {
                let too_much = (payment.kept() - worth, RefundKind::Surplus);
                put(conn, held, payment, too_much, (reason, None), by)?;
            }
            give_rows(conn, held, &rows, reason, by)?;
        }
        _ => {
            if !rows.is_empty() {
                credit(conn, held.id, &rows, reason, by)?;
            }
            for payment in paying {
                let all = (payment.kept(), RefundKind::Goodwill);
                put(conn, held, payment, all, (reason, None), by)?;
            }
        }
    }
    Ok(())
}

fn give_amount(
    conn: &mut Conn,
    held: &Held,
    amount: i64,
    reason: &str,
    by: &By,
) -> Moved<RefundId> {
    if amount <= 0 {
        return Err(MoveError::Nothing);
    }
    let too_much = queries::sums(conn, held.id)?.0 - held.total;
    let kind = if amount <= too_much { RefundKind::Surplus } else { RefundKind::Goodwill };
    let payment = payment_with(conn, held, amount)?;
    put(conn, held, &payment, (amount, kind), (reason, None), by)
}

fn give_rows(
    conn: &mut Conn,
    held: &Held,
    rows: &[(RowKey, i64)],
    reason: &str,
    by: &By,
) -> Moved<RefundId> {
    let (parts, amount) = priced(conn, held.id, rows)?;
    if parts.is_empty() || amount <= 0 {
        return Err(MoveError::Nothing);
    }
    let payment = payment_with(conn, held, amount)?;
    let credit_note = credit(conn, held.id, rows, reason, by)?;
    let kind = RefundKind::Goods;
    let id = put(conn, held, &payment, (amount, kind), (reason, credit_note), by)?;
    for part in &parts {
        queries::insert_refund_line(conn, (id, held.id), part)?;
    }
    Ok(id)
}

/// What these rows come to.
fn priced(
    conn: &mut Conn,
    order: OrderId,
    rows: &[(RowKey, i64)],
) -> Moved<(Vec<RefundedUnits>, i64)> {
    let (sale, earlier) = (sale(conn, order)?, queries::refunded_units(conn, order)?);
    let mut parts = Vec::new();
    for (key, units) in rows.iter().filter(|(_, units)| *units != 0) {
        parts.push(part(&sale, &earlier, *key, *units)?);
    }
    let sum: i64 = parts.iter().map(|part| part.amount).sum();
    let amount = sum + rounding(&sale, &earlier, &parts);
    Ok((parts, amount))
}

/// Names what comes back on a credit note. Before there is an invoice there is nothing to correct.
fn credit(
    conn: &mut Conn,
    order: OrderId,
    rows: &[(RowKey, i64)],
    reason: &str,
    by: &By,
) -> Moved<Option<InvoiceId>> {
    let returned: Vec<Returned> =
        rows.iter().map(|&(row, units)| Returned { row, units }).collect();
    match invoices::credit(conn, order, &returned, reason, by.at)? {
        Ok(id) => Ok(Some(id)),
        Err(NotCredited::NoInvoice) => Ok(None),
        Err(refusal) => Err(MoveError::NotCredited(refusal.to_string())),
    }
}

/// What is left to give back of delivery and fees, as rows of a [`Giving`].
pub fn left_besides_goods(conn: &mut Conn, order: OrderId) -> Result<Vec<(RowKey, i64)>> {
    let is_goods = |key: RowKey| matches!(key, RowKey::Line(_));
    Ok(left(conn, order)?.into_iter().filter(|(key, _)| !is_goods(*key)).collect())
}

/// What is left to give back of everything.
fn left(conn: &mut Conn, order: OrderId) -> Result<Vec<(RowKey, i64)>> {
    let (sale, earlier) = (sale(conn, order)?, queries::refunded_units(conn, order)?);
    let left = keys(&sale.bill).filter_map(|key| {
        let left = size(&sale, key)? - taken(&earlier, &String::from(key));
        Some((key, left))
    });
    Ok(left.filter(|(_, left)| *left > 0).collect())
}

/// Of every row that a bill has.
fn keys(bill: &Bill) -> impl Iterator<Item = RowKey> + '_ {
    let lines = (0..bill.lines.len()).map(RowKey::Line);
    let fees = (0..bill.fees.len()).map(RowKey::Fee);
    lines.chain(bill.shipping.iter().map(|_| RowKey::Delivery)).chain(fees)
}

/// Units are counted from where the last refund ended, so that all refunds add up to the row.
fn part(
    sale: &SoldRows,
    earlier: &[RefundedUnits],
    key: RowKey,
    units: i64,
) -> Moved<RefundedUnits> {
    let row_key = String::from(key);
    let from = taken(earlier, &row_key);
    let to = from.saturating_add(units);
    let position = match key {
        RowKey::Line(position) | RowKey::Fee(position) => {
            i64::try_from(position).unwrap_or(i64::MAX)
        }
        RowKey::Delivery => 0,
    };
    let too_many = || MoveError::TooMany { position, asked: units };
    let size = size(sale, key).ok_or_else(|| MoveError::NoSuchRow(row_key.clone()))?;
    if units < 0 || to > size {
        return Err(too_many());
    }
    let amount = worth(sale, key, from..to).ok_or_else(too_many)?;
    Ok(RefundedUnits { row_key, from, to, amount })
}

fn taken(earlier: &[RefundedUnits], row_key: &str) -> i64 {
    let own = earlier.iter().filter(|part| part.row_key == row_key);
    own.map(|part| part.to).max().unwrap_or_default()
}

/// How many units a row has: delivery and fees can come back in any part.
fn size(sale: &SoldRows, key: RowKey) -> Option<i64> {
    let bill = &sale.bill;
    match key {
        RowKey::Line(at) => sale.quantities.get(at).copied(),
        RowKey::Delivery => bill.shipping.as_ref().map(|row| row.gross),
        RowKey::Fee(at) => bill.fees.get(at).map(|fee| fee.gross),
    }
}

fn worth(sale: &SoldRows, key: RowKey, units: Range<i64>) -> Option<i64> {
    let RowKey::Line(at) = key else { return Some(units.end - units.start) };
    let (line, quantity) = (sale.bill.lines.get(at)?, *sale.quantities.get(at)?);
    let sold = Sold::new(line.gross, line.tax, Quantity::new(quantity)?).ok()?;
    Some(sold.refund(units).ok()?.gross)
}

/// The rounding of cash belongs to no row: it comes back with the last of them.
fn rounding(sale: &SoldRows, earlier: &[RefundedUnits], parts: &[RefundedUnits]) -> i64 {
    let is_all = keys(&sale.bill).all(|key| {
        let row_key = String::from(key);
        let now = parts.iter().find(|part| part.row_key == row_key).map(|part| part.to);
        size(sale, key) == Some(now.unwrap_or_else(|| taken(earlier, &row_key)))
    });
    if is_all { sale.bill.totals.rounding } else { 0 }
}

/// What was sold, row by row.
struct SoldRows {
    bill: Bill,
    /// Of each line.
    quantities: Vec<i64>,
}

fn sale(conn: &mut Conn, order: OrderId) -> Result<SoldRows> {
    let bill = serde_json::from_str(&queries::bill_of(conn, order)?)
        .map_err(|error| Error::internal(format!("a stored bill: {error}")))?;
    Ok(SoldRows { bill, quantities: queries::quantities_of(conn, order)? })
}

/// The payment that the money goes back by: the first that has so much.
fn payment_with(conn: &mut Conn, held: &Held, amount: i64) -> Moved<PaymentRow> {
    let payments = queries::payments_of(conn, held.id)?;
    let has_so_much = |row: &PaymentRow| row.kept() >= amount;
    payments.into_iter().find(has_so_much).ok_or(MoveError::NotSoMuch(amount))
}

/// Writes a refund of one payment, and asks for its second step.
pub(super) fn put(
    conn: &mut Conn,
    held: &Held,
    payment: &PaymentRow,
    (amount, kind): (i64, RefundKind),
    (reason, credit_note): (&str, Option<InvoiceId>),
    by: &By,
) -> Moved<RefundId> {
    if !queries::count_refund(conn, payment.id, amount)? {
        return Err(MoveError::NotSoMuch(amount));
    }
    let is_by_hand = Payment::parse(&payment.gateway).is_some_and(Payment::is_by_hand);
    let state = if is_by_hand { RefundState::ByHand } else { RefundState::Pending };
    let new =
        NewRefund { payment: payment.id, order: held.id, amount, kind, reason, state, credit_note };
    let id = queries::insert_refund(conn, &new, by)?;
    if state == RefundState::Pending {
        jobs::enqueue(conn, &NewJob::new(REFUND, &id, by.at)?, by.at)?;
    }
    let data = json!({ "amount": amount, "reason": reason, "refund": id });
    note(conn, held.id, EventKind::RefundDue, by, &data)?;
    Ok(id)
}
