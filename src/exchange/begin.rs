//! What the staff do with a file: bring it, look at it again, run it, stop it, go on, undo it.

use actix_web::web::Bytes;
use chrono::NaiveDateTime;
use serde_json::json;

use super::judge::Stock;
use super::progress::{Brought, Import, State};
use super::queries;
use super::steps::STEP;
use super::table::Head;
use crate::audit::{self, Action, Deed, Entity, Who};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::files::Files;
use crate::ids::{ImportId, StaffId};
use crate::jobs::{NewJob, enqueue};
use crate::web::Shop;

/// Why a file is not taken: the message in `locales/`.
pub type Refused = &'static str;

/// Takes in a file that lies under this name already, so many bytes long, and begins to check it.
///
/// # Errors
/// `Internal` when it cannot be read.
pub async fn keep(
    shop: &Shop,
    (file, name, size): (String, String, u64),
    (staff, stock, now): (StaffId, Stock, NaiveDateTime),
) -> Result<Result<ImportId, Refused>> {
    let head = match head(&shop.files, &file, shop.frame().own_language()).await? {
        Ok(head) => head,
        Err(refused) => {
            shop.files.remove(&file).await?;
            return Ok(Err(refused));
        }
    };
    let brought = Brought {
        staff,
        name: name.chars().filter(|c| !c.is_control()).take(100).collect(),
        file,
        size: i64::try_from(size).unwrap_or(i64::MAX),
        dialect: head.dialect,
        ignored: head.ignored().join(", "),
        stock,
    };
    let write = move |conn: &mut Conn| {
        let id = queries::insert(conn, &brought, now)?;
        go_on(conn, id, now)?;
        Ok(id)
    };
    shop.db.write(write).await.map(Ok)
}

/// How much of a file its first row may take.
const LONGEST_HEAD: u64 = 64 << 10;

pub(super) async fn head(
    files: &Files,
    file: &str,
    own: crate::language::Language,
) -> Result<Result<Head, Refused>> {
    let bytes: Bytes = files.part(file, 0, LONGEST_HEAD).await?;
    Ok(Head::read(&bytes, own))
}

/// Writes the job that does the next step.
pub(super) fn go_on(conn: &mut Conn, id: ImportId, now: NaiveDateTime) -> Result<()> {
    enqueue(conn, &NewJob::new(STEP, &id, now)?, now)
}

/// Who says what is done with a file.
pub struct By<'a> {
    pub who: &'a Who,
    pub staff: StaffId,
    /// Whether she may change stock: of a file that does she may only stop it otherwise.
    pub may_count: bool,
}

/// Checks a file once more, with another rule for stock.
///
/// # Errors
/// `NotFound` when it is not waiting for that.
pub fn again(conn: &mut Conn, id: ImportId, stock: Stock, by: &By<'_>) -> Result<()> {
    turn(conn, id, (&[State::Checked, State::Unread], State::Checking), by)?;
    queries::begin(conn, id, stock.code())?;
    go_on(conn, id, by.who.at)
}

/// Begins to write what a file says.
///
/// # Errors
/// As [`again`]; also when she may not.
pub fn run(conn: &mut Conn, id: ImportId, by: &By<'_>) -> Result<()> {
    let import = may(conn, id, by)?;
    turn(conn, id, (&[State::Checked], State::Running), by)?;
    queries::begin(conn, id, import.stock.code())?;
    told(conn, Action::ImportBegun, &import.name, by.who)?;
    go_on(conn, id, by.who.at)
}

/// Stops a file between two products; what is written stays.
///
/// # Errors
/// As [`again`].
pub fn stop(conn: &mut Conn, id: ImportId, by: &By<'_>) -> Result<()> {
    turn(conn, id, (&[State::Running], State::Stopped), by)
}

/// Goes on with a file where it was stopped.
///
/// # Errors
/// As [`run`].
pub fn resume(conn: &mut Conn, id: ImportId, by: &By<'_>) -> Result<()> {
    may(conn, id, by)?;
    turn(conn, id, (&[State::Stopped], State::Running), by)?;
    go_on(conn, id, by.who.at)
}

/// Begins to undo what a file has changed.
///
/// # Errors
/// As [`run`].
pub fn undo(conn: &mut Conn, id: ImportId, by: &By<'_>) -> Result<()> {
    let import = may(conn, id, by)?;
    turn(conn, id, (&[State::Stopped, State::Done], State::Undoing), by)?;
    queries::begin_undoing(conn, id)?;
    told(conn, Action::ImportUndone, &import.name, by.who)?;
    go_on(conn, id, by.who.at)
}

fn may(conn: &mut Conn, id: ImportId, by: &By<'_>) -> Result<Import> {
    let import = queries::find(conn, id)?.ok_or(Error::NotFound)?;
    let may = by.may_count || import.stock == Stock::Nowhere;
    if may { Ok(import) } else { Err(Error::NotFound) }
}

fn turn(conn: &mut Conn, id: ImportId, (from, to): (&[State], State), by: &By<'_>) -> Result<()> {
    match queries::set_state(conn, id, (from, to), by.who.at)? {
        true => queries::hand_over(conn, id, by.staff),
        false => Err(Error::NotFound),
    }
}

fn told(conn: &mut Conn, action: Action, name: &str, who: &Who) -> Result<()> {
    let after = json!({ "file": name });
    audit::write(conn, who, &Deed { after, ..Deed::of(action, Entity::Shop) })
}
