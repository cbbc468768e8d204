//! All SQL of the room. Most of it is made of the declaration: so no table can be left out.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamp};
use serde_json::Value;

use super::declared::TABLES;
use super::model::Table;
use super::person::{HerOrder, Person, Since};
use super::{postgres, sqlite};
use crate::db::Conn;
use crate::db::schema::{customer, customer_cart, erasure};
use crate::error::{Error, Result};
use crate::ids::{CustomerId, MailId, OrderId};
use crate::promotions::CustomerKey;
use crate::values::Email;

/// Where goods, money or an answer are still under way, or goods may still come back (`$4`).
const IS_OPEN: &str = "(orders.status IN ('pending', 'placed') \
    OR EXISTS (SELECT 1 FROM refund WHERE refund.order_id = orders.id AND refund.status <> 'done') \
    OR EXISTS (SELECT 1 FROM order_return WHERE order_return.order_id = orders.id \
        AND order_return.status IN ('requested', 'approved')) \
    OR EXISTS (SELECT 1 FROM payment WHERE payment.order_id = orders.id \
        AND payment.redirect_url <> '' AND payment.status IN ('starting', 'open', 'processing')) \
    OR EXISTS (SELECT 1 FROM payment JOIN payment_dispute ON payment_dispute.payment_id = payment.id \
        WHERE payment.order_id = orders.id AND payment_dispute.status = 'open') \
    OR EXISTS (SELECT 1 FROM shipment WHERE shipment.order_id = orders.id AND shipment.shipped_at > $4))";

/// A statement about a person and her orders, with what its conditions speak of.
macro_rules! about {
    ($dialect:ident, $sql:expr, $person:expr, $orders:expr) => {
        diesel::sql_query(format!("{} {}", $dialect::ABOUT, $sql))
            .bind::<Nullable<Text>, _>(&$person.mailbox)
            .bind::<Nullable<BigInt>, _>($person.customer)
            .bind::<Text, _>(list($orders))
    };
}

fn list(orders: &[OrderId]) -> String {
    let ids: Vec<String> = orders.iter().map(ToString::to_string).collect();
    format!("[{}]", ids.join(","))
}

/// Whoever has this mailbox, with an account or without.
pub fn find(conn: &mut Conn, email: &Email) -> Result<Person> {
    let key = CustomerKey::of(email.as_str()).as_str().to_owned();
    let known = customer::table.filter(customer::email_key.eq(&key)).select(customer::id);
    Ok(Person { customer: known.first(conn).optional()?, mailbox: Some(key) })
}

pub fn find_customer(conn: &mut Conn, id: CustomerId) -> Result<Option<Person>> {
    let key: Option<String> =
        customer::table.find(id).select(customer::email_key).first(conn).optional()?;
    Ok(key.map(|key| Person { customer: Some(id), mailbox: Some(key) }))
}

/// All her orders, those included that she placed with her address as a guest.
pub(super) fn orders_of(conn: &mut Conn, person: &Person, since: Since) -> Result<Vec<HerOrder>> {
    let sql = format!(
        "SELECT orders.id, orders.number, {IS_OPEN} AS is_open, \
         EXISTS (SELECT 1 FROM invoice WHERE invoice.order_id = orders.id) AS has_invoice \
         FROM orders WHERE orders.id IN ( \
         SELECT id FROM orders WHERE customer_id = (SELECT customer FROM person) \
         UNION SELECT id FROM orders WHERE customer_id IS NULL \
         AND email_key = (SELECT email FROM person)) \
         ORDER BY orders.id"
    );
    Ok(match conn {
        Conn::Sqlite(conn) => {
            about!(sqlite, sql, person, &[]).bind::<Timestamp, _>(since.shipped).load(conn)?
        }
        Conn::Postgres(conn) => {
            about!(postgres, sql, person, &[]).bind::<Timestamp, _>(since.shipped).load(conn)?
        }
    })
}

