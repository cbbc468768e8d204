//! All SQL of the room.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::{Alert, ENDABLE, WAITS, told_for};
use crate::db::schema::{product, stock, stock_alert, variant};
use crate::db::{Conn, any_of};
use crate::error::{Error, Result};
use crate::ids::{LinkToken, StockAlertId, VariantId};
use crate::language::Language;
use crate::promotions::CustomerKey;
use crate::search::visible;
use crate::stock::available;

/// Has the owner of a proven mailbox told when a variant can be had again. Who was told once waits
/// anew, who waits still waits longer.
pub(super) fn wait(
    conn: &mut Conn,
    variant: VariantId,
    email: &str,
    language: Language,
    now: NaiveDateTime,
) -> Result<()> {
    if wait_again(conn, variant, email, now)? {
        return Ok(());
    }
    let row = (
        stock_alert::variant_id.eq(variant),
        stock_alert::email.eq(email),
        stock_alert::email_key.eq(CustomerKey::of(email).as_str().to_owned()),
        stock_alert::locale.eq(language.code()),
        stock_alert::asked_at.eq(now),
        stock_alert::expires_at.eq(now + WAITS),
    );
    // A savepoint: PostgreSQL would give up the caller's transaction.
    let insert = |conn: &mut Conn| -> Result<usize> {
        Ok(diesel::insert_into(stock_alert::table).values(row).execute(conn)?)
    };
    match conn.transaction(insert) {
        Err(error) if Error::is_duplicate(&error) => {
            wait_again(conn, variant, email, now).map(|_| ())
        }
        made => made.map(|_| ()),
    }
}

fn wait_again(
    conn: &mut Conn,
    variant: VariantId,
    email: &str,
    now: NaiveDateTime,
) -> Result<bool> {
    let key = CustomerKey::of(email);
    let known = stock_alert::table
        .filter(stock_alert::variant_id.eq(variant))
        .filter(stock_alert::email_key.eq(key.as_str()));
    let again = diesel::update(known).set((
        stock_alert::told_at.eq(None::<NaiveDateTime>),
        stock_alert::expires_at.eq(now + WAITS),
    ));
    Ok(again.execute(conn)? == 1)
}

/// Who is to be told now that a variant can be had, those who asked first first: from now on they
/// are told. Nobody while there is none of it, or its page is not to be seen.
pub fn take(conn: &mut Conn, wanted: VariantId, now: NaiveDateTime) -> Result<Vec<Alert>> {
    let there: Option<i64> = stock::table
        .inner_join(variant::table.inner_join(product::table))
        .filter(stock::variant_id.eq(wanted))
        .filter(variant::active.eq(true))
        .filter(visible(now))
        .select(available())
        .first(conn)
        .optional()?;
    let ids: Vec<StockAlertId> = stock_alert::table
        .filter(stock_alert::variant_id.eq(wanted))
        .filter(stock_alert::told_at.is_null())
        .filter(stock_alert::expires_at.gt(now))
        .order((stock_alert::asked_at, stock_alert::id))
        .limit(told_for(there.unwrap_or_default()))
        .select(stock_alert::id)
        .load(conn)?;
    let told = ids.into_iter().filter_map(|id| tell(conn, id, now).transpose());
    told.collect()
}

/// Nobody when another crew has told her.
fn tell(conn: &mut Conn, id: StockAlertId, now: NaiveDateTime) -> Result<Option<Alert>> {
    let token = LinkToken::random();
    let untold = stock_alert::table.find(id).filter(stock_alert::told_at.is_null());
    let told: Option<(String, String)> = diesel::update(untold)
        .set((
            stock_alert::told_at.eq(now),
            stock_alert::token_hash.eq(token.hash()),
            stock_alert::expires_at.eq(now + ENDABLE),
        ))
        .returning((stock_alert::email, stock_alert::locale))
        .get_result(conn)
        .optional()?;
    Ok(told.map(|(email, locale)| Alert { id, email, locale, token }))
}

/// Whoever waits at one address waits at the other from now on, for each thing once.
pub fn follow(conn: &mut Conn, old: &str, new: &str) -> Result<()> {
    let (key, other) = (CustomerKey::of(old), CustomerKey::of(new));
    let there = stock_alert::table.filter(stock_alert::email_key.eq(other.as_str()));
    let there: Vec<VariantId> = there.select(stock_alert::variant_id).load(conn)?;
    let hers = stock_alert::table.filter(stock_alert::email_key.eq(key.as_str()));
    diesel::delete(hers.filter(any_of(stock_alert::variant_id, &there))).execute(conn)?;
    let moved = (stock_alert::email.eq(new), stock_alert::email_key.eq(other.as_str()));
    diesel::update(hers).set(moved).execute(conn)?;
    Ok(())
}

/// Ends all alerts of whoever has this link.
pub(super) fn stop(conn: &mut Conn, token: &LinkToken) -> Result<()> {
    let hers = stock_alert::table.filter(stock_alert::token_hash.eq(token.hash()));
    let key: Option<String> = hers.select(stock_alert::email_key).first(conn).optional()?;
    if let Some(key) = key {
        diesel::delete(stock_alert::table.filter(stock_alert::email_key.eq(key))).execute(conn)?;
    }
    Ok(())
}

/// What is there and still awaited, at most so many.
pub(super) fn awaited(conn: &mut Conn, now: NaiveDateTime, most: i64) -> Result<Vec<VariantId>> {
    Ok(stock_alert::table
        .inner_join(variant::table.inner_join(stock::table).inner_join(product::table))
        .filter(stock_alert::told_at.is_null())
        .filter(stock_alert::expires_at.gt(now))
        .filter(available().gt(0))
        .filter(variant::active.eq(true))
        .filter(visible(now))
        .select(stock_alert::variant_id)
        .distinct()
        .limit(most)
        .load(conn)?)
}

/// Forgets so many at most of those whose time is over; how many.
pub(super) fn sweep(conn: &mut Conn, now: NaiveDateTime, most: i64) -> Result<usize> {
    let old: Vec<StockAlertId> = stock_alert::table
        .filter(stock_alert::expires_at.le(now))
        .limit(most)
        .select(stock_alert::id)
        .load(conn)?;
    Ok(diesel::delete(stock_alert::table.filter(any_of(stock_alert::id, &old))).execute(conn)?)
}
