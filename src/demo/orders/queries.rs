//! All SQL of copying. `sheet` is a table of this transaction: a row for each copy to be made. A
//! statement takes the template's rows of one table as they are, but for what is named here: ids, which
//! are moved by the copy's `shift`, moments, and names that must be its own.

use chrono::{Datelike, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::Text;
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};

use super::copies::Copy;
use super::{postgres, sqlite};
use crate::db::schema::{
    invoice, invoice_series, order_event, order_line, orders, product, stock, variant,
};
use crate::db::{Conn, any_of};
use crate::error::{Error, Result};
use crate::ids::{InvoiceSeriesId, OrderId, OrderToken, VariantId};
use crate::invoices::{self, Document};
use crate::passwords::Hash;
use crate::settings;
use crate::stock::{Actor, Cause};

/// From so many goods shoppers choose.
const MOST_GOODS: i64 = 5_000;

/// Variants of products that were on sale at an instant.
pub(super) fn goods(conn: &mut Conn, at: NaiveDateTime) -> Result<Vec<VariantId>> {
    Ok(variant::table
        .inner_join(product::table)
        .inner_join(stock::table)
        .filter(product::publish_at.lt(at))
        .order(variant::id)
        .limit(MOST_GOODS)
        .select(variant::id)
        .load(conn)?)
}

pub(super) fn stock_up(
    conn: &mut Conn,
    goods: &[VariantId],
    units: i64,
    at: NaiveDateTime,
) -> Result<()> {
    let actor = Actor::shop();
    for variant in goods {
        let name = format!("seed:{variant}");
        let cause = Cause { name, reason: "", actor: &actor, at };
        crate::stock::receive(conn, *variant, units, &cause)?;
    }
    Ok(())
}

pub(super) fn order(conn: &mut Conn, token: &OrderToken) -> Result<OrderId> {
    let the_one = orders::table.filter(orders::token.eq(token.as_str()));
    Ok(the_one.select(orders::id).first(conn)?)
}

pub(super) fn last_order(conn: &mut Conn) -> Result<OrderId> {
    let last: Option<OrderId> = orders::table.select(diesel::dsl::max(orders::id)).first(conn)?;
    Ok(last.unwrap_or(OrderId(0)))
}

/// Of all rows that belong to orders: no table has more of them than a timeline, or than lines.
pub(super) fn highest_id(conn: &mut Conn) -> Result<i64> {
    let events: Option<i64> =
        order_event::table.select(diesel::dsl::max(order_event::id)).first(conn)?;
    let lines: Option<crate::ids::OrderLineId> =
        order_line::table.select(diesel::dsl::max(order_line::id)).first(conn)?;
    Ok(events.unwrap_or_default().max(lines.map_or(0, |id| id.0)))
}

/// Which of these numbers orders have already.
pub(super) fn taken(conn: &mut Conn, numbers: &HashSet<String>) -> Result<Vec<String>> {
    Ok(orders::table.filter(orders::number.eq_any(numbers)).select(orders::number).load(conn)?)
}

/// A row of one table for each row that a template has in it.
struct Rows {
    table: &'static str,
    /// Where they are found, as `t`.
    from: &'static str,
    /// Columns that are the copy's own; an empty one is left to the database.
    own: &'static [(&'static str, &'static str)],
    /// Columns that hold an instant, or a day.
    moments: &'static [&'static str],
    days: &'static [&'static str],
}

