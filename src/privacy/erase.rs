//! Forgetting a person: what is about her goes, what was sold for how much stays.

use chrono::{NaiveDateTime, TimeDelta};
use serde_json::json;

use super::person::{Outlook, Person, Since};
use super::queries;
use crate::audit::{self, Action, Deed, Entity, Who};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::OrderId;
use crate::jobs::{self, Kind, NewJob, Queue};
use crate::settings;

/// Somebody was forgotten: about the mails (`Vec<MailId>`) that were kept as files. What is left outside
/// of the tables is removed.
pub const FORGOTTEN: Kind = Kind { queue: Queue::Shop, name: "privacy.forgotten" };
/// So long after a guest's order was placed she is forgotten without asking: claims end by then (three
/// years, § 195 BGB, and the rest of a year).
pub(super) const GUESTS_KEPT: TimeDelta = TimeDelta::days(4 * 365);

/// What would become of what is known of a person.
pub fn outlook(conn: &mut Conn, person: &Person, now: NaiveDateTime) -> Result<Outlook> {
    let since = since(conn, now)?;
    Ok(Outlook::of(&queries::orders_of(conn, person, since)?))
}

/// Forgets a person, in the caller's transaction. Her open orders stay as they are until they are done;
/// then they are forgotten by themselves.
pub fn erase(conn: &mut Conn, person: &Person, who: &Who) -> Result<Outlook> {
    let since = since(conn, who.at)?;
    let orders = queries::orders_of(conn, person, since)?;
    let (open, done): (Vec<_>, Vec<_>) = orders.iter().partition(|order| order.is_open);
    let ids = |orders: &[&super::person::HerOrder]| -> Vec<OrderId> {
        orders.iter().map(|order| order.id).collect()
    };
    forget(conn, person, &ids(&done), who.at)?;
    queries::put_off(conn, &ids(&open), who.at)?;
    let outlook = Outlook::of(&orders);
    let after = json!({ "orders": outlook.done, "waiting": outlook.waiting });
    let (action, entity) = (Action::PersonForgotten, Entity::Customer(person.customer));
    audit::write(conn, who, &Deed { action, entity, before: json!({}), after })?;
    Ok(outlook)
}

/// Forgets orders whose time has come, at most so many; how many there were.
pub(super) fn forget_due(conn: &mut Conn, now: NaiveDateTime, most: i64) -> Result<usize> {
    let since = since(conn, now)?;
    let orders = queries::due(conn, since, most)?;
    if !orders.is_empty() {
        forget(conn, &Person::default(), &orders, now)?;
    }
    Ok(orders.len())
}

fn forget(conn: &mut Conn, person: &Person, orders: &[OrderId], now: NaiveDateTime) -> Result<()> {
    let files = queries::files_of(conn, person, orders)?;
    queries::forget(conn, person, orders)?;
    jobs::enqueue(conn, &NewJob::new(FORGOTTEN, &files, now)?, now)
}

fn since(conn: &mut Conn, now: NaiveDateTime) -> Result<Since> {
    // A day more than was promised: wherever she is, it is over.
    let days = settings::load(conn)?.return_days.clamp(0, 3_650) + 1;
    Ok(Since { shipped: now - TimeDelta::days(days), placed: now - GUESTS_KEPT })
}
