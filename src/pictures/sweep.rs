//! What this room does besides pages: widths are made, and pictures and files that nobody shows go.

use chrono::{NaiveDateTime, TimeDelta};
use futures_util::TryStreamExt;
use std::collections::BTreeSet;

use super::make::{clear, make};
use super::model::{MAKE, ORIGINALS};
use super::queries;
use crate::db::Db;
use crate::error::Result;
use crate::files::Files;
use crate::ids::MediaId;
use crate::jobs::{Kind, Queue, Works};

const SWEEP: Kind = Kind { queue: Queue::Shop, name: "pictures.sweep" };
/// A page that was read just now still shows a picture that was removed, and a file is there before its
/// row.
const KEPT: TimeDelta = TimeDelta::days(1);
/// So many at once, and so often a day.
const BATCH: i64 = 100;
const BATCHES: usize = 100;

/// Adds what this room does.
pub fn works(works: Works, db: &Db, files: &Files) -> Works {
    let own = || (db.clone(), files.clone());
    let (making, sweeping) = (own(), own());
    works
        .outside(MAKE, move |task| {
            let (db, files) = making.clone();
            Box::pin(async move { make(&db, &files, task.about::<MediaId>()?).await })
        })
        .given_up(MAKE, |conn, task| queries::set_failed(conn, task.about::<MediaId>()?))
        .every(SWEEP, TimeDelta::days(1), move |task| {
            let (db, files) = sweeping.clone();
            Box::pin(async move { Ok(sweep(&db, &files, task.now - KEPT).await?) })
        })
}

async fn sweep(db: &Db, files: &Files, before: NaiveDateTime) -> Result<()> {
    for _ in 0..BATCHES {
        // Whether an order shows one of them is asked of all order lines, once for so many.
        let unused = db.read_long(move |conn| queries::unused(conn, before, BATCH)).await?;
        if unused.is_empty() {
            break;
        }
        let (kept, gone): (Vec<_>, Vec<_>) =
            unused.into_iter().partition(|(_, is_shown)| *is_shown);
        let kept: Vec<MediaId> = kept.into_iter().map(|(picture, _)| picture.id).collect();
        db.write(move |conn| queries::keep(conn, &kept)).await?;
        for (picture, _) in gone {
            clear(files, &picture).await?;
            db.write(move |conn| queries::forget(conn, picture.id)).await?;
        }
    }
    sweep_strays(db, files, before).await
}

/// Files whose rows were never written, as the power went.
async fn sweep_strays(db: &Db, files: &Files, before: NaiveDateTime) -> Result<()> {
    let most = usize::try_from(BATCH).unwrap_or(1);
    let mut batches = files.written_before(ORIGINALS, before, most)?;
    while let Some(names) = batches.try_next().await? {
        let asked = names.clone();
        let known = db.read_long(move |conn| queries::known_originals(conn, &asked)).await?;
        let known = BTreeSet::from_iter(known);
        for name in names.iter().filter(|name| !known.contains(*name)) {
            tracing::info!(name, "a file without a picture is removed");
            files.remove(name).await?;
        }
    }
    Ok(())
}
