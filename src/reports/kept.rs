//! Days whose sums are kept. The open day never is: it is read from the orders themselves, and so is a
//! day of which something has changed since, until it is reckoned anew.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta, TimeZone};
use chrono_tz::Tz;
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use std::collections::BTreeSet;

use super::blocks::{BLOCKS, LARGEST, block_of};
use super::entries::{AMOUNTS, KEY, Subject};
use super::model::Days;
use super::queries::run;
use super::worth;
use crate::db::schema::{orders, sales_change, sales_day, sales_sum};
use crate::db::{Conn, Db};
use crate::error::Result;
use crate::jobs::{Failure, Kind, Queue, Task, Works};
use crate::settings;

const KEEP: Kind = Kind { queue: Queue::Shop, name: "reports.days" };
/// So often days are looked for that are not kept.
const EVERY: TimeDelta = TimeDelta::minutes(5);
/// A day is over for so long before its sums are kept: a change within half an hour of its order leaves
/// no trace in `sales_change`, and no transaction takes the other half.
const OVER: TimeDelta = TimeDelta::hours(1);
/// So many days are reckoned in one go, each in a transaction of its own.
const MOST: usize = 200;

/// Every few minutes days that are over, or have changed, are summed up; and what the stock is worth.
pub fn works(works: Works, db: &Db) -> Works {
    let works = worth::works(works, db);
    let db = db.clone();
    works.every(KEEP, EVERY, move |task| Box::pin(keep(db.clone(), task)))
}

async fn keep(db: Db, task: Task) -> std::result::Result<(), Failure> {
    keep_days(&db, task.now, MOST).await?;
    Ok(())
}

/// Sums up so many of the days that are not kept, the newest first; says how many.
pub async fn keep_days(db: &Db, now: NaiveDateTime, most: usize) -> Result<usize> {
    let load = move |conn: &mut Conn| {
        let zone = settings::load(conn)?.time_zone;
        Ok((zone, waiting(conn, zone, now, most)?))
    };
    let (zone, days) = db.read_long(load).await?;
    for day in &days {
        let day = *day;
        db.write(move |conn| sum_up(conn, day, zone)).await?;
    }
    Ok(days.len())
}

/// Days that are over and not kept as they are.
fn waiting(conn: &mut Conn, zone: Tz, now: NaiveDateTime, most: usize) -> Result<Vec<NaiveDate>> {
    let first = orders::table.order((orders::placed_at, orders::id)).select(orders::placed_at);
    let Some(first) = first.first::<NaiveDateTime>(conn).optional()? else { return Ok(Vec::new()) };
    let day = |at: NaiveDateTime| zone.from_utc_datetime(&at).date_naive();
    let Some(last) = day(now - OVER).pred_opt() else { return Ok(Vec::new()) };
    let days = Days { from: day(first), until: last };
    let kept = kept(conn, days, zone)?;
    let mut open: Vec<NaiveDate> = days.each().filter(|day| !kept.contains(day)).collect();
    open.reverse();
    open.truncate(most);
    Ok(open)
}

/// Those of the days whose sums are kept as they are, by this clock.
pub(super) fn kept(conn: &mut Conn, days: Days, zone: Tz) -> Result<BTreeSet<NaiveDate>> {
    let later = sales_change::table
        .filter(sales_change::at.ge(sales_day::begins_at))
        .filter(sales_change::at.lt(sales_day::ends_at));
    let known: Vec<(NaiveDate, NaiveDateTime, NaiveDateTime)> = sales_day::table
        .filter(sales_day::day.between(days.from, days.until))
        .filter(not(exists(later)))
        .select((sales_day::day, sales_day::begins_at, sales_day::ends_at))
        .load(conn)?;
    let is_right = |(day, begins, ends): &(NaiveDate, NaiveDateTime, NaiveDateTime)| {
        Days { from: *day, until: *day }.instants(zone) == (*begins, *ends)
    };
    Ok(known.into_iter().filter(is_right).map(|(day, ..)| day).collect())
}

