//! Proof that kept sums are what the orders come to: for `etalase verify`.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::blocks::{BLOCKS, block_of};
use super::entries::{AMOUNTS, KEY, Subject};
use super::kept::count;
use super::model::Days;
use super::queries::rows;
use crate::db::Conn;
use crate::db::schema::sales_day;
use crate::error::Result;

/// What is kept of a day is what its orders and refunds come to.
pub const HOLDS: &str = "the sums of a day are those of its orders and refunds";
/// So many days are proved at once.
const DAYS: i64 = 7;
/// So many sums are named at most.
const MOST: usize = 101;

#[derive(QueryableByName)]
struct Untrue {
    #[diesel(sql_type = Text)]
    line: String,
}

/// The next kept days after one, as many as are proved at once.
pub fn kept_after(conn: &mut Conn, after: NaiveDate) -> Result<Option<Days>> {
    let days = sales_day::table.filter(sales_day::day.gt(after)).order(sales_day::day);
    let found: Vec<NaiveDate> = days.limit(DAYS).select(sales_day::day).load(conn)?;
    Ok(found.first().zip(found.last()).map(|(from, until)| Days { from: *from, until: *until }))
}

/// Sums of these days that are not what the orders come to. Days that are to be reckoned anew may be anything.
pub fn untrue(conn: &mut Conn, days: Days) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    for subject in Subject::ALL {
        let found: Vec<Untrue> = rows(conn, &question(subject, days))?;
        lines.extend(found.into_iter().map(|untrue| untrue.line));
    }
    for (size, block) in blocks(days) {
        if count(conn, block)? == size {
            let found: Vec<Untrue> = rows(conn, &of_block(size, block))?;
            lines.extend(found.into_iter().map(|untrue| untrue.line));
        }
    }
    lines.truncate(MOST);
    Ok(lines)
}

/// The blocks that end on one of these days.
fn blocks(days: Days) -> impl Iterator<Item = (i64, Days)> {
    let of = move |size: i64| days.each().map(move |day| (size, block_of(day, size), day));
    let ending = BLOCKS.into_iter().flat_map(of).filter(|(_, block, day)| block.until == *day);
    ending.map(|(size, block, _)| (size, block))
}

/// What a block comes to beside its single days.
fn of_block(size: i64, block: Days) -> String {
    let differs = AMOUNTS
        .map(|amount| format!("SUM(CASE days WHEN 1 THEN {amount} ELSE -{amount} END) <> 0"));
    let Days { from, until } = block;
    format!(
        "SELECT '{from} and {size} days, ' || report || ': ' || item || ' ' || note AS line FROM sales_sum
        WHERE report IN ({}) AND ((days = 1 AND day >= '{from}' AND day <= '{until}') OR (days = {size} AND day = '{from}'))
        GROUP BY report, currency, item, note, ppm HAVING {} ORDER BY line LIMIT 101",
        Subject::ALL.map(|subject| format!("'{}'", subject.code())).join(", "),
        differs.join(" OR "),
    )
}

fn question(subject: Subject, days: Days) -> String {
    let columns = format!("{KEY}, {}", AMOUNTS.join(", "));
    let differs = AMOUNTS.map(|amount| format!("SUM(sign * {amount}) <> 0")).join(" OR ");
    let spans = format!(
        "(SELECT day, begins_at AS begins, ends_at AS ends FROM sales_day WHERE day >= '{}' AND day <= '{}' AND NOT EXISTS
        (SELECT 1 FROM sales_change WHERE sales_change.at >= begins_at AND sales_change.at < ends_at)) AS span",
        days.from, days.until
    );
    let kept = AMOUNTS.map(|amount| format!("kept.{amount}")).join(", ");
    format!(
        "SELECT CAST(day AS TEXT) || ', {code}: ' || item || ' ' || note AS line FROM (
        SELECT 1 AS sign, span.day, kept.currency, kept.item, kept.note, kept.ppm, {kept}
        FROM {{spans}} CROSS JOIN sales_sum AS kept WHERE kept.report = '{code}' AND kept.days = 1 AND kept.day = span.day
        UNION ALL SELECT -1 AS sign, {columns} FROM ({entries}) AS entry) AS entries
        GROUP BY {KEY} HAVING {differs} ORDER BY line LIMIT 101",
        code = subject.code(),
        entries = subject.entries(),
    )
    .replace("{spans}", &spans)
}
