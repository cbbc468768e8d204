//! Which orders somebody wants to see, and the few questions that find them, however many there are.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::book::{Entry, tests_among};
use super::model::{OrderNumber, Payment};
use super::status::{FulfilmentStatus, OrderStatus, PaymentStatus};
use super::waits::Waits;
use crate::db::schema::{order_address, order_line, orders};
use crate::db::{Conn, any_of, begins_with, last_word_begins_with};
use crate::error::Result;
use crate::ids::OrderId;
use crate::values::Country;

/// So many orders are looked at that a text fits, the newest first.
pub const MOST_FITTING: usize = 200;
/// A name or an e-mail address is looked for by so many letters, and not by fewer.
pub const FEWEST_LETTERS: usize = 2;

/// Orders, with no columns chosen yet.
pub(super) type Found<'a> = orders::BoxedQuery<'a, <Conn as diesel::Connection>::Backend>;

/// Which orders are wanted; `None` for any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    pub status: Option<OrderStatus>,
    pub payment: Option<PaymentStatus>,
    pub fulfilment: Option<FulfilmentStatus>,
    pub waits: Option<Waits>,
    pub method: Option<Payment>,
    /// Where they go.
    pub country: Option<Country>,
    /// Placed from this instant on, and before that one.
    pub placed: (Option<NaiveDateTime>, Option<NaiveDateTime>),
    /// What they come to, in minor units: no less, and no more.
    pub total: (Option<i64>, Option<i64>),
    pub text: Option<Text>,
    /// Only older ones.
    pub before: Option<OrderId>,
}

/// What somebody typed of an order: its number, an e-mail address, a phone number, a name; of the
/// address and of the first and the last name the beginning is enough.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    pub typed: String,
    /// As a phone number, if it is one, in the form in which orders keep it.
    pub phone: Option<String>,
}

/// Orders, newest first, at most `most`.
pub fn list(conn: &mut Conn, wanted: &Wanted, most: i64) -> Result<Vec<Entry>> {
    let Some(found) = find(conn, wanted)? else { return Ok(Vec::new()) };
    let newest = found.order((orders::placed_at.desc(), orders::id.desc()));
    Ok(newest.limit(most).select(Entry::as_select()).load(conn)?)
}

/// How many there are, up to `most`.
pub fn count(conn: &mut Conn, wanted: &Wanted, most: i64) -> Result<i64> {
    let Some(found) = find(conn, wanted)? else { return Ok(0) };
    let ids: Vec<OrderId> = found.select(orders::id).limit(most).load(conn)?;
    Ok(i64::try_from(ids.len()).unwrap_or(most))
}

/// `None` when there can be none.
fn find<'a>(conn: &mut Conn, wanted: &'a Wanted) -> Result<Option<Found<'a>>> {
    let mut found = orders::table.into_boxed();
    if let Some(text) = &wanted.text {
        found = found.filter(any_of(orders::id, &fitting(conn, text)?));
    }
    if let Some(before) = wanted.before {
        let placed: Option<NaiveDateTime> =
            orders::table.find(before).select(orders::placed_at).first(conn).optional()?;
        let Some(placed) = placed else { return Ok(None) };
        // The first half is what an index can begin at.
        let is_earlier = orders::placed_at.lt(placed).or(orders::id.lt(before));
        found = found.filter(orders::placed_at.le(placed).and(is_earlier));
    }
    let found = by_status(found, wanted);
    let found = match wanted.waits {
        Some(waits) => waits.narrow(conn, found)?,
        None => found,
    };
    Ok(Some(narrow(found, wanted)))
}

fn by_status<'a>(mut found: Found<'a>, wanted: &Wanted) -> Found<'a> {
    if let Some(status) = wanted.status {
        found = found.filter(orders::status.eq(status.code()));
    }
    if let Some(payment) = wanted.payment {
        found = found.filter(orders::payment_status.eq(payment.code()));
    }
    if let Some(fulfilment) = wanted.fulfilment {
        found = found.filter(orders::fulfilment_status.eq(fulfilment.code()));
    }
    found
}

