//! What a sign-in is, and how long it lasts.

use chrono::{NaiveDateTime, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::ids::{CustomerId, SessionId, StaffId};
use crate::values::Slug;

/// `seen_at` is moved on at most so often: reading pages writes next to nothing.
pub const SEEN_EVERY: TimeDelta = TimeDelta::minutes(5);

/// Whose sign-in it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Customer(CustomerId),
    Staff(StaffId),
}

impl Who {
    pub(super) fn customer(self) -> Option<CustomerId> {
        match self {
            Self::Customer(id) => Some(id),
            Self::Staff(_) => None,
        }
    }

    pub(super) fn staff(self) -> Option<StaffId> {
        match self {
            Self::Customer(_) => None,
            Self::Staff(id) => Some(id),
        }
    }
}

/// How long a sign-in is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stay {
    Usual,
    /// "Keep me signed in". Staff are never kept.
    Long,
}

/// How long a sign-in lasts: unused, and at all. ASVS 7.1.1, 7.3.1, 7.3.2; docs/accounts.md.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub idle: TimeDelta,
    pub whole: TimeDelta,
}

impl Span {
    pub fn of(who: Who, stay: Stay) -> Self {
        let (idle, whole) = match (who, stay) {
            (Who::Staff(_), _) => (TimeDelta::minutes(30), TimeDelta::hours(12)),
            (Who::Customer(_), Stay::Usual) => (TimeDelta::days(7), TimeDelta::days(30)),
            (Who::Customer(_), Stay::Long) => (TimeDelta::days(60), TimeDelta::days(365)),
        };
        Self { idle, whole }
    }
}

/// A sign-in that is about to begin.
#[derive(Debug, Clone)]
pub struct SignIn {
    pub who: Who,
    pub stay: Stay,
    /// In words, as [`super::device`] puts it; empty where nothing is known.
    pub device: String,
}

/// A sign-in that has not ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub id: SessionId,
    pub who: Who,
    pub stay: Stay,
    pub device: String,
    pub created_at: NaiveDateTime,
    /// When the password, and what is asked besides it, was last given.
    pub proven_at: NaiveDateTime,
    /// Within [`SEEN_EVERY`].
    pub seen_at: NaiveDateTime,
    /// When it ends if it is not used any more.
    pub ends_at: NaiveDateTime,
    /// When it ends at the latest.
    pub expires_at: NaiveDateTime,
}

impl Session {
    /// Whether it is time to write down that it is in use.
    pub fn is_to_be_seen(&self, now: NaiveDateTime) -> bool {
        now - self.seen_at >= SEEN_EVERY
    }

    /// When it ends if it is used now and never again.
    pub(super) fn next_end(&self, now: NaiveDateTime) -> NaiveDateTime {
        (now + Span::of(self.who, self.stay).idle).min(self.expires_at)
    }
}

/// A customer who is signed in, and what every page needs of her.
#[derive(Debug, Clone)]
pub struct SignedIn {
    pub session: Session,
    pub id: CustomerId,
    pub email: String,
    pub name: String,
    /// The code of her customer group, which may have prices of its own.
    pub group: Option<Slug>,
    /// What her account keeps for her to buy.
    pub cart: Option<StoredCart>,
}

/// A cart as a cookie or an account keeps it: what the cart room packs into `lines` is its own
/// business.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StoredCart {
    pub id: String,
    pub lines: String,
    /// How many units: every page's header shows it.
    pub count: i64,
    /// The codes for discounts, as they are compared.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<String>,
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn use_moves_the_end_on_but_never_beyond_the_last() {
        let begun = chrono::DateTime::from_timestamp(1_800_000_000, 0).unwrap().naive_utc();
        let who = Who::Staff(StaffId(1));
        let session = Session {
            id: SessionId(1),
            who,
            stay: Stay::Long,
            device: String::new(),
            created_at: begun,
            proven_at: begun,
            seen_at: begun,
            ends_at: begun + TimeDelta::minutes(30),
            expires_at: begun + TimeDelta::hours(12),
        };
        let after = |hours: i64| begun + TimeDelta::hours(hours);
        assert_eq!(session.next_end(after(1)), after(1) + TimeDelta::minutes(30));
        assert_eq!(session.next_end(after(12) - TimeDelta::minutes(1)), after(12));
    }
}
