//! Notices of gateways.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::schema::payment_inbox;
use crate::error::Result;

/// A notice as it is kept.
#[derive(Debug, Clone, Queryable)]
pub(in crate::payments) struct Kept {
    pub attempt: Option<String>,
    pub reference: Option<String>,
}

/// Keeps a notice.
///
/// # Errors
/// A duplicate (`Error::is_duplicate`) when it came before.
pub(in crate::payments) fn insert_notice(
    conn: &mut Conn,
    (gateway, event): (&str, &str),
    (attempt, reference): (Option<&str>, Option<&str>),
    payload: &str,
    now: NaiveDateTime,
) -> Result<()> {
    diesel::insert_into(payment_inbox::table)
        .values((
            payment_inbox::gateway.eq(gateway),
            payment_inbox::event_id.eq(event),
            payment_inbox::attempt.eq(attempt),
            payment_inbox::reference.eq(reference),
            payment_inbox::payload.eq(payload),
            payment_inbox::received_at.eq(now),
            payment_inbox::error.eq(""),
        ))
        .execute(conn)?;
    Ok(())
}

pub(in crate::payments) fn has_notice(conn: &mut Conn, gateway: &str, event: &str) -> Result<bool> {
    let kept = payment_inbox::table.find((gateway, event)).count().get_result::<i64>(conn)?;
    Ok(kept > 0)
}

/// A notice that waits to be acted on.
pub(in crate::payments) fn find_notice(
    conn: &mut Conn,
    gateway: &str,
    event: &str,
) -> Result<Option<Kept>> {
    Ok(payment_inbox::table
        .find((gateway, event))
        .filter(payment_inbox::processed_at.is_null())
        .select((payment_inbox::attempt, payment_inbox::reference))
        .first(conn)
        .optional()?)
}

pub(in crate::payments) fn close_notice(
    conn: &mut Conn,
    (gateway, event): (&str, &str),
    error: &str,
    now: NaiveDateTime,
) -> Result<()> {
    diesel::update(payment_inbox::table.find((gateway, event)))
        .set((payment_inbox::processed_at.eq(now), payment_inbox::error.eq(error)))
        .execute(conn)?;
    Ok(())
}

/// Deletes notices that were acted on before an instant, about so many.
pub(in crate::payments) fn forget_notices(
    conn: &mut Conn,
    before: NaiveDateTime,
    most: i64,
) -> Result<usize> {
    let done_at = payment_inbox::processed_at.assume_not_null();
    let old: Vec<NaiveDateTime> = payment_inbox::table
        .filter(payment_inbox::processed_at.lt(before))
        .order(payment_inbox::processed_at)
        .limit(most)
        .select(done_at)
        .load(conn)?;
    let Some(last) = old.last() else { return Ok(0) };
    let old = payment_inbox::table.filter(payment_inbox::processed_at.le(last));
    Ok(diesel::delete(old).execute(conn)?)
}
