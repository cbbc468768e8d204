//! What staff have put together.

use chrono::{NaiveDateTime, TimeDelta};

use crate::cart::{Cart, CartLine};
use crate::ids::DraftId;
use crate::language::Language;
use crate::promotions::Allowance;
use crate::web::Form;

/// How long it can be ordered, from the day on which it was last saved or sent.
pub const LASTS: TimeDelta = TimeDelta::days(14);
/// How long it is kept after that, for staff to send it once more.
pub(super) const KEPT: TimeDelta = TimeDelta::days(30);

/// The fields of the checkout's form that staff answer.
pub const FIELDS: [&str; 14] = [
    "email",
    "phone",
    "country",
    "name",
    "line1",
    "line2",
    "district",
    "city",
    "region",
    "postcode",
    "billing_company",
    "billing_tax_number",
    "delivery",
    "note",
];

/// What somebody may change of it.
#[derive(Debug, Clone)]
pub struct Content {
    pub lines: Vec<CartLine>,
    pub allowance: Option<Allowance>,
    /// [`FIELDS`], as they were typed.
    pub fields: Form,
    /// The customer's: of the mail, of the page and of the order.
    pub language: Language,
}

/// A draft as it is kept.
#[derive(Debug, Clone)]
pub struct Draft {
    pub id: DraftId,
    /// Grows with every change.
    pub version: i64,
    pub cart: Cart,
    pub fields: Form,
    pub language: Language,
    /// The name of whoever made it.
    pub author: String,
    pub updated_at: NaiveDateTime,
    /// When its link was last sent by mail.
    pub sent_at: Option<NaiveDateTime>,
    pub expires_at: NaiveDateTime,
}

impl Draft {
    /// Whether it cannot be ordered any more, until staff save or send it once more.
    pub fn is_over(&self, now: NaiveDateTime) -> bool {
        self.expires_at <= now
    }

    /// The checkout's form as staff have answered it, to be paid in this way.
    pub fn form(&self, payment: &str) -> Form {
        let rest = [("billing_same", "yes"), ("payment", payment)];
        self.fields.with(rest.map(|(name, value)| (name.to_owned(), value.to_owned())))
    }
}
