//! Customers as whoever runs the shop looks them up, those with an account and guests.

use chrono::NaiveDateTime;
use diesel::dsl::{count_star, exists, not, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use std::collections::BTreeMap;

use crate::db::schema::{customer, customer_address, customer_note, order_address, orders};
use crate::db::{Conn, any_of, begins_with, last_word_begins_with};
use crate::error::Result;
use crate::ids::{CustomerId, OrderId};
use crate::orders::lists::{self, FEWEST_LETTERS, Text};
use crate::promotions::CustomerKey;

/// So many customers are looked at that a text fits, the newest first.
pub const MOST_FITTING: usize = 200;
/// So many orders are summed up.
pub const MOST_SUMMED: i64 = 1_000;
/// So many notes are shown.
const MOST_NOTES: i64 = 100;

/// Which customers are wanted; `None` for any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    pub text: Option<Text>,
    pub group: Option<String>,
    /// Only older ones.
    pub before: Option<CustomerId>,
}

/// A customer in a list.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = customer)]
pub struct Entry {
    pub id: CustomerId,
    pub name: String,
    pub email: String,
    #[diesel(column_name = customer_group)]
    pub group: String,
    pub created_at: NaiveDateTime,
    pub locale: String,
}

/// Somebody who ordered without an account: the newest of her orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guest {
    pub order: OrderId,
    pub number: String,
    pub email: String,
    /// Empty once she is forgotten.
    pub name: String,
    pub placed_at: NaiveDateTime,
}

/// Customers, the newest first, at most `most`.
pub fn list(conn: &mut Conn, wanted: &Wanted, most: i64) -> Result<Vec<Entry>> {
    let mut found = customer::table.select(Entry::as_select()).into_boxed();
    if let Some(text) = &wanted.text {
        found = found.filter(any_of(customer::id, &fitting(conn, text)?));
    }
    if let Some(group) = &wanted.group {
        // As the index says it, which holds nobody else.
        let is_in_one = sql::<Bool>("customer.customer_group <> ''");
        found = found.filter(customer::customer_group.eq(group)).filter(is_in_one);
    }
    if let Some(before) = wanted.before {
        found = found.filter(customer::id.lt(before));
    }
    Ok(found.order(customer::id.desc()).limit(most).load(conn)?)
}

/// The newest customers that a text fits: a question for each thing that it may be, by an index each.
fn fitting(conn: &mut Conn, text: &Text) -> Result<Vec<CustomerId>> {
    let (mut ids, most) = (Vec::new(), i64::try_from(MOST_FITTING).unwrap_or(i64::MAX));
    if let Some(phone) = &text.phone {
        let called = customer_address::table.filter(customer_address::phone.eq(phone));
        let called = called.order(customer_address::customer_id.desc()).limit(most);
        ids.extend(called.select(customer_address::customer_id).load::<CustomerId>(conn)?);
        let ordered = orders::table.filter(orders::phone.eq(phone)).order(orders::id.desc());
        let owners = ordered.limit(most).select(orders::customer_id);
        ids.extend(owners.load::<Option<CustomerId>>(conn)?.into_iter().flatten());
    }
    if text.typed.chars().count() >= FEWEST_LETTERS {
        let newest = || customer::table.order(customer::id.desc()).limit(most).select(customer::id);
        let typed = &text.typed;
        let mailed = newest().filter(begins_with(customer::email, typed));
        ids.extend(mailed.load::<CustomerId>(conn)?);
        let named = newest().filter(begins_with(customer::name, typed));
        ids.extend(named.load::<CustomerId>(conn)?);
        let last = newest().filter(last_word_begins_with(customer::name, typed));
        ids.extend(last.load::<CustomerId>(conn)?);
    }
    ids.sort_unstable_by(|one, other| other.cmp(one));
    ids.dedup();
    ids.truncate(MOST_FITTING);
    Ok(ids)
}

/// How many orders each of these has.
pub fn orders_each(conn: &mut Conn, ids: &[CustomerId]) -> Result<BTreeMap<CustomerId, i64>> {
    let rows: Vec<(Option<CustomerId>, i64)> = orders::table
        .filter(any_of(orders::customer_id, ids))
        .group_by(orders::customer_id)
        .select((orders::customer_id, count_star()))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(id, count)| Some((id?, count))).collect())
}

diesel::alias!(orders as newer: Newer);

/// Guests, who ordered last first, at most `most`.
pub fn guests(
    conn: &mut Conn,
    (text, before): (Option<&Text>, Option<OrderId>),
    most: i64,
) -> Result<Vec<Guest>> {
    let again = newer
        .filter(newer.field(orders::email_key).eq(orders::email_key))
        .filter(newer.field(orders::customer_id).is_null())
        .filter(newer.field(orders::id).gt(orders::id));
    let mut found = orders::table
        .filter(orders::customer_id.is_null())
        .filter(orders::email.ne(""))
        .filter(not(exists(again)))
        .select((orders::id, orders::number, orders::email, orders::placed_at))
        .into_boxed();
    if let Some(text) = text {
        found = found.filter(any_of(orders::id, &lists::fitting(conn, text)?));
    }
    if let Some(before) = before {
        found = found.filter(orders::id.lt(before));
    }
    let rows: Vec<(OrderId, String, String, NaiveDateTime)> =
        found.order(orders::id.desc()).limit(most).load(conn)?;
    let ids: Vec<OrderId> = rows.iter().map(|(id, ..)| *id).collect();
    let mut names = names_of(conn, &ids)?;
    let guest = |(order, number, email, placed_at)| {
        let name = names.remove(&order).unwrap_or_default();
        Guest { order, number, email, name, placed_at }
    };
    Ok(rows.into_iter().map(guest).collect())
}

