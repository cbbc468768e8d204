//! All SQL of the room.

use diesel::prelude::*;
use std::cmp::Ordering;

use super::model::{Deed, Entity, Entry, Wanted, Who};
use crate::db::Conn;
use crate::db::schema::{audit_entry, audit_head};
use crate::error::Result;

/// How many entries are in memory at once.
const AT_ONCE: i64 = 1_000;
/// How many broken entries are named.
const MOST_NAMED: usize = 100;

/// Writes down what is done, in the transaction that does it.
pub fn write(conn: &mut Conn, who: &Who, deed: &Deed) -> Result<()> {
    // Whoever comes after waits for the row until this transaction has ended.
    let sequence = diesel::update(audit_head::table)
        .set(audit_head::entries.eq(audit_head::entries + 1))
        .returning(audit_head::entries)
        .get_result(conn)?;
    let mut entry = Entry::new(sequence, who, deed);
    entry.hash = entry.seal(&hash_of(conn, sequence - 1)?);
    diesel::insert_into(audit_entry::table).values(&entry).execute(conn)?;
    Ok(())
}

/// Empty before the first entry.
fn hash_of(conn: &mut Conn, sequence: i64) -> Result<String> {
    let found = audit_entry::table.find(sequence).select(audit_entry::hash);
    Ok(found.first(conn).optional()?.unwrap_or_default())
}

/// Entries, the newest first.
pub fn list(conn: &mut Conn, wanted: &Wanted, most: usize) -> Result<Vec<Entry>> {
    let mut found = audit_entry::table.select(Entry::as_select()).into_boxed();
    if let Some(action) = wanted.action {
        found = found.filter(audit_entry::action.eq(action.code()));
    }
    if !wanted.text.is_empty() {
        let of = audit_entry::entity.eq(&wanted.text);
        found = found.filter(of.or(audit_entry::actor_name.eq(&wanted.text)));
    }
    if let Some(before) = wanted.before {
        found = found.filter(audit_entry::sequence.lt(before));
    }
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    Ok(found.order(audit_entry::sequence.desc()).limit(most).load(conn)?)
}

/// The last deed done to something.
pub fn last_of(conn: &mut Conn, entity: &Entity) -> Result<Option<Entry>> {
    let (kind, name) = entity.codes();
    let of = audit_entry::table
        .filter(audit_entry::entity_kind.eq(kind))
        .filter(audit_entry::entity.eq(name));
    let last = of.order(audit_entry::sequence.desc()).select(Entry::as_select());
    Ok(last.first(conn).optional()?)
}

/// Every entry that is not what was written, a sentence each.
pub fn verify(conn: &mut Conn) -> Result<Vec<String>> {
    let entries: i64 = audit_head::table.select(audit_head::entries).first(conn)?;
    let (mut broken, mut previous, mut known) = (Vec::new(), String::new(), 0);
    loop {
        let next = audit_entry::table
            .filter(audit_entry::sequence.gt(known))
            .order(audit_entry::sequence)
            .limit(AT_ONCE)
            .select(Entry::as_select())
            .load::<Entry>(conn)?;
        if next.is_empty() {
            break;
        }
        for entry in next {
            if entry.sequence != known + 1 {
                broken.push(missing(known + 1, entry.sequence - 1));
            } else if entry.hash != entry.seal(&previous) {
                broken.push(format!("entry {} is not as it was written", entry.sequence));
            }
            (known, previous) = (entry.sequence, entry.hash);
        }
    }
    match known.cmp(&entries) {
        Ordering::Less => broken.push(missing(known + 1, entries)),
        Ordering::Equal => {}
        Ordering::Greater => broken.push(format!("entry {known} was put in")),
    }
    broken.truncate(MOST_NAMED);
    Ok(broken)
}

fn missing(from: i64, to: i64) -> String {
    match from < to {
        true => format!("the entries {from} to {to} are missing"),
        false => format!("entry {from} is missing"),
    }
}
