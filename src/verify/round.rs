//! One round through the books: what is left to be looked at, for as many clerks as there are.

use chrono::{DateTime, NaiveDate, NaiveDateTime};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::Findings;
use super::books::{self, Book};
use super::orders;
use crate::audit;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::OrderId;
use crate::jobs;
use crate::reports::{self, Days};

/// How many orders make a heap: a clerk has one in memory.
const HEAP: i64 = 2_500;
/// No order has such an id, nor does what has lost its order.
const BEFORE_ALL: OrderId = OrderId(-1);
const AFTER_ALL: OrderId = OrderId(i64::MAX);
/// No shop has sold anything on the web on it.
const BEFORE_ANY_SHOP: NaiveDate = DateTime::UNIX_EPOCH.naive_utc().date();
/// How many broken rows of one kind are named.
const MOST_NAMED: usize = 100;

/// Orders that come after one, up to another: the first heap begins before all, the last ends after all.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heap {
    pub after: OrderId,
    pub until: OrderId,
}

pub(super) struct Round {
    /// The instant before which jobs that are done may have been forgotten.
    since: String,
    left: Mutex<Left>,
}

struct Left {
    /// What is asked once.
    books: Vec<&'static Book>,
    audit: bool,
    /// After which day the next kept ones are; `None` after the last.
    days: Option<NaiveDate>,
    /// Where the next heap begins; `None` after the last.
    heaps: Option<OrderId>,
}

enum Task {
    Book(&'static Book),
    Audit,
    Days(Days),
    Heap(Heap),
}

/// Rows that do not hold, by the sentence that they break.
#[derive(Default)]
pub(super) struct Found {
    orders: u64,
    broken: BTreeMap<&'static str, Vec<String>>,
}

impl Round {
    pub fn begin(now: NaiveDateTime) -> Self {
        let since = (now - jobs::KEPT).format("%Y-%m-%d %H:%M:%S").to_string();
        let books = books::all().filter(|book| !book.is_by_heaps()).collect();
        let days = Some(BEFORE_ANY_SHOP);
        let left = Left { books, audit: true, days, heaps: Some(BEFORE_ALL) };
        Self { since, left: Mutex::new(left) }
    }

    /// Takes on one thing after another until nothing is left.
    pub fn go(&self, conn: &mut Conn) -> Result<Found> {
        let mut found = Found::default();
        while let Some(task) = self.next(conn)? {
            match task {
                Task::Book(book) => found.add(book.holds, book.ask(conn, &self.since, None)?),
                Task::Audit => found.add(AUDIT, audit::verify(conn)?),
                Task::Days(days) => found.add(reports::HOLDS, reports::untrue(conn, days)?),
                Task::Heap(heap) => self.heap(conn, heap, &mut found)?,
            }
        }
        Ok(found)
    }

    fn heap(&self, conn: &mut Conn, heap: Heap, found: &mut Found) -> Result<()> {
        for book in books::all().filter(|book| book.is_by_heaps()) {
            found.add(book.holds, book.ask(conn, &self.since, Some(heap))?);
        }
        let (orders, broken) = orders::check(conn, heap)?;
        found.orders += orders;
        found.add(orders::HOLDS, broken);
        Ok(())
    }

    /// What takes longest comes first, so that the clerks end together.
    fn next(&self, conn: &mut Conn) -> Result<Option<Task>> {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(book) = left.books.pop() {
            return Ok(Some(Task::Book(book)));
        }
        if std::mem::take(&mut left.audit) {
            return Ok(Some(Task::Audit));
        }
        if let Some(after) = left.days {
            let next = reports::kept_after(conn, after)?;
            left.days = next.map(|days| days.until);
            if let Some(days) = next {
                return Ok(Some(Task::Days(days)));
            }
        }
        let Some(after) = left.heaps else { return Ok(None) };
        let last = orders::last_of(conn, after, HEAP)?;
        left.heaps = last;
        Ok(Some(Task::Heap(Heap { after, until: last.unwrap_or(AFTER_ALL) })))
    }
}

/// What the audit log keeps.
const AUDIT: &str = "the audit log is what was written";

impl Found {
    fn add(&mut self, holds: &'static str, broken: Vec<String>) {
        if !broken.is_empty() {
            let known = self.broken.entry(holds).or_default();
            known.extend(broken);
            known.truncate(MOST_NAMED + 1);
        }
    }

    /// With what another clerk has found.
    pub fn and(mut self, other: Self) -> Self {
        self.orders += other.orders;
        for (holds, broken) in other.broken {
            self.add(holds, broken);
        }
        self
    }

    /// In sentences.
    pub fn told(self) -> Findings {
        let broken = self.broken.into_iter().flat_map(|(holds, mut rows)| {
            let more = (rows.len() > MOST_NAMED).then(|| "there are more".to_owned());
            rows.truncate(MOST_NAMED);
            rows.sort();
            let told = rows.into_iter().chain(more);
            told.map(|row| format!("{}: {row}.", capital(holds))).collect::<Vec<_>>()
        });
        Findings { orders: self.orders, broken: broken.collect() }
    }
}

fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