fn names_of(conn: &mut Conn, orders: &[OrderId]) -> Result<BTreeMap<OrderId, String>> {
    // "delivery" comes after "billing" and so has the last word.
    let rows: Vec<(OrderId, String)> = order_address::table
        .filter(any_of(order_address::order_id, orders))
        .filter(order_address::name.ne(""))
        .order(order_address::kind)
        .select((order_address::order_id, order_address::name))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Somebody as her page shows her: her account, or the mailbox of a guest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    Customer(Entry),
    Guest(Guest),
}

impl Whom {
    pub fn email(&self) -> &str {
        match self {
            Self::Customer(customer) => &customer.email,
            Self::Guest(guest) => &guest.email,
        }
    }

    pub fn name(&self) -> &str {
        match self {
            Self::Customer(customer) => &customer.name,
            Self::Guest(guest) => &guest.name,
        }
    }

    pub fn customer(&self) -> Option<CustomerId> {
        match self {
            Self::Customer(customer) => Some(customer.id),
            Self::Guest(_) => None,
        }
    }
}

/// A customer by her number.
pub fn find_whom(conn: &mut Conn, id: CustomerId) -> Result<Option<Whom>> {
    let found = customer::table.find(id).select(Entry::as_select());
    Ok(found.first(conn).optional()?.map(Whom::Customer))
}

/// Whoever has this mailbox: her account, or the guest who ordered with it.
pub fn find_mailbox(conn: &mut Conn, email: &str) -> Result<Option<Whom>> {
    let key = CustomerKey::of(email);
    let account = customer::table.filter(customer::email_key.eq(key.as_str()));
    if let Some(known) = account.select(Entry::as_select()).first(conn).optional()? {
        return Ok(Some(Whom::Customer(known)));
    }
    let last: Option<String> = orders::table
        .filter(orders::customer_id.is_null())
        .filter(orders::email_key.eq(key.as_str()))
        .order(orders::id.desc())
        .select(orders::number)
        .first(conn)
        .optional()?;
    last.map_or(Ok(None), |number| find_by_order(conn, &number))
}

/// Whoever placed an order; `None` when there is none such, or she is forgotten.
pub fn find_by_order(conn: &mut Conn, number: &str) -> Result<Option<Whom>> {
    type Row = (OrderId, Option<CustomerId>, String, NaiveDateTime);
    let found: Option<Row> = orders::table
        .filter(orders::number.eq(number))
        .filter(orders::email.ne(""))
        .select((orders::id, orders::customer_id, orders::email, orders::placed_at))
        .first(conn)
        .optional()?;
    let Some((order, customer, email, placed_at)) = found else { return Ok(None) };
    if let Some(id) = customer {
        return find_whom(conn, id);
    }
    let name = names_of(conn, &[order])?.remove(&order).unwrap_or_default();
    Ok(Some(Whom::Guest(Guest { order, number: number.to_owned(), email, name, placed_at })))
}

/// A row of what somebody bought: number, when, what became of it, currency and total.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = orders)]
pub struct Bought {
    pub number: String,
    pub placed_at: NaiveDateTime,
    pub status: String,
    pub currency: String,
    pub total_amount: i64,
}

/// Her orders, the newest first, at most [`MOST_SUMMED`].
pub fn bought(conn: &mut Conn, whom: &Whom) -> Result<Vec<Bought>> {
    let found = orders::table.select(Bought::as_select()).into_boxed();
    let key = CustomerKey::of(whom.email());
    let hers = match whom {
        Whom::Customer(customer) => found.filter(orders::customer_id.eq(customer.id)),
        Whom::Guest(_) => found
            .filter(orders::customer_id.is_null())
            .filter(orders::email_key.eq(key.as_str().to_owned())),
    };
    Ok(hers.order(orders::id.desc()).limit(MOST_SUMMED).load(conn)?)
}

/// What somebody of the staff has written down.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = customer_note)]
pub struct Note {
    pub body: String,
    pub actor: String,
    pub noted_at: NaiveDateTime,
}

/// Notes about a customer, the newest first.
pub fn notes(conn: &mut Conn, id: CustomerId) -> Result<Vec<Note>> {
    Ok(customer_note::table
        .filter(customer_note::customer_id.eq(id))
        .order(customer_note::id.desc())
        .limit(MOST_NOTES)
        .select(Note::as_select())
        .load(conn)?)
}