/// In the order in which rows refer to each other. `{random}` is 32 hexadecimal digits.
const ROWS: &[Rows] = &[
    Rows {
        table: "orders",
        from: "orders AS t LEFT JOIN customer ON customer.email_key = sheet.email WHERE t.id = sheet.template",
        own: &[
            ("id", "sheet.id"),
            ("number", "sheet.number"),
            ("token", "sheet.token"),
            ("cart_id", "{random}"),
            ("email", "sheet.email"),
            ("email_key", "sheet.email"),
            ("customer_id", "customer.id"),
        ],
        moments: &["placed_at", "pay_until"],
        days: &["deliver_from", "deliver_until"],
    },
    Rows {
        table: "order_line",
        from: "order_line AS t WHERE t.order_id = sheet.template",
        own: &[("id", "t.id + sheet.shift"), ("order_id", "sheet.id")],
        moments: &[],
        days: &[],
    },
    Rows {
        table: "order_tax",
        from: "order_tax AS t WHERE t.order_id = sheet.template",
        own: &[("order_id", "sheet.id")],
        moments: &[],
        days: &[],
    },
    Rows {
        table: "order_discount",
        from: "order_discount AS t WHERE t.order_id = sheet.template",
        own: &[("order_id", "sheet.id")],
        moments: &[],
        days: &[],
    },
    Rows {
        table: "order_address",
        from: "order_address AS t WHERE t.order_id = sheet.template",
        own: &[("order_id", "sheet.id"), ("name", "sheet.name")],
        moments: &[],
        days: &[],
    },
    Rows {
        table: "redemption",
        from: "redemption AS t WHERE t.order_id = sheet.template",
        own: &[("order_id", "sheet.id"), ("customer_key", "sheet.email")],
        moments: &[],
        days: &[],
    },
    Rows {
        table: "order_event",
        // No story has two returns, or two refunds.
        from: "order_event AS t LEFT JOIN refund ON refund.order_id = t.order_id
               LEFT JOIN order_return ON order_return.order_id = t.order_id WHERE t.order_id = sheet.template",
        own: &[
            ("id", "t.id + sheet.shift"),
            ("order_id", "sheet.id"),
            (
                "data",
                "replace(replace(t.data, '\"refund\":' || coalesce(refund.id, 0), '\"refund\":' || (coalesce(refund.id, 0) + sheet.shift)),
                 '\"return\":' || coalesce(order_return.id, 0), '\"return\":' || (coalesce(order_return.id, 0) + sheet.shift))",
            ),
        ],
        moments: &["happened_at"],
        days: &[],
    },
    Rows {
        table: "payment",
        from: "payment AS t WHERE t.order_id = sheet.template",
        own: &[
            ("id", "t.id + sheet.shift"),
            ("order_id", "sheet.id"),
            ("attempt", "{random}"),
            ("reference", "CASE WHEN t.reference IS NOT NULL THEN 'cs_' || {random} END"),
        ],
        moments: &["expires_at", "checked_at", "created_at"],
        days: &[],
    },
    Rows {
        table: "payment_receipt",
        from: "payment CROSS JOIN payment_receipt AS t WHERE payment.order_id = sheet.template AND t.payment_id = payment.id",
        own: &[("id", ""), ("payment_id", "t.payment_id + sheet.shift")],
        moments: &["received_at"],
        days: &[],
    },
    Rows {
        table: "shipment",
        from: "shipment AS t WHERE t.order_id = sheet.template",
        own: &[("id", "t.id + sheet.shift"), ("order_id", "sheet.id")],
        moments: &["shipped_at"],
        days: &[],
    },
    Rows {
        table: "shipment_line",
        from: "shipment CROSS JOIN shipment_line AS t WHERE shipment.order_id = sheet.template AND t.shipment_id = shipment.id",
        own: &[
            ("shipment_id", "t.shipment_id + sheet.shift"),
            ("order_line_id", "t.order_line_id + sheet.shift"),
        ],
        moments: &[],
        days: &[],
    },
    Rows {
        table: "order_return",
        from: "order_return AS t WHERE t.order_id = sheet.template",
        own: &[("id", "t.id + sheet.shift"), ("order_id", "sheet.id")],
        moments: &["requested_at"],
        days: &[],
    },
    Rows {
        table: "order_return_line",
        from: "order_return CROSS JOIN order_return_line AS t
               WHERE order_return.order_id = sheet.template AND t.order_return_id = order_return.id",
        own: &[
            ("order_return_id", "t.order_return_id + sheet.shift"),
            ("order_line_id", "t.order_line_id + sheet.shift"),
        ],
        moments: &[],
        days: &[],
    },
    Rows {
        table: "invoice",
        from: "paper CROSS JOIN invoice AS t WHERE paper.nth = sheet.nth AND t.id = paper.id",
        own: &[
            ("id", "t.id + sheet.shift"),
            ("series_id", "paper.series_id"),
            ("sequence", "paper.sequence"),
            ("number", "paper.number"),
            ("document", "paper.document"),
            ("order_id", "sheet.id"),
            ("corrects_id", "t.corrects_id + sheet.shift"),
        ],
        moments: &["issued_at"],
        days: &[],
    },
    Rows {
        table: "invoice_credit",
        from: "invoice CROSS JOIN invoice_credit AS t WHERE invoice.order_id = sheet.template AND t.credit_note_id = invoice.id",
        own: &[
            ("credit_note_id", "t.credit_note_id + sheet.shift"),
            ("invoice_id", "t.invoice_id + sheet.shift"),
        ],
        moments: &[],
        days: &[],
    },
    Rows {
        table: "refund",
        from: "refund AS t WHERE t.order_id = sheet.template",
        own: &[
            ("id", "t.id + sheet.shift"),
            ("order_id", "sheet.id"),
            ("payment_id", "t.payment_id + sheet.shift"),
            ("credit_note_id", "t.credit_note_id + sheet.shift"),
            ("order_return_id", "t.order_return_id + sheet.shift"),
            ("idempotency_key", "{random}"),
        ],
        moments: &["created_at", "settled_at"],
        days: &[],
    },
    Rows {
        table: "refund_line",
        from: "refund_line AS t WHERE t.order_id = sheet.template",
        own: &[("refund_id", "t.refund_id + sheet.shift"), ("order_id", "sheet.id")],
        moments: &[],
        days: &[],
    },
    Rows {
        table: "stock_move",
        from: "order_line CROSS JOIN stock_move AS t WHERE order_line.order_id = sheet.template
               AND t.kind IN ('allocated', 'released') AND t.cause = 'order:' || order_line.order_id || ':' || order_line.position",
        own: &[("id", ""), ("cause", "'order:' || sheet.id || ':' || order_line.position")],
        moments: &["moved_at"],
        days: &[],
    },
    Rows {
        table: "stock_move",
        from: "shipment CROSS JOIN shipment_line CROSS JOIN order_line CROSS JOIN stock_move AS t
               WHERE shipment.order_id = sheet.template AND shipment_line.shipment_id = shipment.id
               AND order_line.id = shipment_line.order_line_id
               AND t.kind = 'shipped' AND t.cause = 'shipment:' || shipment.id || ':' || order_line.position",
        own: &[
            ("id", ""),
            ("cause", "'shipment:' || (shipment.id + sheet.shift) || ':' || order_line.position"),
        ],
        moments: &["moved_at"],
        days: &[],
    },
    Rows {
        table: "stock_move",
        from: "order_return CROSS JOIN order_return_line CROSS JOIN order_line CROSS JOIN stock_move AS t
               WHERE order_return.order_id = sheet.template AND order_return_line.order_return_id = order_return.id
               AND order_line.id = order_return_line.order_line_id
               AND t.kind = 'returned' AND t.cause = 'return:' || order_return.id || ':' || order_line.position",
        own: &[
            ("id", ""),
            ("cause", "'return:' || (order_return.id + sheet.shift) || ':' || order_line.position"),
        ],
        moments: &["moved_at"],
        days: &[],
    },
];