/// Orders that are done by now, at most so many: of somebody who has asked to be forgotten, or of a
/// guest of long ago.
pub(super) fn due(conn: &mut Conn, since: Since, most: i64) -> Result<Vec<OrderId>> {
    let sql = format!(
        "SELECT orders.id, orders.number, {IS_OPEN} AS is_open, 1 = 0 AS has_invoice \
         FROM orders WHERE NOT {IS_OPEN} AND (orders.id IN (SELECT order_id FROM erasure) \
         OR orders.id IN (SELECT id FROM orders WHERE customer_id IS NULL AND email <> '' \
         AND placed_at < $5 ORDER BY placed_at LIMIT $6)) LIMIT $6"
    );
    let nobody = &Person::default();
    let rows: Vec<HerOrder> = match conn {
        Conn::Sqlite(conn) => about!(sqlite, sql, nobody, &[])
            .bind::<Timestamp, _>(since.shipped)
            .bind::<Timestamp, _>(since.placed)
            .bind::<BigInt, _>(most)
            .load(conn)?,
        Conn::Postgres(conn) => about!(postgres, sql, nobody, &[])
            .bind::<Timestamp, _>(since.shipped)
            .bind::<Timestamp, _>(since.placed)
            .bind::<BigInt, _>(most)
            .load(conn)?,
    };
    Ok(rows.into_iter().map(|order| order.id).collect())
}

/// Deletes, empties and replaces what the declaration says, of a person and these of her orders.
pub(super) fn forget(conn: &mut Conn, person: &Person, orders: &[OrderId]) -> Result<()> {
    for sql in TABLES.iter().filter_map(Table::forgetting) {
        match conn {
            Conn::Sqlite(conn) => about!(sqlite, sql, person, orders).execute(conn)?,
            Conn::Postgres(conn) => about!(postgres, sql, person, orders).execute(conn)?,
        };
    }
    Ok(())
}

/// Remembers orders that are to be forgotten when they are done.
pub(super) fn put_off(conn: &mut Conn, orders: &[OrderId], now: NaiveDateTime) -> Result<()> {
    for order in orders {
        let known = erasure::table.find(order);
        if diesel::select(diesel::dsl::exists(known)).get_result(conn)? {
            continue;
        }
        diesel::insert_into(erasure::table)
            .values((erasure::order_id.eq(order), erasure::asked_at.eq(now)))
            .execute(conn)?;
    }
    Ok(())
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// The mails that are kept as files, and are hers or about these orders.
pub(super) fn files_of(
    conn: &mut Conn,
    person: &Person,
    orders: &[OrderId],
) -> Result<Vec<MailId>> {
    let mail = TABLES.iter().find(|table| table.name == "mail");
    let hers = mail.map(|table| table.hers).unwrap_or_default();
    let sql =
        format!("SELECT CAST(id AS TEXT) AS line FROM mail WHERE status = 'kept' AND ({hers})");
    let rows: Vec<Line> = match conn {
        Conn::Sqlite(conn) => about!(sqlite, sql, person, orders).load(conn)?,
        Conn::Postgres(conn) => about!(postgres, sql, person, orders).load(conn)?,
    };
    Ok(rows.iter().filter_map(|row| row.line.parse().ok()).map(MailId).collect())
}

/// The rows of a table that are hers, each as an object of the columns that she may see; at most so
/// many.
pub(super) fn rows_of(
    conn: &mut Conn,
    table: &Table,
    (person, orders): (&Person, &[OrderId]),
    most: i64,
) -> Result<Vec<Value>> {
    let columns = table.shown();
    let condition = format!("{} LIMIT {most}", table.hers);
    let rows: Vec<Line> = match conn {
        Conn::Sqlite(conn) => {
            let sql = sqlite::row(&columns, table.name, &condition);
            about!(sqlite, sql, person, orders).load(conn)?
        }
        Conn::Postgres(conn) => {
            let sql = postgres::row(&columns, table.name, &condition);
            about!(postgres, sql, person, orders).load(conn)?
        }
    };
    let read = |row: Line| serde_json::from_str(&row.line);
    let read: std::result::Result<_, _> = rows.into_iter().map(read).collect();
    read.map_err(|error| Error::internal(format!("a row of {}: {error}", table.name)))
}

/// Forgets carts that nobody has touched since, at most so many; how many.
pub(super) fn drop_carts(conn: &mut Conn, since: NaiveDateTime, most: i64) -> Result<usize> {
    let old: Vec<CustomerId> = customer_cart::table
        .filter(customer_cart::updated_at.lt(since))
        .order(customer_cart::updated_at)
        .limit(most)
        .select(customer_cart::customer_id)
        .load(conn)?;
    let left = customer_cart::table.filter(crate::db::any_of(customer_cart::customer_id, &old));
    Ok(diesel::delete(left.filter(customer_cart::updated_at.lt(since))).execute(conn)?)
}
