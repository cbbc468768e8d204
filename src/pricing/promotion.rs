//! Promotions as the request names them (SPEC, Request).

use serde::Serialize;

use super::{Amount, BenefitPpm, Code, Instant, MinQuantity, Priority, Quantity, Text};

/// A promotion: when it may speak, what it looks at, and what it gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Promotion {
    /// Unique among the promotions; decides between equal priorities, bytewise.
    pub id: Text,
    /// Lower goes first.
    pub priority: Priority,
    /// The code that opens it; none when it is automatic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
    /// Open from this instant on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts_at: Option<Instant>,
    /// Open before this instant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Instant>,
    /// Whether it stands alone in its lane.
    pub exclusive: bool,
    /// The lines it looks at.
    pub target: Target,
    /// What the targeted lines must come to.
    pub min_subtotal: Amount,
    /// Which amounts count for `min_subtotal`.
    pub subtotal_basis: SubtotalBasis,
    /// How many units the targeted lines must have.
    pub min_quantity: MinQuantity,
    /// The most it gives; 0 is a cap too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_discount: Option<Amount>,
    /// Its lane and what it gives there.
    #[serde(flatten)]
    pub benefit: Benefit,
}

impl Promotion {
    /// An automatic promotion on every line, without window, minimum or cap.
    pub fn new(id: Text, benefit: Benefit) -> Self {
        Self {
            id,
            priority: Priority::default(),
            code: None,
            starts_at: None,
            ends_at: None,
            exclusive: false,
            target: Target::default(),
            min_subtotal: Amount::default(),
            subtotal_basis: SubtotalBasis::List,
            min_quantity: MinQuantity::default(),
            max_discount: None,
            benefit,
        }
    }
}

/// Lines by sku, product or category. All three lists empty: every line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Target {
    /// At most 1,000.
    pub skus: Vec<Text>,
    /// At most 1,000.
    pub products: Vec<Text>,
    /// At most 1,000.
    pub categories: Vec<Text>,
}

impl Target {
    /// Does it take every line?
    pub fn is_everything(&self) -> bool {
        self.skus.is_empty() && self.products.is_empty() && self.categories.is_empty()
    }
}

/// Which amounts count for a minimum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SubtotalBasis {
    /// Unit price times quantity.
    #[default]
    List,
    /// What is left when the promotion's lane begins.
    Remaining,
}

/// What a promotion gives, by lane: a benefit in the wrong lane cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "lane", content = "benefit", rename_all = "lowercase")]
pub enum Benefit {
    /// Off each line.
    Line(LineBenefit),
    /// Off the sum of the lines.
    Order(SumBenefit),
    /// Off the delivery.
    Shipping(SumBenefit),
}

impl Benefit {
    /// Where it is applied.
    pub const fn lane(&self) -> Lane {
        match self {
            Self::Line(_) => Lane::Line,
            Self::Order(_) => Lane::Order,
            Self::Shipping(_) => Lane::Shipping,
        }
    }
}

/// What a promotion takes its discount off. The lanes are settled one after the other, in this
/// order, each for itself (SPEC, steps 3, 4 and 7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lane {
    /// Each line.
    Line,
    /// The sum of the lines.
    Order,
    /// The delivery.
    Shipping,
}

impl Lane {
    /// All of them, in their order.
    pub const ALL: [Self; 3] = [Self::Line, Self::Order, Self::Shipping];

    /// Its name in requests and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Order => "order",
            Self::Shipping => "shipping",
        }
    }

    /// The lane of a name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lane| lane.code() == code)
    }
}

/// Off each targeted line (SPEC, step 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LineBenefit {
    /// A part of what remains of the line.
    Percent { ppm: BenefitPpm },
    /// So much off each unit.
    AmountPerUnit { amount: Amount },
    /// Each unit costs so much, if it was dearer.
    FixedPrice { amount: Amount },
    /// Of each `buy + get` units, dearest first, the last `get` are `ppm` cheaper.
    BuyXGetY { buy: Quantity, get: Quantity, ppm: BenefitPpm },
}

/// Off a sum: of the targeted lines, or of the delivery (SPEC, steps 4 and 7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SumBenefit {
    /// A part of it.
    Percent { ppm: BenefitPpm },
    /// So much of it.
    Amount { amount: Amount },
}
