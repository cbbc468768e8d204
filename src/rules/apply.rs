//! Makes the shop's rules what the files say, or shows what that would change.

use chrono::NaiveDateTime;
use diesel::Connection;
use serde_json::json;

use super::plan::{Change, compare};
use super::read::{Fields, Mistake, Reading, Spot, Tree, Wrong};
use super::{delivery, prices, promotions, settings as section, tax};
use crate::audit::{self, Action, Deed, Entity, Who};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::settings::{self, ShopSettings};

/// How many changes the audit log tells one by one.
const MOST_WRITTEN: usize = 1_000;

/// What the files come to.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Everything that changes, in the order of the sections.
    pub changes: Vec<Change>,
    /// Everything that is wrong; then nothing was changed.
    pub mistakes: Vec<Mistake>,
}

/// Whether changes are to stay.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    Apply,
    /// Everything is done and undone again: a plan cannot promise what would fail.
    Plan,
}

/// Why a transaction is undone.
enum Undone {
    /// With what it would have come to.
    For(Outcome),
    Failed(Error),
}

impl From<diesel::result::Error> for Undone {
    fn from(error: diesel::result::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// Applies all files in one transaction, or none of them.
///
/// # Errors
/// The database's. What is wrong with the files is in the outcome.
pub fn apply(conn: &mut Conn, files: &Tree, mode: Mode, now: NaiveDateTime) -> Result<Outcome> {
    let done = conn.transaction(|conn| {
        let outcome = work(conn, files, now).map_err(Undone::Failed)?;
        let is_worth_keeping = outcome.mistakes.is_empty() && !outcome.changes.is_empty();
        match mode {
            Mode::Apply if is_worth_keeping => Ok(outcome),
            _ => Err(Undone::For(outcome)),
        }
    });
    match done {
        Ok(outcome) | Err(Undone::For(outcome)) => Ok(outcome),
        Err(Undone::Failed(error)) => Err(error),
    }
}

/// Applies all files in somebody's name, and writes down what changed.
///
/// # Errors
/// As [`apply`].
pub fn apply_as(conn: &mut Conn, who: &Who, files: &Tree) -> Result<Outcome> {
    let outcome = apply(conn, files, Mode::Apply, who.at)?;
    if outcome.mistakes.is_empty() && !outcome.changes.is_empty() {
        let changes = outcome.changes.iter().take(MOST_WRITTEN).map(ToString::to_string);
        let after = json!({
            "count": outcome.changes.len(),
            "changes": changes.collect::<Vec<_>>(),
        });
        let (action, entity) = (Action::RulesApplied, Entity::Shop);
        audit::write(conn, who, &Deed { action, entity, before: json!({}), after })?;
    }
    Ok(outcome)
}

fn work(conn: &mut Conn, files: &Tree, now: NaiveDateTime) -> Result<Outcome> {
    // One after the other: PostgreSQL holds the row until the end of the transaction.
    settings::announce(conn)?;
    let before = settings::load(conn)?;
    let mut wanted = before.clone();
    let first = Reading::of(files, section::ground(&before));
    if let Some(spot) = Fields::root(&first).spot("settings") {
        spot.told(section::read(&spot, &mut wanted));
    }
    // Everything else is read by the settings as they will be.
    let reading = Reading::after(first, section::ground(&wanted));
    let root = Fields::root(&reading);
    let mut changes = apply_settings(conn, &before, &wanted)?;
    changes.extend(apply_tax(conn, &root)?);
    changes.extend(apply_delivery(conn, &root)?);
    changes.extend(apply_promotions(conn, &root, now)?);
    changes.extend(apply_prices(conn, &root, now)?);
    root.spot("settings");
    root.close();
    drop(root);
    Ok(Outcome { changes, mistakes: reading.mistakes() })
}

fn apply_settings(
    conn: &mut Conn,
    before: &ShopSettings,
    wanted: &ShopSettings,
) -> Result<Vec<Change>> {
    let changes = compare(&section::entries(before), &section::entries(wanted));
    if !changes.is_empty() {
        settings::save(conn, wanted)?;
    }
    Ok(changes)
}

/// The section of this name, if a file has it.
fn find<'a, T>(
    root: &Fields<'a>,
    key: &'static str,
    read: impl FnOnce(&Spot<'a>) -> Result<T, Wrong>,
) -> Option<T> {
    let spot = root.spot(key)?;
    let read = read(&spot);
    spot.told(read)
}

fn apply_tax(conn: &mut Conn, root: &Fields<'_>) -> Result<Vec<Change>> {
    let Some(wanted) = find(root, "tax", tax::read) else { return Ok(Vec::new()) };
    let ground = &root.reading.ground;
    let before = tax::load(conn)?;
    tax::save(conn, &wanted)?;
    Ok(compare(&tax::entries(&before, ground), &tax::entries(&tax::load(conn)?, ground)))
}

fn apply_delivery(conn: &mut Conn, root: &Fields<'_>) -> Result<Vec<Change>> {
    let Some(wanted) = find(root, "delivery", delivery::read) else { return Ok(Vec::new()) };
    let ground = &root.reading.ground;
    let before = delivery::load(conn)?;
    delivery::save(conn, &wanted)?;
    let after = delivery::load(conn)?;
    Ok(compare(&delivery::entries(&before, ground), &delivery::entries(&after, ground)))
}

fn apply_promotions(conn: &mut Conn, root: &Fields<'_>, now: NaiveDateTime) -> Result<Vec<Change>> {
    let Some(wanted) = find(root, "promotions", promotions::read) else { return Ok(Vec::new()) };
    let ground = &root.reading.ground;
    let before = crate::promotions::load_rules(conn)?;
    for mistake in crate::promotions::save_rules(conn, &wanted, now)? {
        let path = ["promotions", mistake.rule.as_str(), mistake.field];
        root.reading.unknown(&path, mistake.problem.about(), mistake.problem.to_string());
    }
    // As they are now, not as they were wanted: one that orders have used stays, stopped.
    let after = crate::promotions::load_rules(conn)?;
    Ok(compare(&promotions::entries(&before, ground), &promotions::entries(&after, ground)))
}

fn apply_prices(conn: &mut Conn, root: &Fields<'_>, now: NaiveDateTime) -> Result<Vec<Change>> {
    let Some(mut wanted) = find(root, "prices", prices::read) else { return Ok(Vec::new()) };
    let ground = &root.reading.ground;
    let before = prices::load(conn, &wanted)?;
    for sku in wanted.keys().filter(|sku| !before.contains_key(*sku)) {
        root.reading.unknown(&["prices", sku], sku, "the shop has no variant with this SKU");
    }
    wanted.retain(|sku, _| before.contains_key(sku));
    prices::save(conn, &wanted, now)?;
    let after = prices::load(conn, &wanted)?;
    Ok(compare(&prices::entries(&before, ground), &prices::entries(&after, ground)))
}
