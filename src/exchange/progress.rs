//! A file that somebody brings, and how far it is.

use chrono::NaiveDateTime;

use super::judge::Stock;
use super::model::Changes;
use super::table::{Dialect, Place};
use crate::ids::{ImportId, StaffId};

/// What is done with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is read to the end, and nothing is changed.
    Checking,
    /// It could not be read to its end.
    Unread,
    Checked,
    Running,
    Stopped,
    Done,
    Undoing,
    Undone,
}

impl State {
    const ALL: [Self; 8] = [
        Self::Checking,
        Self::Unread,
        Self::Checked,
        Self::Running,
        Self::Stopped,
        Self::Done,
        Self::Undoing,
        Self::Undone,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Checking => "checking",
            Self::Unread => "unread",
            Self::Checked => "checked",
            Self::Running => "running",
            Self::Stopped => "stopped",
            Self::Done => "done",
            Self::Undoing => "undoing",
            Self::Undone => "undone",
        }
    }

    fn parse(code: &str) -> Self {
        Self::ALL.into_iter().find(|state| state.code() == code).unwrap_or(Self::Stopped)
    }

    /// Whether a job is at it.
    pub fn is_busy(self) -> bool {
        matches!(self, Self::Checking | Self::Running | Self::Undoing)
    }

    /// What it is when its job is given up: nothing is written that nobody has agreed to, and what
    /// was not undone can be undone again.
    pub(super) const GIVEN_UP: [(Self, Self); 3] = [
        (Self::Checking, Self::Unread),
        (Self::Running, Self::Stopped),
        (Self::Undoing, Self::Done),
    ];

    /// What it is when nothing of it is left to do.
    pub(super) fn end(self) -> Self {
        match self {
            Self::Checking => Self::Checked,
            Self::Undoing => Self::Undone,
            _ => Self::Done,
        }
    }
}

/// A file before it has a row.
#[derive(Debug, Clone)]
pub(super) struct Brought {
    pub staff: StaffId,
    /// What it was called.
    pub name: String,
    pub file: String,
    pub size: i64,
    pub dialect: Dialect,
    /// Names of columns that are not taken over, with commas between.
    pub ignored: String,
    pub stock: Stock,
}

/// Products by what becomes of them, and what is wrong.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub made: i64,
    pub changed: i64,
    pub same: i64,
    pub wrong: i64,
    /// Problems and notes, of all products.
    pub problems: i64,
    pub undone: i64,
    /// Left as they are, as somebody has changed them since.
    pub kept: i64,
}

impl Counts {
    pub(super) fn plus(&self, other: &Self) -> Self {
        Self {
            made: self.made + other.made,
            changed: self.changed + other.changed,
            same: self.same + other.same,
            wrong: self.wrong + other.wrong,
            problems: self.problems + other.problems,
            undone: self.undone + other.undone,
            kept: self.kept + other.kept,
        }
    }
}

/// A file of goods.
#[derive(Debug, Clone)]
pub struct Import {
    pub id: ImportId,
    /// Who brought it, or has last said what to do with it: in her name it changes what it changes.
    pub staff: StaffId,
    pub staff_name: String,
    pub name: String,
    pub(super) file: String,
    /// In bytes.
    pub size: i64,
    pub dialect: Dialect,
    pub ignored: String,
    pub stock: Stock,
    pub state: State,
    pub(super) at: Place,
    pub counts: Counts,
    pub created_at: NaiveDateTime,
    pub changed_at: NaiveDateTime,
}

type Row = (
    (ImportId, StaffId, String),
    (String, String, i64),
    (String, String, String),
    (String, i64, i64),
    (i64, i64, i64, i64, i64, i64, i64),
    (NaiveDateTime, NaiveDateTime),
);

impl Import {
    pub(super) fn of(row: Row) -> Self {
        let (
            (id, staff, staff_name),
            (name, file, size),
            (dialect, ignored, stock),
            at,
            counts,
            times,
        ) = row;
        let (made, changed, same, wrong, problems, undone, kept) = counts;
        let (state, byte, line) = at;
        Self {
            id,
            staff,
            staff_name,
            name,
            file,
            size,
            dialect: Dialect::parse(&dialect),
            ignored,
            stock: Stock::parse(&stock),
            state: State::parse(&state),
            at: Place { byte: byte.unsigned_abs(), line },
            counts: Counts { made, changed, same, wrong, problems, undone, kept },
            created_at: times.0,
            changed_at: times.1,
        }
    }

    /// Whether it is to be looked through, and nobody has begun to.
    pub(super) fn is_new(&self) -> bool {
        self.state == State::Checking && self.at == Place { byte: 0, line: 0 }
    }

    /// How much of what is being done is done, of 100.
    pub fn percent(&self) -> i64 {
        let touched = (self.counts.made + self.counts.changed).max(1);
        let done = self.counts.undone + self.counts.kept;
        match self.state {
            State::Checked | State::Done | State::Undone => 100,
            State::Undoing => done * 100 / touched,
            _ => i64::try_from(self.at.byte).unwrap_or(self.size) * 100 / self.size.max(1),
        }
    }
}

/// A product that a file has changed, or would.
#[derive(Debug, Clone)]
pub struct Touched {
    pub line: i64,
    pub handle: String,
    pub is_made: bool,
    /// The product's, after it.
    pub version: i64,
    pub changes: Changes,
}
