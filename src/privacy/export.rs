//! Everything that is known of a person, for herself.

use serde_json::{Map, Value, json};

use super::declared::TABLES;
use super::person::{Person, Since};
use super::queries;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::OrderId;
use chrono::NaiveDateTime;

/// So many rows of a table are told at most; where there are more, `cut` names the table.
const MOST: i64 = 20_000;

/// Every row of hers, by table and column, without secrets and without names of staff. A long read.
pub fn export(conn: &mut Conn, person: &Person, now: NaiveDateTime) -> Result<Value> {
    let orders = queries::orders_of(conn, person, Since { shipped: now, placed: now })?;
    let orders: Vec<OrderId> = orders.iter().map(|order| order.id).collect();
    let (mut told, mut cut) = (Map::new(), Vec::new());
    for table in TABLES.iter().filter(|table| !table.hers.is_empty()) {
        let mut rows = queries::rows_of(conn, table, (person, &orders), MOST + 1)?;
        if rows.len() > usize::try_from(MOST).unwrap_or(usize::MAX) {
            rows.pop();
            cut.push(table.name);
        }
        if !rows.is_empty() {
            told.insert(table.name.to_owned(), rows.into());
        }
    }
    keep_her_mails(&mut told, person);
    let at = now.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    Ok(json!({ "exported_at": at, "cut": cut, "tables": told }))
}

/// What was written to the staff about her orders says nothing new of her, but names them.
fn keep_her_mails(told: &mut Map<String, Value>, person: &Person) {
    let orders = told.get("orders").and_then(Value::as_array).into_iter().flatten();
    let mut mailboxes: Vec<String> =
        orders.filter_map(|order| Some(order["email"].as_str()?.to_lowercase())).collect();
    mailboxes.extend(person.mailbox.clone());
    let Some(Value::Array(mails)) = told.get_mut("mail") else { return };
    mails.retain(|mail| {
        let recipient = mail["recipient"].as_str().unwrap_or_default().to_lowercase();
        mailboxes.contains(&recipient)
    });
}
