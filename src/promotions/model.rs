//! A promotion as the merchant writes it, and the codes and customers that use it.

use chrono::NaiveDateTime;

use crate::language::LocalText;
use crate::money::Currency;
use crate::pricing::{
    self, Amount, Benefit, Code, Instant, MinQuantity, Priority, SubtotalBasis, Target, Text,
};
use crate::values::Slug;

/// How many bytes a code has at most: three of them must fit the cart's cookie.
pub const LONGEST_CODE: usize = 40;
/// How many codes a promotion may have.
pub const MOST_CODES: usize = 1_000;
/// How many automatic promotions are active at most: with the typed ones they stay below the 100
/// of a pricing request (docs/pricing.md, Numbers), so none is cut off silently.
pub const MOST_AUTOMATIC: usize = 80;

/// A promotion with its names, codes and limits, named by its slug.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The stable name, which orders keep: `hemat10`
    pub slug: Slug,
    /// A stopped one stays, with what it was used for, and gives nothing.
    pub is_active: bool,
    /// As shoppers read it.
    pub name: LocalText,
    pub opens: Opens,
    /// Its lane and what it gives there.
    pub benefit: Benefit,
    /// Lower goes first; equal ones by their slugs.
    pub priority: Priority,
    /// UTC; open from this instant on.
    pub starts_at: Option<NaiveDateTime>,
    /// UTC; open before this instant.
    pub ends_at: Option<NaiveDateTime>,
    /// Whether it stands alone in its lane.
    pub exclusive: bool,
    /// Slugs of categories (with all below them) and products, and SKUs. Empty: everything.
    pub target: Target,
    pub min_subtotal: Amount,
    pub subtotal_basis: SubtotalBasis,
    pub min_quantity: MinQuantity,
    pub max_discount: Option<Amount>,
    /// Of every amount above; in a shop with another currency it gives nothing.
    pub currency: Currency,
    /// How many orders may use it.
    pub usage_limit: Option<i64>,
    /// How many orders of one e-mail address may use it.
    pub per_customer_limit: Option<i64>,
}

/// What opens a promotion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opens {
    Automatic,
    /// Any of these, in the order of the alphabet. With none it waits for its first code.
    Codes(Vec<PromotionCode>),
}

impl Rule {
    /// An active, automatic promotion on everything, without names, window, minimum or limit.
    pub fn new(slug: Slug, currency: Currency, benefit: Benefit) -> Self {
        Self {
            slug,
            is_active: true,
            name: LocalText::default(),
            opens: Opens::Automatic,
            benefit,
            priority: Priority::default(),
            starts_at: None,
            ends_at: None,
            exclusive: false,
            target: Target::default(),
            min_subtotal: Amount::default(),
            subtotal_basis: SubtotalBasis::List,
            min_quantity: MinQuantity::default(),
            max_discount: None,
            currency,
            usage_limit: None,
            per_customer_limit: None,
        }
    }

    pub fn is_automatic(&self) -> bool {
        self.opens == Opens::Automatic
    }

    pub fn codes(&self) -> &[PromotionCode] {
        match &self.opens {
            Opens::Automatic => &[],
            Opens::Codes(codes) => codes,
        }
    }

    pub fn is_over(&self, now: NaiveDateTime) -> bool {
        self.ends_at.is_some_and(|end| end <= now)
    }

    /// As the pricing core takes it, opened by `code` or by nothing. `None` for a rule that it
    /// cannot take; none such is saved.
    pub fn priced(&self, code: Option<&PromotionCode>) -> Option<pricing::Promotion> {
        let instant = |at: Option<NaiveDateTime>| at.map(Instant::try_from).transpose().ok();
        let code = code.map(PromotionCode::priced);
        Some(pricing::Promotion {
            id: Text::try_from(self.slug.as_str()).ok()?,
            priority: self.priority,
            code: if let Some(code) = code { Some(code?) } else { None },
            starts_at: instant(self.starts_at)?,
            ends_at: instant(self.ends_at)?,
            exclusive: self.exclusive,
            target: self.target.clone(),
            min_subtotal: self.min_subtotal,
            subtotal_basis: self.subtotal_basis,
            min_quantity: self.min_quantity,
            max_discount: self.max_discount,
            benefit: self.benefit,
        })
    }
}

