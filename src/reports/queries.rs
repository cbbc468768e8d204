//! The questions of the room about days: what is kept of them, and what the orders come to of the rest.

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use diesel::prelude::*;

use super::blocks::{BLOCKS, Run, runs};
use super::entries::{AMOUNTS, KEY, SOLD, TESTS};
use super::kept::kept;
use super::kinds::{Line, Report};
use super::model::{BestSeller, DaySold, Days, Sales, Sum};
use super::{postgres, sqlite};
use crate::db::Conn;
use crate::db::schema::sales_sum;
use crate::error::Result;
use crate::money::Currency;

/// No report has more lines.
const MOST: usize = 10_000;

/// Days as far as they are kept, and those of which the orders are asked.
struct Ground {
    kept: Vec<Run>,
    open: Vec<(NaiveDate, NaiveDateTime, NaiveDateTime)>,
    currency: Currency,
}

/// What was sold on these days and on as many before them, in this order.
///
/// An order counts with its total as it stands (goods, delivery, fees and tax, less discounts), by the day
/// on which it was placed in the shop's time zone, paid or not, as long as it is `placed` or
/// `completed`, so neither while it waits for a gateway nor once it is cancelled. Orders of no
/// real money count nowhere, nor do those in another currency. What goes back is a sum of
/// its own, by the day on which each refund was written, and not taken off the sales; money that an order
/// never wanted (`RefundKind::Surplus`) is no part of either.
pub fn sales(conn: &mut Conn, days: Days, by: (Tz, Currency)) -> Result<(Sales, Sales)> {
    let before = days.before();
    let both = Days { from: before.from, until: days.until };
    let lines = lines(conn, Report::Days, both, by)?;
    let of = |days: Days| {
        let own = lines.iter().filter(|line| days.holds(&line.item));
        let given_back = own.clone().map(|line| line.sums.back).sum();
        Sales { days: sold_on(days, own), given_back }
    };
    Ok((of(days), of(before)))
}

fn sold_on<'a>(days: Days, lines: impl Iterator<Item = &'a Line>) -> Vec<DaySold> {
    let mut lines = lines.peekable();
    let each = days.each().map(|day| {
        let own = lines.next_if(|line| line.item == day.to_string());
        let sum = own.map(|line| Sum { orders: line.sums.count, amount: line.sums.gross });
        DaySold { day, sum: sum.unwrap_or_default() }
    });
    each.collect()
}

/// The products of which most units were sold on these days, of the orders that [`sales`] counts; the
/// most first. Units that came back are among them.
pub fn best_sellers(
    conn: &mut Conn,
    days: Days,
    by: (Tz, Currency),
    most: usize,
) -> Result<Vec<BestSeller>> {
    let ground = Ground::of(conn, days, by, &BLOCKS)?;
    let order = "count DESC, gross_amount DESC, item";
    let sql = format!("{} ORDER BY {order} LIMIT {most}", summed(Report::Products));
    let lines: Vec<Line> = ask(conn, &sql, &ground)?;
    let seller = |Line { item: slug, name, sums, .. }| BestSeller {
        slug,
        name,
        units: sums.count,
        amount: sums.gross,
    };
    Ok(lines.into_iter().map(seller).collect())
}

/// What was sold on these days, of the orders that [`sales`] counts. Days are in their order, and those on
/// which nothing happened are left away; else what came to most stands first.
pub fn lines(conn: &mut Conn, report: Report, days: Days, by: (Tz, Currency)) -> Result<Vec<Line>> {
    // The report of days says something of each.
    let sizes = if report == Report::Days { &[][..] } else { &BLOCKS };
    let ground = Ground::of(conn, days, by, sizes)?;
    let (named, order) = match report {
        Report::Days => (summed(report), "item"),
        Report::Products => (placed(report, "COALESCE(product.slug, entry.item)"), BY_AMOUNT),
        Report::Categories => (placed(report, "COALESCE(category.slug, '')"), BY_AMOUNT),
        Report::Countries => (summed(report), BY_AMOUNT),
        Report::Discounts => (summed(report), "discount_amount DESC, item, note"),
        Report::Taxes => (summed(report), "note, ppm DESC, item"),
    };
    ask(conn, &format!("{named} ORDER BY {order} LIMIT {MOST}"), &ground)
}

const BY_AMOUNT: &str = "gross_amount DESC, item";

/// Currencies in which days that are over have orders, in the order of the alphabet.
pub fn currencies(conn: &mut Conn) -> Result<Vec<String>> {
    let sums = sales_sum::table.filter(sales_sum::report.eq(Report::Countries.subject().code()));
    let codes = sums.select(sales_sum::currency).distinct();
    Ok(codes.order(sales_sum::currency).load(conn)?)
}