fn narrow<'a>(mut found: Found<'a>, wanted: &'a Wanted) -> Found<'a> {
    if let Some(method) = wanted.method {
        found = found.filter(orders::payment_method.eq(method.code()));
    }
    if let Some(country) = &wanted.country {
        found = found.filter(orders::country.eq(country.code()));
    }
    if let Some(from) = wanted.placed.0 {
        found = found.filter(orders::placed_at.ge(from));
    }
    if let Some(before) = wanted.placed.1 {
        found = found.filter(orders::placed_at.lt(before));
    }
    if let Some(least) = wanted.total.0 {
        found = found.filter(orders::total_amount.ge(least));
    }
    if let Some(most) = wanted.total.1 {
        found = found.filter(orders::total_amount.le(most));
    }
    found
}

/// The newest orders that a text fits: a question for each thing that it may be, by an index each.
pub fn fitting(conn: &mut Conn, text: &Text) -> Result<Vec<OrderId>> {
    let (mut ids, most) = (Vec::new(), i64::try_from(MOST_FITTING).unwrap_or(i64::MAX));
    if let Some(number) = OrderNumber::parse(&text.typed) {
        let numbered = orders::table.filter(orders::number.eq(number.as_str().to_owned()));
        ids.extend(numbered.select(orders::id).load::<OrderId>(conn)?);
    }
    if let Some(phone) = &text.phone {
        let called = orders::table.filter(orders::phone.eq(phone)).order(orders::id.desc());
        ids.extend(called.limit(most).select(orders::id).load::<OrderId>(conn)?);
    }
    if text.typed.chars().count() >= FEWEST_LETTERS {
        let mailed = orders::table.filter(begins_with(orders::email, &text.typed));
        ids.extend(
            mailed.order(orders::id.desc()).limit(most).select(orders::id).load::<OrderId>(conn)?,
        );
        ids.extend(named(conn, &text.typed, most)?);
    }
    ids.sort_unstable_by(|one, other| other.cmp(one));
    ids.dedup();
    ids.truncate(MOST_FITTING);
    Ok(ids)
}

fn named(conn: &mut Conn, typed: &str, most: i64) -> Result<Vec<OrderId>> {
    let name = order_address::name;
    let first = order_address::table.filter(begins_with(name, typed));
    let last = order_address::table.filter(last_word_begins_with(name, typed));
    let mut ids: Vec<OrderId> = first
        .order(order_address::order_id.desc())
        .limit(most)
        .select(order_address::order_id)
        .load(conn)?;
    ids.extend(
        last.order(order_address::order_id.desc())
            .limit(most)
            .select(order_address::order_id)
            .load::<OrderId>(conn)?,
    );
    Ok(ids)
}

/// An order in a list, with what one wants to know of it at a glance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub order: Entry,
    /// Of whoever gets it, or pays it if nothing is brought; empty once she is forgotten.
    pub name: String,
    pub city: String,
    pub units: i64,
    /// Whether no real money moves for it.
    pub is_test: bool,
}

/// As [`list`], with more of each order.
pub fn listed(conn: &mut Conn, wanted: &Wanted, most: i64) -> Result<Vec<Listed>> {
    let found = list(conn, wanted, most)?;
    let ids: Vec<OrderId> = found.iter().map(|order| order.id).collect();
    let tests = tests_among(conn, &found)?;
    // "delivery" comes after "billing" and so has the last word.
    let people: Vec<(OrderId, String, String)> = order_address::table
        .filter(any_of(order_address::order_id, &ids))
        .filter(order_address::name.ne(""))
        .order(order_address::kind)
        .select((order_address::order_id, order_address::name, order_address::city))
        .load(conn)?;
    let units: Vec<(OrderId, i64)> = order_line::table
        .filter(any_of(order_line::order_id, &ids))
        .select((order_line::order_id, order_line::quantity))
        .load(conn)?;
    let listed = |order: Entry| {
        let person = people.iter().rev().find(|(of, ..)| *of == order.id).cloned();
        let (_, name, city) = person.unwrap_or((order.id, String::new(), String::new()));
        let own = units.iter().filter(|(of, _)| *of == order.id);
        let (units, is_test) = (own.map(|(_, units)| units).sum(), tests.contains(&order.id));
        Listed { name, city, units, is_test, order }
    };
    Ok(found.into_iter().map(listed).collect())
}