/// A code as it is stored and compared: ASCII white space around it taken off, ASCII letters in
/// capitals (docs/pricing.md, step 2). Letters, digits, `-`, `_` and `.`, 1 to 40 bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PromotionCode(String);

impl PromotionCode {
    pub fn parse(typed: &str) -> Option<Self> {
        let code = typed.trim_ascii();
        let fits = (1..=LONGEST_CODE).contains(&code.len());
        let plain = code.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c));
        (fits && plain).then(|| Self(code.to_ascii_uppercase()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As the pricing core takes it.
    pub(super) fn priced(&self) -> Option<Code> {
        Text::try_from(self.as_str()).ok().and_then(|text| Code::try_from(text).ok())
    }
}

/// An e-mail address as it is compared: without spaces around, and with small letters from A to Z.
/// No other letter is changed: some become another mailbox (`K`, the Kelvin sign, becomes `k`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerKey(String);

impl CustomerKey {
    pub fn of(email: &str) -> Self {
        Self(email.trim().to_ascii_lowercase())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Brings a target's names into the order of the alphabet, which says nothing but compares well.
pub(super) fn sort(target: &mut Target) {
    target.skus.sort();
    target.products.sort();
    target.categories.sort();
}

/// What is wrong with a rule, so that it cannot be saved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{rule}: {field} {problem}")]
pub struct RuleMistake {
    /// The rule's slug.
    pub rule: String,
    pub field: &'static str,
    pub problem: RuleProblem,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleProblem {
    #[error("is there twice: {0}")]
    Twice(String),
    #[error("names what the shop does not have: {0}")]
    Unknown(String),
    #[error("is missing")]
    Missing,
    #[error("is too long: {0}")]
    TooLong(String),
    #[error("has more than {0} entries")]
    TooMany(usize),
    #[error("must be at least {0}")]
    TooLow(i64),
    #[error("is not after the start")]
    NeverOpens,
    #[error("cannot be written as an instant")]
    NoInstant,
}

impl RuleProblem {
    /// The name that it is about; empty for none.
    pub fn about(&self) -> &str {
        match self {
            Self::Twice(name) | Self::Unknown(name) | Self::TooLong(name) => name,
            _ => "",
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::pricing::SumBenefit;

    fn code(typed: &str) -> Option<String> {
        PromotionCode::parse(typed).map(|code| code.as_str().to_owned())
    }

    #[test]
    fn a_code_is_compared_in_capitals_and_without_spaces_around() {
        assert_eq!(code(" hemat10\r\n").as_deref(), Some("HEMAT10"));
        assert_eq!(code("é-1_a.b").as_deref(), Some("é-1_A.B"));
        assert!(code(&"a".repeat(40)).is_some());
    }

    #[test]
    fn what_no_code_looks_like_is_none() {
        let long = "é".repeat(21);
        for typed in ["", " ", "A B", "A\"", "A\\", "A\u{0}B", "A;B", "\u{a0}A", long.as_str()] {
            assert_eq!(code(typed), None, "{typed:?}");
        }
    }

    #[test]
    fn a_customer_is_an_address_however_it_is_written() {
        assert_eq!(CustomerKey::of(" Rani@Example.COM"), CustomerKey::of("rani@example.com"));
    }

    #[test]
    fn the_pricing_core_reads_the_code_that_was_stored() {
        let benefit = Benefit::Order(SumBenefit::Amount { amount: Amount::default() });
        let rule = Rule::new(Slug::parse("hemat").unwrap(), Currency::IDR, benefit);
        let code = PromotionCode::parse("hemat10").unwrap();
        let priced = rule.priced(Some(&code)).unwrap().code.unwrap();
        assert!(priced.is(&Text::try_from(" Hemat10 ").unwrap()));
        assert_eq!(rule.priced(None).unwrap().code, None);
    }
}
