//! Parcels and returns.

use crate::values::Quantity;

/// So many units of a line, which is named by its position in the order, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    pub position: i64,
    pub quantity: Quantity,
}

/// What is sent in one go, and how it can be followed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parcel {
    /// Empty for everything that is left.
    pub lines: Vec<Wanted>,
    pub carrier: String,
    pub tracking_number: String,
    /// Where the shopper can follow it; empty for none.
    pub tracking_url: String,
}

/// Why something comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReturnReason {
    Damaged,
    WrongItem,
    NotAsDescribed,
    ChangedMind,
    Other,
}

impl ReturnReason {
    pub const ALL: [Self; 5] =
        [Self::Damaged, Self::WrongItem, Self::NotAsDescribed, Self::ChangedMind, Self::Other];

    /// Its name in forms and in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Damaged => "damaged",
            Self::WrongItem => "wrong_item",
            Self::NotAsDescribed => "not_as_described",
            Self::ChangedMind => "changed_mind",
            Self::Other => "other",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// What a shopper would like for what she sends back. Whether she gets it is for staff to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReturnWish {
    Refund,
    /// The same again, whole.
    Replacement,
}

impl ReturnWish {
    pub const ALL: [Self; 2] = [Self::Refund, Self::Replacement];

    /// Its name in forms and in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Refund => "refund",
            Self::Replacement => "replacement",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|wish| wish.code() == code)
    }
}

/// What a shopper asks to send back, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub lines: Vec<Wanted>,
    pub reason: ReturnReason,
    pub wish: ReturnWish,
    /// In her own words; may be empty.
    pub note: String,
}

/// What was counted of a line that came back. What is not restocked is written off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    pub position: i64,
    pub received: i64,
    pub restocked: i64,
}
