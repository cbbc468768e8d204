//! The job that does a file: read in pieces, a few products in each transaction. It works for a while
//! and writes the job that goes on, so whatever is cut off is taken up where it was, by any instance:
//! each transaction moves the file on from the very place that it began at, or changes nothing.

use chrono::NaiveDateTime;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::batch::{Batch, JUDGED_AT_ONCE, WRITTEN_AT_ONCE};
use super::begin::{go_on, head};
use super::gather::gather;
use super::piece::{self, End};
use super::progress::{Counts, Import, State};
use super::queries;
use super::sweep::new_name;
use super::table::{Head, Place, whole};
use super::undo;
use crate::db::{Conn, Db};
use crate::error::{Error, Result};
use crate::ids::ImportId;
use crate::jobs::{Failure, Kind, Queue};
use crate::web::Shop;

/// A job about the [`ImportId`] of a file: goes on with it.
pub(super) const STEP: Kind = Kind { queue: Queue::Shop, name: "exchange.step" };
/// A job works for so long before the next one goes on: other jobs wait for a free hand no longer.
const WORKS_FOR: Duration = Duration::from_secs(5);

pub(super) async fn step(shop: &Shop, id: ImportId, now: NaiveDateTime) -> Result<(), Failure> {
    let begin = Instant::now();
    shop.refresh().await?;
    while advance(shop, id, now).await? {
        if begin.elapsed() > WORKS_FOR {
            return Ok(shop.db.write(move |conn| go_on(conn, id, now)).await?);
        }
    }
    // What it has made is on the pages of this instance at once.
    Ok(shop.refresh().await?)
}

/// Does a piece; `false` when there is nothing more to do, or somebody else does it.
async fn advance(shop: &Shop, id: ImportId, now: NaiveDateTime) -> Result<bool> {
    let Some(import) = shop.db.read(move |conn| queries::find(conn, id)).await? else {
        return Ok(false);
    };
    match import.state {
        State::Undoing => undo::some(&shop.db, shop.frame(), import, now).await,
        State::Checking | State::Running => read_on(shop, import, now).await,
        _ => Ok(false),
    }
}

async fn read_on(shop: &Shop, mut import: Import, now: NaiveDateTime) -> Result<bool> {
    let frame = shop.frame();
    let head = head(&shop.files, &import.file, frame.own_language()).await?;
    let head = Arc::new(head.map_err(|why| Error::internal(format!("a file of goods: {why}")))?);
    if import.is_new() && !head.is_gathered() && put_together(shop, &import, &head, now).await? {
        return Ok(true);
    }
    let from = import.at.max(head.begins);
    let take = |bytes: &[u8], is_last: bool| head.items(bytes, from, is_last);
    let mut piece = piece::read(&shop.files, &import.file, from, take).await?;
    let at_once = match import.state {
        State::Checking => JUDGED_AT_ONCE,
        _ => WRITTEN_AT_ONCE,
    };
    let mut is_again = false;
    while !piece.items.is_empty() {
        let items = piece.items[..piece.items.len().min(at_once)].to_vec();
        let (head, frame) = (head.clone(), frame.clone());
        let batch = Batch { import, head, frame, items, is_again, now };
        let Some((count, after)) = batch.run(&shop.db).await? else { return Ok(false) };
        piece.items.drain(..count);
        (import, is_again) = (after, count == 0);
    }
    match piece.end {
        None => Ok(true),
        Some(end) => finish(&shop.db, &import, (end, from), now).await.map(|()| false),
    }
}

/// Whether the file has to be read in another order, and lies there in it now.
async fn put_together(
    shop: &Shop,
    import: &Import,
    head: &Head,
    now: NaiveDateTime,
) -> Result<bool> {
    let name = new_name();
    let Some(size) = gather(&shop.files, (&import.file, &name), head).await? else {
        return Ok(false);
    };
    let size = i64::try_from(size).unwrap_or(i64::MAX);
    let (known, new) = (import.clone(), name.clone());
    let write = move |conn: &mut Conn| queries::move_file(conn, &known, (&new, size), now);
    let left = if shop.db.write(write).await? { &import.file } else { &name };
    shop.files.remove(left).await?;
    Ok(true)
}

async fn finish(
    db: &Db,
    import: &Import,
    (end, from): (End, Place),
    now: NaiveDateTime,
) -> Result<()> {
    let import = import.clone();
    let write = move |conn: &mut Conn| {
        if end == End::TooLong {
            let problem = whole(from.line, "import-too-long");
            queries::note_problem(conn, import.id, (import.counts.problems, &problem))?;
            let counts = Counts { wrong: 1, problems: 1, ..Counts::default() };
            queries::move_on(conn, &import, (import.at, &counts), now)?;
        }
        queries::set_state(conn, import.id, (&[import.state], import.state.end()), now)?;
        Ok(())
    };
    db.write(write).await
}
