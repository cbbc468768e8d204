//! A subscriber, and how she came.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::schema::{consent, subscriber};
use crate::language::Language;

/// Where somebody said that she wants to be written to, or not any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The form at the foot of every page, or its own page.
    Page,
    /// Her account.
    Account,
    /// The box in the checkout, which is never ticked beforehand.
    Checkout,
    /// The link of a mail, or the button that her mail program makes of it (RFC 8058).
    Mail,
}

impl Source {
    const ALL: [Self; 4] = [Self::Page, Self::Account, Self::Checkout, Self::Mail];

    /// Its name in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Account => "account",
            Self::Checkout => "checkout",
            Self::Mail => "mail",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.code() == code)
    }
}

/// What somebody has agreed to, in the words that she saw.
#[derive(Debug, Clone)]
pub struct Agreed {
    pub email: String,
    pub language: Language,
    pub text: String,
    pub source: Source,
    /// When she asked for it; the confirmation comes later.
    pub asked_at: NaiveDateTime,
}

/// Somebody who wants to be written to.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = subscriber)]
pub struct Subscriber {
    pub id: i64,
    pub email: String,
    pub locale: String,
    /// Opens the page on which she leaves, and nothing else.
    pub token: String,
    pub confirmed_at: NaiveDateTime,
}

/// What a subscriber once said yes to.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = consent)]
pub struct Consent {
    /// The words that she saw.
    pub text: String,
    /// The code of a [`Source`].
    pub source: String,
    pub happened_at: NaiveDateTime,
}
