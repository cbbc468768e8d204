//! Proves that the books balance: one pass over a shop, which may be open meanwhile. Owns no table
//! and changes none. What can be asked of the database in a sentence is asked by `books.rs`, a file of
//! sentences for each subject; what is a rule of ours (a bill, a status) is reckoned anew by the
//! function that it came of (`orders.rs`).

mod books;
mod dealings;
mod goods;
mod money;
mod orders;
mod outbox;
mod papers;

pub use books::sentences;

use chrono::NaiveDateTime;

use crate::audit;
use crate::db::Conn;
use crate::error::Result;

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
    let mut findings = Findings::default();
    books::check(conn, &mut findings, now)?;
    orders::check(conn, &mut findings)?;
    let altered = audit::verify(conn)?.into_iter();
    findings
        .broken
        .extend(altered.map(|what| format!("The audit log is what was written: {what}.")));
    Ok(findings)
}
