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

/// Adds what this room does every hour.
pub fn works(works: Works, db: &Db) -> Works {
    works.sweeping(SWEEP, db, forget_buyers)
}

fn forget_buyers(conn: &mut Conn, now: NaiveDateTime, most: i64) -> Result<usize> {
    let papers = queries::old(conn, now - KEPT, most)?;
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
