//! What this room does besides pages: files are worked off, and forgotten after a while.

use chrono::{NaiveDateTime, TimeDelta};
use futures_util::TryStreamExt;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::progress::State;
use super::queries;
use super::steps::{STEP, step};
use crate::db::Db;
use crate::error::Result;
use crate::files::Files;
use crate::ids::ImportId;
use crate::jobs::{Kind, Queue, Works};
use crate::web::Shop;

const SWEEP: Kind = Kind { queue: Queue::Shop, name: "exchange.sweep" };
/// How long what a file has changed can be looked at, and undone.
const KEPT: TimeDelta = TimeDelta::days(90);
/// A file is there before its row.
const STRAY: TimeDelta = TimeDelta::days(1);
/// So many go a day.
const MOST: i64 = 200;
/// The folder of files that were brought.
const FOLDER: &str = "imports";

/// A name for a file that is brought.
pub fn new_name() -> String {
    format!("{FOLDER}/{:032x}.csv", rand::random::<u128>())
}

/// Adds what this room does.
pub fn works(works: Works, shop: &Arc<Shop>) -> Works {
    let (stepping, db, files) = (shop.clone(), shop.db.clone(), shop.files.clone());
    works
        .outside(STEP, move |task| {
            let shop = stepping.clone();
            Box::pin(async move { step(&shop, task.about::<ImportId>()?, task.now).await })
        })
        .given_up(STEP, |conn, task| {
            let id = task.about()?;
            for (from, to) in State::GIVEN_UP {
                queries::set_state(conn, id, (&[from], to), task.now)?;
            }
            Ok(())
        })
        .every(SWEEP, TimeDelta::days(1), move |task| {
            let (db, files) = (db.clone(), files.clone());
            Box::pin(async move { Ok(sweep(&db, &files, task.now).await?) })
        })
}

async fn sweep(db: &Db, files: &Files, now: NaiveDateTime) -> Result<()> {
    for (id, file) in db.read(move |conn| queries::old(conn, now - KEPT, MOST)).await? {
        files.remove(&file).await?;
        db.write(move |conn| queries::forget(conn, id)).await?;
    }
    let mut strays = files.written_before(FOLDER, now - STRAY, MOST as usize)?;
    while let Some(names) = strays.try_next().await? {
        let asked = names.clone();
        let known = db.read_long(move |conn| queries::known_files(conn, &asked)).await?;
        let known = BTreeSet::from_iter(known);
        for name in names.iter().filter(|name| !known.contains(*name)) {
            files.remove(name).await?;
        }
    }
    Ok(())
}
