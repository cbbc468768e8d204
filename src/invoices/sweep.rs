//! Takes the buyer out of papers that the law asks for no longer. Sums and numbers stay: a series has no
//! gap, and the books balance.

use chrono::{NaiveDateTime, TimeDelta};

use super::document::{Document, Party};
use super::queries;
use crate::db::{Conn, Db};
use crate::error::Result;
use crate::ids::MailId;
use crate::jobs::{self, Kind, NewJob, Queue, Works};
use crate::privacy::FORGOTTEN;

const SWEEP: Kind = Kind { queue: Queue::Shop, name: "invoices.sweep" };
/// Ten years, three of them leap years: as long as any law that we know asks for (docs/privacy.md). The
/// database refuses earlier changes by itself.
const KEPT: TimeDelta = TimeDelta::days(10 * 365 + 3);
/// So many go in one transaction, so that no order waits for the broom.
const BATCH: i64 = 100;
/// So many transactions a day.
const BATCHES: usize = 1_000;

/// Adds what this room does every day.
pub fn works(works: Works, db: &Db) -> Works {
    let db = db.clone();
    works.every(SWEEP, TimeDelta::days(1), move |task| {
        let db = db.clone();
        Box::pin(async move { Ok(sweep(&db, task.now).await?) })
    })
}

async fn sweep(db: &Db, now: NaiveDateTime) -> Result<()> {
    for _ in 0..BATCHES {
        if db.write(move |conn| forget_buyers(conn, now)).await? == 0 {
            break;
        }
    }
    Ok(())
}

fn forget_buyers(conn: &mut Conn, now: NaiveDateTime) -> Result<usize> {
    let papers = queries::old(conn, now - KEPT, BATCH)?;
    for (id, paper) in &papers {
        queries::forget_buyer(conn, *id, &without_buyer(paper))?;
    }
    if !papers.is_empty() {
        jobs::enqueue(conn, &NewJob::new(FORGOTTEN, &Vec::<MailId>::new(), now)?, now)?;
    }
    Ok(papers.len())
}

/// What stands in it of what she typed, or somebody about her, goes.
fn without_buyer(paper: &Document) -> Document {
    let mut paper = paper.clone();
    (paper.buyer, paper.delivery) = (Party::default(), Party::default());
    paper.note.clear();
    if let Some(corrects) = &mut paper.corrects {
        corrects.reason.clear();
    }
    paper
}
