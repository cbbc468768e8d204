//! Whose wishes they are, and how many there can be.

use chrono::TimeDelta;

use crate::error::Result;
use crate::ids::{CustomerId, ShareToken, VariantId, WishlistId, WishlistKey};
use crate::web::{Visit, session};

/// How many different things a list holds: a page shows them all.
pub const MOST_WISHES: i64 = 100;

/// How long a guest's list stays after its last change: longer than the cookie that names it.
pub(super) const KEPT: TimeDelta = TimeDelta::days(90);

/// Whose list it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Owner {
    Customer(CustomerId),
    Guest(WishlistKey),
}

impl Owner {
    /// This visitor, if she can have a list already.
    pub fn of(visit: &Visit) -> Option<Self> {
        match &visit.customer {
            Some(customer) => Some(Self::Customer(customer.id)),
            None => session::wishlist(&visit.session).map(Self::Guest),
        }
    }

    /// This visitor, or a guest whom nobody has seen before.
    pub fn or_new(visit: &Visit) -> Self {
        Self::of(visit).unwrap_or_else(|| Self::Guest(WishlistKey::random()))
    }

    /// Lets a guest find her list again.
    pub fn remember(&self, visit: &Visit) -> Result<()> {
        match self {
            Self::Customer(_) => Ok(()),
            Self::Guest(key) => session::keep_wishlist(&visit.session, key),
        }
    }

    pub(super) fn customer(&self) -> Option<CustomerId> {
        match self {
            Self::Customer(id) => Some(*id),
            Self::Guest(_) => None,
        }
    }

    pub(super) fn guest(&self) -> Option<&str> {
        match self {
            Self::Customer(_) => None,
            Self::Guest(key) => Some(key.as_str()),
        }
    }
}

/// A list as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wishlist {
    pub id: WishlistId,
    /// What opens it to others, while it is shared.
    pub shared_by: Option<ShareToken>,
}

/// Something that is kept, and what one cost then, in minor units of the shop's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wish {
    pub variant: VariantId,
    pub unit_price: i64,
}

/// What came of keeping something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    Yes,
    /// The list holds as much as it can.
    Full,
}
