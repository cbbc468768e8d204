//! What a link is for.

use chrono::{NaiveDateTime, TimeDelta};

use crate::ids::{CustomerId, LinkId, StaffId};
use crate::language::Language;

/// What its form does. Each has an age beyond which it does nothing (ASVS 6.4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Proves a mailbox and makes an account for it.
    Register,
    /// A customer chooses a new password.
    Reset,
    /// A customer agrees, at the address that she has, to another one.
    LeaveEmail,
    /// A customer proves the address that she wants instead.
    NewEmail,
    /// Somebody without an account wants to know when a variant is back.
    StockAlert,
    /// Somebody wants to be forgotten.
    Forget,
    /// Somebody wants newsletters.
    Newsletter,
    /// Somebody joins the staff.
    Invite,
    /// One of the staff chooses a new password.
    StaffReset,
}

impl Purpose {
    pub const ALL: [Self; 9] = [
        Self::Register,
        Self::Reset,
        Self::LeaveEmail,
        Self::NewEmail,
        Self::StockAlert,
        Self::Forget,
        Self::Newsletter,
        Self::Invite,
        Self::StaffReset,
    ];

    /// Its name in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::Reset => "reset",
            Self::LeaveEmail => "leave_email",
            Self::NewEmail => "new_email",
            Self::StockAlert => "stock_alert",
            Self::Forget => "forget",
            Self::Newsletter => "newsletter",
            Self::Invite => "invite",
            Self::StaffReset => "staff_reset",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.code() == code)
    }

    pub fn lasts(self) -> TimeDelta {
        match self {
            Self::Reset | Self::StaffReset => TimeDelta::hours(1),
            Self::Register
            | Self::LeaveEmail
            | Self::NewEmail
            | Self::StockAlert
            | Self::Forget
            | Self::Newsletter
            | Self::Invite => TimeDelta::days(1),
        }
    }
}

/// Whose account it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// Whoever has the mailbox.
    Nobody,
    Customer(CustomerId),
    Staff(StaffId),
}

/// A link that is wanted.
#[derive(Debug, Clone)]
pub struct Asked {
    pub purpose: Purpose,
    pub owner: Owner,
    /// The mailbox that it is sent to.
    pub email: String,
    /// Of an account that is to be made the name; of a change of address the new one; of something
    /// that somebody waits for the variant.
    pub about: String,
    /// Of its mail and its page.
    pub language: Language,
}

/// A link as it stands in the table.
#[derive(Debug, Clone)]
pub struct Link {
    pub id: LinkId,
    pub purpose: Purpose,
    pub owner: Owner,
    pub email: String,
    pub about: String,
    /// The language's code.
    pub locale: String,
    pub created_at: NaiveDateTime,
    pub expires_at: NaiveDateTime,
}
