//! What a product is made of, before it has rows.

use chrono::{NaiveDate, NaiveDateTime};

use crate::ids::{
    AttributeId, BrandId, CategoryId, ChoiceId, MediaId, OptionTypeId, OptionValueId, VariantId,
};
use crate::language::{Language, LocalText};
use crate::prices::NewPrice;
use crate::values::Slug;

pub struct NewCategory<'a> {
    pub slug: &'a Slug,
    pub parent: Option<CategoryId>,
    pub position: i64,
    pub media: Option<MediaId>,
    pub name: &'a LocalText,
    pub description: &'a LocalText,
}

pub struct NewAttribute<'a> {
    pub code: &'a str,
    pub kind: Kind,
    pub filterable: bool,
    /// Shown behind a number: `ml`.
    pub unit: &'a str,
    pub position: i64,
    pub name: &'a LocalText,
}

/// What an attribute's values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// One or more of the attribute's own list.
    Choice,
    Text,
    Number,
    Bool,
    Date,
}

impl Kind {
    pub const ALL: [Self; 5] = [Self::Choice, Self::Text, Self::Number, Self::Bool, Self::Date];

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    pub fn code(self) -> &'static str {
        match self {
            Self::Choice => "choice",
            Self::Text => "text",
            Self::Number => "number",
            Self::Bool => "bool",
            Self::Date => "date",
        }
    }
}

/// Whether shoppers see a product: an archived one is gone for good, with alternatives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Draft,
    Active,
    Archived,
}

impl Status {
    pub const ALL: [Self; 3] = [Self::Draft, Self::Active, Self::Archived];

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Active => "active",
            Self::Archived => "archived",
        }
    }
}

/// A product with everything that hangs on it.
pub struct NewProduct {
    pub slug: Slug,
    pub status: Status,
    pub publish_at: NaiveDateTime,
    pub category: Option<CategoryId>,
    pub brand: Option<BrandId>,
    pub popularity: i64,
    pub requires_shipping: bool,
    pub name: LocalText,
    pub subtitle: LocalText,
    pub description: LocalText,
    pub tags: Vec<String>,
    pub options: Vec<OptionTypeId>,
    pub variants: Vec<NewVariant>,
    pub media: Vec<MediaId>,
    pub attributes: Vec<(AttributeId, NewValue)>,
}

#[derive(Clone)]
pub struct NewVariant {
    pub sku: String,
    pub values: Vec<(OptionTypeId, OptionValueId)>,
    pub prices: Vec<NewPrice>,
    pub weight_grams: i64,
    pub on_hand: i64,
    pub media: Option<MediaId>,
}

/// A variant as its picture is chosen.
pub struct Pictured {
    pub id: VariantId,
    pub sku: String,
    pub media: Option<MediaId>,
    /// In the order of the product's options.
    pub values: Vec<OptionValueId>,
}

/// A value of an attribute, of the attribute's kind.
pub enum NewValue {
    Choice(ChoiceId),
    /// For one language, or for all of them.
    Text(Option<Language>, String),
    Number(i64),
    Bool(bool),
    Date(NaiveDate),
}
