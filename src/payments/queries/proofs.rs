//! Pictures by which shoppers show that they have paid.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::schema::{orders, payment_proof};
use crate::db::{Conn, any_of};
use crate::error::Result;
use crate::ids::OrderId;
use crate::orders::{OrderStatus, PaymentStatus};

/// Whether a shopper has shown this very picture before.
pub(in crate::payments) fn has_proof(
    conn: &mut Conn,
    order: OrderId,
    picture: &[u8],
) -> Result<bool> {
    let same = payment_proof::table
        .filter(payment_proof::order_id.eq(order))
        .filter(payment_proof::bytes.eq(picture));
    Ok(same.count().get_result::<i64>(conn)? > 0)
}

/// Keeps a picture (JPEG).
pub(in crate::payments) fn insert_proof(
    conn: &mut Conn,
    (order, position): (OrderId, i64),
    picture: &[u8],
    now: NaiveDateTime,
) -> Result<()> {
    diesel::insert_into(payment_proof::table)
        .values((
            payment_proof::order_id.eq(order),
            payment_proof::position.eq(position),
            payment_proof::media_type.eq("image/jpeg"),
            payment_proof::bytes.eq(picture),
            payment_proof::uploaded_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// A picture (JPEG) by which the shopper shows that she has paid, counted from 0.
pub fn find_proof(conn: &mut Conn, order: OrderId, position: i64) -> Result<Option<Vec<u8>>> {
    Ok(payment_proof::table
        .filter(payment_proof::order_id.eq(order))
        .filter(payment_proof::position.eq(position))
        .select(payment_proof::bytes)
        .first(conn)
        .optional()?)
}

/// Deletes pictures that came before an instant, at most so many, of orders whose money is settled: as
/// long as it is not, nobody cancels them.
pub(in crate::payments) fn forget_proofs(
    conn: &mut Conn,
    before: NaiveDateTime,
    most: i64,
) -> Result<usize> {
    let short = [PaymentStatus::Unpaid, PaymentStatus::PartPaid].map(PaymentStatus::code);
    let is_over = orders::status.eq(OrderStatus::Cancelled.code());
    let old: Vec<i64> = payment_proof::table
        .inner_join(orders::table)
        .filter(payment_proof::uploaded_at.lt(before))
        .filter(is_over.or(orders::payment_status.ne_all(short)))
        .order(payment_proof::uploaded_at)
        .limit(most)
        .select(payment_proof::id)
        .load(conn)?;
    Ok(diesel::delete(payment_proof::table.filter(any_of(payment_proof::id, &old)))
        .execute(conn)?)
}
