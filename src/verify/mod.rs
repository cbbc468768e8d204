//! Proves that the books balance: one pass over a shop, which may be open meanwhile. Owns no table
//! and changes none. What can be asked of the database in a sentence is asked by `books.rs`, a file of
//! sentences for each subject; what is a rule of ours (a bill, a status) is reckoned anew by the
//! function that it came of (`orders.rs`). What belongs to orders is gone through in heaps of them, so
//! that a shop of any size takes the same memory, and several clerks take the next heap from one pile
//! (`round.rs`).

mod books;
mod dealings;
mod goods;
mod money;
mod orders;
mod outbox;
mod papers;
mod round;

pub use books::sentences;

use chrono::NaiveDateTime;

use crate::db::{Conn, Db};
use crate::error::Result;
use round::Round;

/// What was looked at, and every row that does not hold.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Findings {
    pub orders: u64,
    /// One sentence each, without personal data.
    pub broken: Vec<String>,
}

/// Looks at everything, at one moment: it runs in the caller's transaction. `now` tells which jobs
/// may have been forgotten.
///
/// # Errors
/// When the database cannot be read.
pub fn verify(conn: &mut Conn, now: NaiveDateTime) -> Result<Findings> {
    Ok(Round::begin(now).go(conn)?.told())
}

/// As [`verify`], by so many clerks at once, each with a connection of its own.
///
/// # Errors
/// As [`verify`].
pub async fn verify_together(db: &Db, clerks: usize, now: NaiveDateTime) -> Result<Findings> {
    let round = Round::begin(now);
    let found = db.at_one_moment(clerks, move |conn| round.go(conn)).await?;
    Ok(found.into_iter().fold(round::Found::default(), round::Found::and).told())
}
