//! All SQL of the room.

use chrono::NaiveDateTime;
use diesel::dsl::case_when;
use diesel::prelude::*;

use super::model::{Charge, cost, latest, micros, refuse};
use crate::db::schema::allowance;
use crate::db::{Conn, within};
use crate::error::{Error, Result};

/// Counts one use by each of its counters, in the caller's transaction: what is rolled back was not
/// used.
///
/// # Errors
/// `TooMany` when nothing is left by one of them.
pub fn spend(conn: &mut Conn, charges: &[Charge], now: NaiveDateTime) -> Result<()> {
    let now = micros(now);
    charges.iter().try_for_each(|charge| spend_one(conn, charge, now))
}

/// Undoes [`spend`]: what turned out to be meant well does not count.
pub fn give_back(conn: &mut Conn, charges: &[Charge]) -> Result<()> {
    for charge in charges {
        diesel::update(allowance::table.filter(allowance::subject.eq(&charge.subject)))
            .set(allowance::used_until.eq(allowance::used_until - cost(charge.rate)))
            .execute(conn)?;
    }
    Ok(())
}

fn spend_one(conn: &mut Conn, charge: &Charge, now: i64) -> Result<()> {
    // Whoever was first to count this subject leaves a row, which the second try finds.
    while !spend_again(conn, charge, now)? {
        match find_used_until(conn, charge)? {
            Some(until) if until > latest(charge.rate, now) => {
                return Err(refuse(charge.counter, charge.rate, until, now));
            }
            // Written since the first look, by somebody who has left enough.
            Some(_) => {}
            None if spend_first(conn, charge, now)? => return Ok(()),
            None => {}
        }
    }
    Ok(())
}

fn spend_again(conn: &mut Conn, charge: &Charge, now: i64) -> Result<bool> {
    let cost = cost(charge.rate);
    let left = allowance::table
        .filter(allowance::subject.eq(&charge.subject))
        .filter(allowance::used_until.le(latest(charge.rate, now)));
    let until = case_when(allowance::used_until.gt(now), allowance::used_until + cost)
        .otherwise(now + cost);
    Ok(diesel::update(left).set(allowance::used_until.eq(until)).execute(conn)? == 1)
}

/// `false` when somebody else has been first.
fn spend_first(conn: &mut Conn, charge: &Charge, now: i64) -> Result<bool> {
    let row =
        (allowance::subject.eq(&charge.subject), allowance::used_until.eq(now + cost(charge.rate)));
    // A savepoint: PostgreSQL would give up the caller's transaction.
    let insert = |conn: &mut Conn| diesel::insert_into(allowance::table).values(row).execute(conn);
    match conn.transaction(insert).map_err(Error::from) {
        Ok(_) => Ok(true),
        Err(error) if error.is_duplicate() => Ok(false),
        Err(error) => Err(error),
    }
}

fn find_used_until(conn: &mut Conn, charge: &Charge) -> Result<Option<i64>> {
    let row = allowance::table.filter(allowance::subject.eq(&charge.subject));
    Ok(row.select(allowance::used_until).first(conn).optional()?)
}

/// Forgets at most `most` rows whose time was over before `now`; how many there were.
pub(super) fn sweep(conn: &mut Conn, now: NaiveDateTime, most: i64) -> Result<usize> {
    let over = allowance::used_until.lt(micros(now));
    let oldest = allowance::table
        .filter(over)
        .order(allowance::used_until)
        .limit(most)
        .select(allowance::subject);
    // One that is used again meanwhile stays.
    let old = allowance::table.filter(within(allowance::subject, oldest)).filter(over);
    Ok(diesel::delete(old).execute(conn)?)
}
