//! A stocktake: a sheet that says what should lie there, and what was counted written beside it.

use serde::{Deserialize, Serialize};
use serde_json::json;
use std::fs::File;
use std::path::Path;

use super::super::order::Who;
use crate::audit::{self, Action, Deed, Entity};
use crate::catalog::levels::{self, After, Entry, Wanted};
use crate::cli::Outcome;
use crate::db::{Conn, Db};
use crate::error::Result;
use crate::stock::{self, Actor, Cause, Count, once};

/// So many are read, and so many corrected, at once.
const AT_ONCE: i64 = 200;
/// A count is no larger number.
const MOST_UNITS: i64 = 1_000_000_000;

/// A line of a sheet. What was not counted is left as it is.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Row {
    sku: String,
    on_hand: i64,
    counted: Option<i64>,
}

/// Writes a sheet of everything that lies on the shelf.
pub(super) async fn sheet(db: &Db, out: &Path) -> Outcome {
    let file = File::create_new(out).map_err(|error| format!("{}: {error}", out.display()))?;
    let mut sheet = csv::Writer::from_writer(file);
    let (mut after, mut rows) = (String::new(), 0);
    loop {
        let wanted = Wanted { after: Some(After::Sku(after.clone())), ..Wanted::default() };
        let levels = db.read_long(move |conn| levels::list(conn, &wanted, AT_ONCE)).await?;
        let Some(last) = levels.last() else { break };
        after.clone_from(&last.sku);
        rows += levels.len();
        for Entry { sku, on_hand, .. } in levels {
            sheet.serialize(Row { sku, on_hand, counted: None })?;
        }
    }
    sheet.flush()?;
    println!("{}: {rows} SKUs", out.display());
    Ok(())
}

/// Corrects what was counted, SKU by SKU; names each that differs, and each that is to be counted
/// anew.
pub(super) async fn take(
    db: &Db,
    sheet: &Path,
    (is_dry, reason): (bool, &str),
    by: &Who,
) -> Outcome {
    let rows = read(sheet)?;
    let (name, who) = (once(), by.answers());
    let mut left = 0;
    for rows in rows.chunks(usize::try_from(AT_ONCE)?) {
        let part = Part { name: name.clone(), rows: rows.to_vec(), reason: reason.to_owned() };
        let who = who.clone();
        let counts = match is_dry {
            true => db.read_long(move |conn| part.compare(conn)).await?,
            false => db.write(move |conn| part.correct(conn, &who)).await?,
        };
        let told = rows.iter().zip(&counts);
        left += told.filter(|(row, count)| !say(row, count.as_ref())).count();
    }
    match left {
        0 => Ok(()),
        left => Err(format!("{left} SKUs were left as they are: count them anew").into()),
    }
}

fn read(sheet: &Path) -> std::result::Result<Vec<Row>, String> {
    let wrong = |error: csv::Error| format!("{}: {error}", sheet.display());
    let mut rows = Vec::new();
    for row in csv::Reader::from_path(sheet).map_err(wrong)?.deserialize() {
        let row: Row = row.map_err(wrong)?;
        match row.counted {
            Some(counted) if !(0..=MOST_UNITS).contains(&counted) => {
                return Err(format!("{}: {counted} of {}?", sheet.display(), row.sku));
            }
            Some(_) => rows.push(row),
            None => {}
        }
    }
    Ok(rows)
}

/// Some rows of a sheet.
struct Part {
    /// Of the whole stocktake: each variant is corrected once by it.
    name: String,
    rows: Vec<Row>,
    reason: String,
}

impl Part {
    /// `None` for a SKU that is not known.
    fn compare(&self, conn: &mut Conn) -> Result<Vec<Option<Count>>> {
        let compare = |row: &Row| {
            let Some(variant) = stock::find_sku(conn, &row.sku)? else { return Ok(None) };
            let counted = row.counted.unwrap_or(row.on_hand);
            stock::compare(conn, variant, (row.on_hand, counted)).map(Some)
        };
        self.rows.iter().map(compare).collect()
    }

    fn correct(&self, conn: &mut Conn, who: &audit::Who) -> Result<Vec<Option<Count>>> {
        let actor = Actor::of(who);
        let mut counts = Vec::new();
        for row in &self.rows {
            let Some(variant) = stock::find_sku(conn, &row.sku)? else {
                counts.push(None);
                continue;
            };
            let name = format!("stocktake:{}:{variant}", self.name);
            let cause = Cause { name, reason: &self.reason, actor: &actor, at: who.at };
            let counted = row.counted.unwrap_or(row.on_hand);
            counts.push(Some(stock::correct(conn, variant, (row.on_hand, counted), &cause)?));
        }
        let is_corrected = |count: &&Option<Count>| matches!(count, Some(Count::Differs { .. }));
        let corrected = counts.iter().filter(is_corrected).count();
        let after = json!({ "stocktake": self.name, "corrected": corrected });
        let deed = Deed { after, ..Deed::of(Action::StockCounted, Entity::Shop) };
        audit::write(conn, who, &deed)?;
        Ok(counts)
    }
}

/// `false` when it is to be counted anew.
fn say(row: &Row, count: Option<&Count>) -> bool {
    let Row { sku, on_hand, .. } = row;
    match count {
        Some(Count::Same) => {}
        Some(Count::Differs { by }) => println!("{sku}: {by:+} to {}", on_hand + by),
        Some(Count::Moved { now }) => println!("{sku}: moved since, {on_hand} to {now}"),
        None => println!("{sku}: there is no such SKU"),
    }
    matches!(count, Some(Count::Same | Count::Differs { .. }))
}
