//! All SQL of the room.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::State;
use crate::db::Conn;
use crate::db::schema::{rehearsal, rehearsal_refund};
use crate::error::Result;

/// A payment as the gateway keeps it.
#[derive(Debug, Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = rehearsal)]
pub(super) struct Rehearsed {
    pub reference: String,
    pub attempt: String,
    pub order_number: String,
    pub currency: String,
    pub amount: i64,
    pub status: String,
    pub refunded_amount: i64,
    pub return_url: String,
    pub expires_at: NaiveDateTime,
    pub created_at: NaiveDateTime,
}

/// # Errors
/// A duplicate (`Error::is_duplicate`) when there is one of this attempt.
pub(super) fn insert(conn: &mut Conn, new: &Rehearsed) -> Result<()> {
    diesel::insert_into(rehearsal::table).values(new).execute(conn)?;
    Ok(())
}

pub(super) fn find(conn: &mut Conn, reference: &str) -> Result<Option<Rehearsed>> {
    Ok(rehearsal::table.find(reference).select(Rehearsed::as_select()).first(conn).optional()?)
}

/// By the shop's name of it.
pub(super) fn find_attempt(conn: &mut Conn, attempt: &str) -> Result<Option<Rehearsed>> {
    Ok(rehearsal::table
        .filter(rehearsal::attempt.eq(attempt))
        .select(Rehearsed::as_select())
        .first(conn)
        .optional()?)
}

/// Moves one on; `false` when it does not stand there.
pub(super) fn advance(
    conn: &mut Conn,
    reference: &str,
    (from, to): (State, State),
) -> Result<bool> {
    let standing = rehearsal::table.find(reference).filter(rehearsal::status.eq(from.code()));
    let moved = diesel::update(standing).set(rehearsal::status.eq(to.code())).execute(conn)?;
    Ok(moved == 1)
}

pub(super) fn has_refund(conn: &mut Conn, key: &str) -> Result<bool> {
    Ok(rehearsal_refund::table.find(key).count().get_result::<i64>(conn)? > 0)
}

/// Gives money back; `false` when there is not so much.
pub(super) fn give_back(
    conn: &mut Conn,
    reference: &str,
    (amount, key): (i64, &str),
) -> Result<bool> {
    let has_so_much = rehearsal::table
        .find(reference)
        .filter(rehearsal::status.eq(State::Captured.code()))
        .filter((rehearsal::refunded_amount + amount).le(rehearsal::amount));
    let given = diesel::update(has_so_much)
        .set(rehearsal::refunded_amount.eq(rehearsal::refunded_amount + amount))
        .execute(conn)?;
    if given == 0 {
        return Ok(false);
    }
    diesel::insert_into(rehearsal_refund::table)
        .values((
            rehearsal_refund::idempotency_key.eq(key),
            rehearsal_refund::reference.eq(reference),
            rehearsal_refund::amount.eq(amount),
        ))
        .execute(conn)?;
    Ok(true)
}

/// Deletes payments whose pages closed before an instant, at most so many.
pub(super) fn forget(conn: &mut Conn, before: NaiveDateTime, most: i64) -> Result<usize> {
    let old: Vec<String> = rehearsal::table
        .filter(rehearsal::expires_at.lt(before))
        .order(rehearsal::expires_at)
        .limit(most)
        .select(rehearsal::reference)
        .load(conn)?;
    diesel::delete(rehearsal_refund::table.filter(rehearsal_refund::reference.eq_any(&old)))
        .execute(conn)?;
    Ok(diesel::delete(rehearsal::table.filter(rehearsal::reference.eq_any(&old))).execute(conn)?)
}
