//! What is done to many products at once, to which, and how far each of them is.

use serde::{Deserialize, Serialize};

use crate::catalog::book::Wanted;
use crate::catalog::model::Status;
use crate::ids::{BrandId, CategoryId, ProductId};

/// What is to be done to each of the products.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Prices up or down by parts per million, rounded half up to the minor unit.
    Percent(i64),
    /// Prices up or down by minor units of the shop's currency.
    Amount(i64),
    Status(Status),
    Category(Option<CategoryId>),
    Brand(Option<BrandId>),
    AddTag(String),
    TakeTag(String),
    /// So many more of each variant, or fewer, for a reason that stands in the ledger.
    Stock {
        by: i64,
        reason: String,
    },
}

impl Change {
    pub fn is_of_prices(&self) -> bool {
        matches!(self, Self::Percent(_) | Self::Amount(_))
    }

    pub fn is_of_stock(&self) -> bool {
        matches!(self, Self::Stock { .. })
    }
}

/// Which products.
#[derive(Debug, Clone)]
pub enum Chosen {
    These(Vec<ProductId>),
    /// All that a list finds.
    Matching(Wanted),
}

/// How far a change of many products is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Doing,
    Done,
    Undoing,
    Undone,
}

impl Stage {
    const ALL: [Self; 4] = [Self::Doing, Self::Done, Self::Undoing, Self::Undone];

    /// Its name in the database. Its words are `bulk-status-` and this.
    pub fn code(self) -> &'static str {
        match self {
            Self::Doing => "doing",
            Self::Done => "done",
            Self::Undoing => "undoing",
            Self::Undone => "undone",
        }
    }

    pub(super) fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }

    /// Whether a job is at it.
    pub fn is_going_on(self) -> bool {
        matches!(self, Self::Doing | Self::Undoing)
    }

    /// Which of its products are next, and what it is when none is left.
    pub(super) fn next(self) -> (Stand, Self) {
        match self {
            Self::Doing | Self::Done => (Stand::Waiting, Self::Done),
            Self::Undoing | Self::Undone => (Stand::Done, Self::Undone),
        }
    }
}

/// What has become of one of the products.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stand {
    Waiting,
    Done,
    /// It was so already.
    Same,
    /// Left alone.
    Left,
    Undone,
    /// Not put back.
    Kept,
}

impl Stand {
    pub const ALL: [Self; 6] =
        [Self::Waiting, Self::Done, Self::Same, Self::Left, Self::Undone, Self::Kept];

    /// Its name in the database. Its words are `bulk-count-` and this.
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Done => "done",
            Self::Same => "same",
            Self::Left => "left",
            Self::Undone => "undone",
            Self::Kept => "kept",
        }
    }

    pub(super) fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stand| stand.code() == code)
    }
}

/// Why a product is left alone, or not put back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    NoPrice,
    /// The price would be below nothing, or too high.
    OutOfRange,
    /// The price would not be lower than the one before, which is shown struck through.
    AboveBefore,
    TooManyTags,
    /// Fewer lie there than are to be taken away.
    TooFew,
    /// The category or brand is no longer there.
    Nowhere,
    /// Somebody has changed it since.
    Since,
    /// The product itself is no longer there.
    Gone,
}

impl Problem {
    const ALL: [Self; 8] = [
        Self::NoPrice,
        Self::OutOfRange,
        Self::AboveBefore,
        Self::TooManyTags,
        Self::TooFew,
        Self::Nowhere,
        Self::Since,
        Self::Gone,
    ];

    /// Its name in the database. Its words are `bulk-problem-` and this.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoPrice => "no-price",
            Self::OutOfRange => "out-of-range",
            Self::AboveBefore => "above-before",
            Self::TooManyTags => "too-many-tags",
            Self::TooFew => "too-few",
            Self::Nowhere => "nowhere",
            Self::Since => "since",
            Self::Gone => "gone",
        }
    }

    pub(super) fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|problem| problem.code() == code)
    }
}