/// The mails of what happened of late, in the words of the template's, days included.
const MAILS: Rows = Rows {
    table: "mail",
    from: "order_event AS e CROSS JOIN orders CROSS JOIN mail AS t
           WHERE e.order_id = sheet.template AND {e.happened_at} > '{since}' AND orders.id = sheet.template
           AND t.event = 'order.' || e.kind || '/' || e.id",
    own: &[
        ("id", ""),
        ("event", "'order.' || e.kind || '/' || (e.id + sheet.shift)"),
        ("order_id", "sheet.id"),
        ("recipient", "replace(t.recipient, orders.email, sheet.email)"),
        ("reply_to", "replace(t.reply_to, orders.email, sheet.email)"),
        ("message_id", "{random} || '@example.com'"),
        ("subject", "replace(t.subject, orders.number, sheet.number)"),
        ("text", "replace(replace(t.text, orders.number, sheet.number), orders.token, sheet.token)"),
        ("html", "replace(replace(t.html, orders.number, sheet.number), orders.token, sheet.token)"),
        ("status", "'sent'"),
        ("created_at", "{e.happened_at}"),
        ("sent_at", "{e.happened_at}"),
    ],
    moments: &[],
    days: &[],
};

/// What followed from what happened of late is done.
const JOBS: &str = "
    INSERT INTO job (queue, kind, payload, created_at, attempts, done_at, last_error)
    SELECT 'shop', 'order.event', '{\"event\":' || (e.id + sheet.shift) || ',\"order\":' || sheet.id || ',\"kind\":\"' || e.kind || '\"}',
    {e.happened_at}, 1, {e.happened_at}, ''
    FROM sheet CROSS JOIN order_event AS e WHERE e.order_id = sheet.template AND {e.happened_at} > '{since}'";