/// The entries of a report, kept or not, added up for each of its items.
fn summed(report: Report) -> String {
    let item = if report == Report::Days { "CAST(entry.day AS TEXT)" } else { "entry.item" };
    let note = if report == Report::Days { "''" } else { "entry.note" };
    let columns = format!("{KEY}, name, {}", AMOUNTS.join(", "));
    format!(
        "SELECT {item} AS item, {note} AS note, entry.ppm AS ppm, MAX(entry.name) AS name, {sums} FROM (
        SELECT {columns} FROM ({entries}) AS open_day WHERE open_day.currency = '{{currency}}'
        UNION ALL SELECT {columns} FROM {{kept}} WHERE sales_sum.report = '{code}' AND sales_sum.currency = '{{currency}}') AS entry GROUP BY 1, 2, 3",
        sums = sums(),
        entries = report.subject().entries(),
        code = report.subject().code(),
    )
}

/// The same for goods, by what is to be known of them today. A product that has another handle now is
/// found by its old one; one that is gone has none.
fn placed(report: Report, item: &str) -> String {
    format!(
        "SELECT {item} AS item, '' AS note, entry.ppm AS ppm, MAX(entry.name) AS name, {} FROM ({}) AS entry
        LEFT JOIN product ON product.id = COALESCE((SELECT own.id FROM product AS own WHERE own.slug = entry.item),
        (SELECT old.product_id FROM product_old_slug AS old WHERE old.slug = entry.item))
        LEFT JOIN category ON category.id = product.category_id GROUP BY 1, 3",
        sums(),
        summed(report)
    )
}

fn sums() -> String {
    AMOUNTS.map(|amount| format!("CAST(SUM(entry.{amount}) AS BIGINT) AS {amount}")).join(", ")
}

impl Ground {
    fn of(
        conn: &mut Conn,
        days: Days,
        (zone, currency): (Tz, Currency),
        sizes: &[i64],
    ) -> Result<Self> {
        let known = kept(conn, days, zone)?;
        let open = days.each().filter(|day| !known.contains(day)).map(|day| {
            let (begins, ends) = Days { from: day, until: day }.instants(zone);
            (day, begins, ends)
        });
        Ok(Self { open: open.collect(), kept: runs(&known, days, sizes), currency })
    }

    /// Each open day, and its instants.
    fn spans(&self) -> Vec<[String; 3]> {
        let at = |at: &NaiveDateTime| at.format("%Y-%m-%d %H:%M:%S").to_string();
        self.open
            .iter()
            .map(|(day, begins, ends)| [day.to_string(), at(begins), at(ends)])
            .collect()
    }

    /// Each run, with the size of its blocks.
    fn kept(&self) -> Vec<[String; 3]> {
        let row = |run: &Run| {
            [run.size.to_string(), run.days.from.to_string(), run.days.until.to_string()]
        };
        self.kept.iter().map(row).collect()
    }
}

fn ask(conn: &mut Conn, sql: &str, ground: &Ground) -> Result<Vec<Line>> {
    let (spans, kept) = (ground.spans(), ground.kept());
    let (spans, kept) = match conn {
        Conn::Sqlite(_) => (sqlite::spans(&spans), sqlite::kept(&kept)),
        Conn::Postgres(_) => (postgres::spans(&spans), postgres::kept(&kept)),
    };
    let sql = sql.replace("{spans}", &spans).replace("{kept}", &kept);
    rows(conn, &sql.replace("{currency}", ground.currency.code()))
}

/// Asks what has no arguments.
pub(super) fn rows<Row>(conn: &mut Conn, sql: &str) -> Result<Vec<Row>>
where
    Row: QueryableByName<diesel::sqlite::Sqlite> + QueryableByName<diesel::pg::Pg> + 'static,
{
    Ok(match conn {
        Conn::Sqlite(conn) => diesel::sql_query(filled(sql, sqlite::IS_TEST)).load(conn)?,
        Conn::Postgres(conn) => diesel::sql_query(filled(sql, postgres::IS_TEST)).load(conn)?,
    })
}

/// Does what has no arguments.
pub(super) fn run(conn: &mut Conn, sql: &str) -> Result<()> {
    match conn {
        Conn::Sqlite(conn) => diesel::sql_query(filled(sql, sqlite::IS_TEST)).execute(conn)?,
        Conn::Postgres(conn) => diesel::sql_query(filled(sql, postgres::IS_TEST)).execute(conn)?,
    };
    Ok(())
}

fn filled(sql: &str, is_test: &str) -> String {
    sql.replace("{sold}", SOLD).replace("{tests}", TESTS).replace("{is_test}", is_test)
}
