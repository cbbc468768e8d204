//! All SQL of the room.

use chrono::{Days, NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Text};

use super::counts::Counts;
use super::model::Words;
use crate::db::schema::{cart_day, search_day};
use crate::db::{Conn, Db};
use crate::error::Result;
use crate::jobs::{Kind, Queue, Works};

const SWEEP: Kind = Kind { queue: Queue::Shop, name: "tally.sweep" };
/// As long as a year can be held against the one before by its last month.
const KEPT: Days = Days::new(396);
/// So many different words are kept of a day: more are made up.
const MOST_A_DAY: i64 = 2_000;

/// Every hour forgets what was counted long ago.
pub fn works(works: Works, db: &Db) -> Works {
    works.sweeping(SWEEP, db, forget)
}

fn forget(conn: &mut Conn, now: NaiveDateTime, most: i64) -> Result<usize> {
    let Some(last) = now.date().checked_sub_days(KEPT) else { return Ok(0) };
    diesel::delete(cart_day::table.filter(cart_day::day.lt(last))).execute(conn)?;
    let old: Vec<(NaiveDate, String)> = search_day::table
        .filter(search_day::day.lt(last))
        .order((search_day::day, search_day::words))
        .limit(most)
        .select((search_day::day, search_day::words))
        .load(conn)?;
    for (day, words) in &old {
        diesel::delete(search_day::table.find((day, words))).execute(conn)?;
    }
    Ok(old.len())
}

/// Adds what was counted. In the order of its keys, so that two instances never wait for each other in a ring.
pub(super) fn add(conn: &mut Conn, counts: &Counts) -> Result<()> {
    for (day, carts) in &counts.carts {
        add_carts(conn, *day, *carts)?;
    }
    for ((day, words), (searches, empty)) in &counts.searches {
        add_searches(conn, *day, words, (*searches, *empty))?;
    }
    Ok(())
}

fn add_carts(conn: &mut Conn, day: NaiveDate, carts: i64) -> Result<()> {
    let sql = "INSERT INTO cart_day (day, carts) VALUES ($1, $2)
        ON CONFLICT (day) DO UPDATE SET carts = cart_day.carts + excluded.carts";
    let adding = diesel::sql_query(sql).bind::<Date, _>(day).bind::<BigInt, _>(carts);
    match conn {
        Conn::Sqlite(conn) => adding.execute(conn)?,
        Conn::Postgres(conn) => adding.execute(conn)?,
    };
    Ok(())
}

/// On a day that has words enough only those are counted.
fn add_searches(
    conn: &mut Conn,
    day: NaiveDate,
    words: &Words,
    (searches, empty): (i64, i64),
) -> Result<()> {
    let sql = "INSERT INTO search_day (day, words, searches, empty) SELECT $1, $2, $3, $4
        WHERE (SELECT COUNT(*) FROM search_day WHERE day = $1) < $5
        OR EXISTS (SELECT 1 FROM search_day WHERE day = $1 AND words = $2)
        ON CONFLICT (day, words) DO UPDATE SET searches = search_day.searches + excluded.searches,
        empty = search_day.empty + excluded.empty";
    let adding = diesel::sql_query(sql)
        .bind::<Date, _>(day)
        .bind::<Text, _>(words.as_str())
        .bind::<BigInt, _>(searches)
        .bind::<BigInt, _>(empty)
        .bind::<BigInt, _>(MOST_A_DAY);
    match conn {
        Conn::Sqlite(conn) => adding.execute(conn)?,
        Conn::Postgres(conn) => adding.execute(conn)?,
    };
    Ok(())
}

/// Into how many carts something was put from one day to another, both included.
pub fn carts(conn: &mut Conn, from: NaiveDate, until: NaiveDate) -> Result<i64> {
    let days = cart_day::table.filter(cart_day::day.between(from, until));
    let carts: Vec<i64> = days.select(cart_day::carts).load(conn)?;
    Ok(carts.into_iter().sum())
}

/// Words that were searched.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Searched {
    #[diesel(sql_type = Text)]
    pub words: String,
    #[diesel(sql_type = BigInt)]
    pub searches: i64,
    /// How many of them found nothing.
    #[diesel(sql_type = BigInt)]
    pub empty: i64,
}

/// What was searched most from one day to another, both included; only what was searched in vain, if that is
/// wanted, with what was so most first.
pub fn searches(
    conn: &mut Conn,
    (from, until): (NaiveDate, NaiveDate),
    in_vain: bool,
    most: i64,
) -> Result<Vec<Searched>> {
    let (having, order) = match in_vain {
        true => ("HAVING SUM(empty) > 0", "empty DESC, searches DESC, words"),
        false => ("", "searches DESC, words"),
    };
    let sql = format!(
        "SELECT words, CAST(SUM(searches) AS BIGINT) AS searches, CAST(SUM(empty) AS BIGINT) AS empty FROM search_day
        WHERE day >= $1 AND day <= $2 GROUP BY words {having} ORDER BY {order} LIMIT {most}"
    );
    let asking = diesel::sql_query(sql).bind::<Date, _>(from).bind::<Date, _>(until);
    Ok(match conn {
        Conn::Sqlite(conn) => asking.load(conn)?,
        Conn::Postgres(conn) => asking.load(conn)?,
    })
}