/// Reckons the sums of a day anew, in the caller's transaction.
///
/// Writing the row of its block comes first, so that no two do this at once. What is taken away of `sales_change` is
/// seen by the questions after it; what is written there meanwhile stays, and the day is reckoned once more.
pub fn sum_up(conn: &mut Conn, day: NaiveDate, zone: Tz) -> Result<()> {
    let (begins, ends) = Days { from: day, until: day }.instants(zone);
    run(conn, &holding(block_of(day, LARGEST)))?;
    write_day(conn, day, (begins, ends))?;
    let changes = sales_change::table.filter(sales_change::at.ge(begins));
    diesel::delete(changes.filter(sales_change::at.lt(ends))).execute(conn)?;
    for subject in Subject::ALL {
        forget(conn, subject, (1, day))?;
        run(conn, &summing(subject, day))?;
    }
    add_up_blocks(conn, day)
}

/// Adds up the blocks of a day again, as far as all days of them are kept.
fn add_up_blocks(conn: &mut Conn, day: NaiveDate) -> Result<()> {
    let mut of = 1;
    for size in BLOCKS {
        let block = block_of(day, size);
        let is_whole = count(conn, block)? == size;
        for subject in Subject::ALL {
            forget(conn, subject, (size, block.from))?;
            if is_whole {
                run(conn, &adding_up(subject, block, (size, of)))?;
            }
        }
        of = size;
    }
    Ok(())
}

/// How many of the days have sums.
pub(super) fn count(conn: &mut Conn, days: Days) -> Result<i64> {
    let known = sales_day::table.filter(sales_day::day.between(days.from, days.until));
    Ok(known.count().get_result(conn)?)
}

fn forget(conn: &mut Conn, subject: Subject, (size, first): (i64, NaiveDate)) -> Result<()> {
    let sums = sales_sum::table
        .filter(sales_sum::report.eq(subject.code()))
        .filter(sales_sum::days.eq(size))
        .filter(sales_sum::day.eq(first));
    diesel::delete(sums).execute(conn)?;
    Ok(())
}

fn write_day(
    conn: &mut Conn,
    day: NaiveDate,
    (begins, ends): (NaiveDateTime, NaiveDateTime),
) -> Result<()> {
    let span = (sales_day::begins_at.eq(begins), sales_day::ends_at.eq(ends));
    if diesel::update(sales_day::table.find(day)).set(span).execute(conn)? == 0 {
        diesel::insert_into(sales_day::table)
            .values((sales_day::day.eq(day), span))
            .execute(conn)?;
    }
    Ok(())
}

fn holding(block: Days) -> String {
    format!(
        "INSERT INTO sales_block (first_day) VALUES ('{}')
        ON CONFLICT (first_day) DO UPDATE SET first_day = excluded.first_day",
        block.from
    )
}

fn summing(subject: Subject, day: NaiveDate) -> String {
    let sums = AMOUNTS.map(|amount| format!("SUM({amount})")).join(", ");
    let spans = format!(
        "(SELECT day, begins_at AS begins, ends_at AS ends FROM sales_day WHERE day = '{day}') AS span"
    );
    format!(
        "INSERT INTO sales_sum (report, days, {KEY}, name, {})
        SELECT '{}', 1, {KEY}, MAX(name), {sums} FROM ({}) AS entry GROUP BY {KEY}",
        AMOUNTS.join(", "),
        subject.code(),
        subject.entries(),
    )
    .replace("{spans}", &spans)
}

fn adding_up(subject: Subject, block: Days, (size, of): (i64, i64)) -> String {
    let (amounts, sums) =
        (AMOUNTS.join(", "), AMOUNTS.map(|amount| format!("SUM({amount})")).join(", "));
    let Days { from, until } = block;
    format!(
        "INSERT INTO sales_sum (report, days, {KEY}, name, {amounts})
        SELECT report, {size}, '{from}', currency, item, note, ppm, MAX(name), {sums} FROM sales_sum
        WHERE report = '{}' AND days = {of} AND day >= '{from}' AND day <= '{until}'
        GROUP BY report, currency, item, note, ppm",
        subject.code(),
    )
}