/// Shoppers with an account, since their first order.
const CUSTOMERS: &str = "
    INSERT INTO customer (email, email_key, name, locale, customer_group, password_hash, created_at)
    SELECT sheet.email, sheet.email, sheet.name, 'en', '', '{password}', min({orders.placed_at})
    FROM sheet CROSS JOIN orders WHERE orders.id = sheet.template AND sheet.has_account = 1
    AND NOT EXISTS (SELECT 1 FROM customer WHERE customer.email_key = sheet.email)
    GROUP BY sheet.email, sheet.name";

/// What the copies take off the shelves comes in before, so that as much can be had as ever.
const SUPPLY: &str = "
    INSERT INTO stock_move (variant_id, kind, on_hand, reserved, cause, reason, actor, moved_at)
    SELECT variant_id, 'received', sum(reserved) - sum(on_hand), 0, 'seed:{first}:' || variant_id, '', 'shop', min(moved_at)
    FROM stock_move WHERE id > {last} GROUP BY variant_id HAVING sum(reserved) > sum(on_hand)";

const LEVELS: &str = "
    UPDATE stock SET on_hand = stock.on_hand + moved.on_hand, reserved = stock.reserved + moved.reserved
    FROM (SELECT variant_id, sum(on_hand) AS on_hand, sum(reserved) AS reserved FROM stock_move WHERE id > {last} GROUP BY variant_id) AS moved
    WHERE moved.variant_id = stock.variant_id";

const USES: &str = "
    UPDATE promotion SET used = used + (SELECT count(*) FROM redemption CROSS JOIN sheet
    WHERE redemption.order_id = sheet.id AND redemption.promotion_id = promotion.id) WHERE usage_limit IS NOT NULL";

/// Makes these copies, with everything that belongs to them. What happened before `since` has
/// neither job nor mail any more.
pub(super) fn make(
    conn: &mut Conn,
    copies: &[Copy],
    password: &Hash,
    since: NaiveDateTime,
) -> Result<()> {
    let dialect = Dialect::of(conn);
    let since = since.format("%Y-%m-%d %H:%M:%S").to_string();
    let words = |sql: &str| {
        let sql = sql.replace("{since}", &since).replace("{password}", password.as_str());
        dialect.spell(&sql)
    };
    lay_out(conn, "sheet", SHEET, copies)?;
    let papers = papers(conn, copies)?;
    lay_out(conn, "paper", PAPER, &papers)?;
    run(conn, &words(CUSTOMERS))?;
    let last = last_move(conn)?;
    for rows in ROWS {
        insert(conn, rows, &words)?;
    }
    let first = copies.first().map_or(0, |copy| copy.nth);
    let of_moves =
        |sql: &str| sql.replace("{last}", &last.to_string()).replace("{first}", &first.to_string());
    run(conn, &of_moves(SUPPLY))?;
    run(conn, &of_moves(LEVELS))?;
    run(conn, USES)?;
    insert(conn, &MAILS, &words)?;
    run(conn, &words(JOBS))?;
    run(conn, "DROP TABLE paper")?;
    run(conn, "DROP TABLE sheet")?;
    for table in ROWS
        .iter()
        .filter(|rows| rows.own.first().is_some_and(|own| own.0 == "id" && !own.1.is_empty()))
    {
        if let Conn::Postgres(conn) = conn {
            postgres::count_on(conn, table.table)?;
        }
    }
    Ok(())
}

/// Columns of a table of this transaction, with their types.
type Columns = &'static [(&'static str, &'static str)];

const SHEET: Columns = &[
    ("nth", "BIGINT"),
    ("template", "BIGINT"),
    ("id", "BIGINT"),
    ("shift", "BIGINT"),
    ("seconds", "BIGINT"),
    ("number", "TEXT"),
    ("token", "TEXT"),
    ("email", "TEXT"),
    ("name", "TEXT"),
    ("has_account", "BIGINT"),
];

const PAPER: Columns = &[
    ("nth", "BIGINT"),
    ("id", "BIGINT"),
    ("series_id", "BIGINT"),
    ("sequence", "BIGINT"),
    ("number", "TEXT"),
    ("document", "TEXT"),
];

/// Writes rows into a table that lasts as long as this transaction.
fn lay_out(conn: &mut Conn, table: &str, columns: Columns, rows: &[impl Serialize]) -> Result<()> {
    let declared: Vec<String> =
        columns.iter().map(|(name, kind)| format!("{name} {kind}")).collect();
    run(conn, &format!("CREATE TEMPORARY TABLE {table} ({})", declared.join(", ")))?;
    let read: Vec<String> =
        columns.iter().map(|(name, kind)| format!("CAST(value ->> '{name}' AS {kind})")).collect();
    let insert = format!("INSERT INTO {table} SELECT {} FROM", read.join(", "));
    let json = serde_json::to_string(rows).map_err(|error| Error::internal(error.to_string()))?;
    match conn {
        Conn::Sqlite(conn) => {
            let sql = format!("{insert} json_each(?)");
            diesel::sql_query(sql).bind::<Text, _>(json).execute(conn)?
        }
        Conn::Postgres(conn) => {
            let sql = format!("{insert} json_array_elements($1::json)");
            diesel::sql_query(sql).bind::<Text, _>(json).execute(conn)?
        }
    };
    run(conn, &format!("CREATE INDEX {table}_nth ON {table} (nth)"))
}

fn insert(conn: &mut Conn, rows: &Rows, words: &impl Fn(&str) -> String) -> Result<()> {
    let own = |name: &str| rows.own.iter().find(|(own, _)| *own == name).map(|(_, value)| *value);
    let mut columns = match conn {
        Conn::Sqlite(conn) => sqlite::columns(conn, rows.table)?,
        Conn::Postgres(conn) => postgres::columns(conn, rows.table)?,
    };
    columns.retain(|name| own(name) != Some(""));
    let values: Vec<String> = columns
        .iter()
        .map(|name| match own(name) {
            Some(value) => value.to_owned(),
            None if rows.moments.contains(&name.as_str()) => format!("{{t.{name}}}"),
            None if rows.days.contains(&name.as_str()) => format!("{{day t.{name}}}"),
            None => format!("t.{name}"),
        })
        .collect();
    let (into, values) = (columns.join(", "), values.join(", "));
    let sql = format!(
        "INSERT INTO {} ({into}) SELECT {values} FROM sheet CROSS JOIN {}",
        rows.table, rows.from
    );
    run(conn, &words(&sql))
}

fn run(conn: &mut Conn, sql: &str) -> Result<()> {
    match conn {
        Conn::Sqlite(conn) => diesel::sql_query(sql).execute(conn)?,
        Conn::Postgres(conn) => diesel::sql_query(sql).execute(conn)?,
    };
    Ok(())
}

#[derive(QueryableByName)]
struct Last {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    id: i64,
}

fn last_move(conn: &mut Conn) -> Result<i64> {
    let question = diesel::sql_query("SELECT coalesce(max(id), 0) AS id FROM stock_move");
    let last: Last = match conn {
        Conn::Sqlite(conn) => question.get_result(conn)?,
        Conn::Postgres(conn) => question.get_result(conn)?,
    };
    Ok(last.id)
}

/// How a database says what the other says in other words.
#[derive(Clone, Copy)]
enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    fn of(conn: &Conn) -> Self {
        match conn {
            Conn::Sqlite(_) => Self::Sqlite,
            Conn::Postgres(_) => Self::Postgres,
        }
    }

    /// `{random}`, and `{column}` for an instant and `{day column}` for a day that are moved as the copy is.
    fn spell(self, sql: &str) -> String {
        let mut spelled = String::new();
        let mut rest = sql;
        while let Some((before, (name, after))) =
            rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
        {
            spelled.push_str(before);
            match name {
                "random" => spelled.push_str(self.random()),
                name if name.starts_with('"') => spelled.push_str(&format!("{{{name}}}")),
                name => match name.strip_prefix("day ") {
                    Some(column) => spelled.push_str(&self.later_day(column)),
                    None => spelled.push_str(&self.later(name)),
                },
            }
            rest = after;
        }
        spelled + rest
    }

    fn random(self) -> &'static str {
        match self {
            Self::Sqlite => sqlite::RANDOM,
            Self::Postgres => postgres::RANDOM,
        }
    }

    fn later(self, column: &str) -> String {
        match self {
            Self::Sqlite => sqlite::later(column),
            Self::Postgres => postgres::later(column),
        }
    }

    fn later_day(self, column: &str) -> String {
        match self {
            Self::Sqlite => sqlite::later_day(column),
            Self::Postgres => postgres::later_day(column),
        }
    }
}

/// A copy of an invoice or a credit note.
#[derive(Serialize)]
struct Paper {
    /// The copy that it is of.
    nth: i64,
    /// The template's paper.
    id: i64,
    series_id: i64,
    sequence: i64,
    number: String,
    document: String,
}

/// A paper of a template.
#[derive(Queryable)]
struct Original {
    id: crate::ids::InvoiceId,
    order: OrderId,
    kind: String,
    prefix: String,
    issued_at: NaiveDateTime,
    document: String,
}

/// The papers of these copies, numbered on from the last in the order in which they are issued.
fn papers(conn: &mut Conn, copies: &[Copy]) -> Result<Vec<Paper>> {
    let settings = settings::load(conn)?;
    let originals = originals(conn, copies)?;
    let mut due: Vec<(NaiveDateTime, &Copy, &Original)> = Vec::new();
    for copy in copies {
        for original in originals.get(&copy.template).into_iter().flatten() {
            let at = original.issued_at + chrono::TimeDelta::seconds(copy.seconds);
            due.push((at, copy, original));
        }
    }
    due.sort_by_key(|(at, copy, original)| (*at, copy.nth, original.id));
    let mut numbers = Numbers::default();
    let mut invoices: BTreeMap<i64, (String, chrono::NaiveDate)> = BTreeMap::new();
    let mut papers = Vec::new();
    for (at, copy, original) in due {
        let issued_on = invoices::local_date(&settings, at);
        let series = (original.kind.clone(), i64::from(issued_on.year()), original.prefix.clone());
        let (series_id, sequence, number) = numbers.next(conn, series)?;
        let mut document: Document = serde_json::from_str(&original.document).map_err(json)?;
        document.number = number.clone();
        document.issued_on = issued_on;
        document.ordered_on += issued_on - invoices::local_date(&settings, original.issued_at);
        document.order_number = copy.number.clone();
        document.buyer.name = copy.name.clone();
        document.buyer.email = copy.email.clone();
        document.delivery.name = copy.name.clone();
        match &mut document.corrects {
            None => drop(invoices.insert(copy.nth, (number.clone(), issued_on))),
            Some(corrects) => {
                if let Some((number, issued_on)) = invoices.get(&copy.nth) {
                    corrects.number = number.clone();
                    corrects.issued_on = *issued_on;
                }
            }
        }
        papers.push(Paper {
            nth: copy.nth,
            id: original.id.0,
            series_id: series_id.0,
            sequence,
            number,
            document: serde_json::to_string(&document).map_err(json)?,
        });
    }
    numbers.keep(conn)?;
    Ok(papers)
}

fn json(error: serde_json::Error) -> Error {
    Error::internal(format!("a paper: {error}"))
}

fn originals(conn: &mut Conn, copies: &[Copy]) -> Result<BTreeMap<i64, Vec<Original>>> {
    let templates: HashSet<i64> = copies.iter().map(|copy| copy.template).collect();
    let templates: Vec<i64> = templates.into_iter().collect();
    let rows: Vec<Original> = invoice::table
        .inner_join(invoice_series::table)
        .filter(any_of(invoice::order_id, &templates))
        .order(invoice::id)
        .select((
            invoice::id,
            invoice::order_id,
            invoice::kind,
            invoice_series::prefix,
            invoice::issued_at,
            invoice::document,
        ))
        .load(conn)?;
    let mut originals: BTreeMap<i64, Vec<Original>> = BTreeMap::new();
    for row in rows {
        originals.entry(row.order.0).or_default().push(row);
    }
    Ok(originals)
}

/// Kind, year and prefix.
type SeriesName = (String, i64, String);

/// The series that numbers are taken of, with the next of each.
#[derive(Default)]
struct Numbers(BTreeMap<SeriesName, (InvoiceSeriesId, i64)>);

impl Numbers {
    fn next(
        &mut self,
        conn: &mut Conn,
        name: SeriesName,
    ) -> Result<(InvoiceSeriesId, i64, String)> {
        let (_, year, prefix) = name.clone();
        if !self.0.contains_key(&name) {
            let series = find_series(conn, &name)?;
            self.0.insert(name.clone(), series);
        }
        let series = self.0.get_mut(&name).ok_or_else(|| Error::internal("a series is there"))?;
        let sequence = series.1;
        series.1 += 1;
        Ok((series.0, sequence, invoices::number(&prefix, year, sequence)))
    }

    fn keep(&self, conn: &mut Conn) -> Result<()> {
        for (id, next) in self.0.values() {
            diesel::update(invoice_series::table.find(id))
                .set(invoice_series::next.eq(next))
                .execute(conn)?;
        }
        Ok(())
    }
}

fn find_series(
    conn: &mut Conn,
    (kind, year, prefix): &SeriesName,
) -> Result<(InvoiceSeriesId, i64)> {
    let columns = (invoice_series::id, invoice_series::next);
    let known = invoice_series::table
        .filter(invoice_series::kind.eq(kind))
        .filter(invoice_series::year.eq(year))
        .filter(invoice_series::prefix.eq(prefix))
        .select(columns)
        .first(conn)
        .optional()?;
    if let Some(series) = known {
        return Ok(series);
    }
    Ok(diesel::insert_into(invoice_series::table)
        .values((
            invoice_series::kind.eq(kind),
            invoice_series::year.eq(year),
            invoice_series::prefix.eq(prefix),
            invoice_series::next.eq(1),
        ))
        .returning(columns)
        .get_result(conn)?)
}
