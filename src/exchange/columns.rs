//! The columns of our own table: what each is called, and whether it is about a product or one of its
//! variants.

use std::collections::BTreeMap;

use super::named::Named;
use crate::catalog::model::Kind;
use crate::language::Language;

/// Cells of a row.
pub(super) type Cells = BTreeMap<Column, String>;

/// So many options a product has at most.
pub(super) const MOST_OPTIONS: u8 = 6;

/// In the order in which an export has them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Handle,
    Status,
    Text(Words, Language),
    Category,
    /// Its names in another language, for categories that are new.
    CategoryIn(Language),
    Brand,
    Tags,
    TaxClass,
    RequiresShipping,
    PublishAt,
    UnpublishAt,
    Pictures,
    Attribute(Feature),
    Option(u8),
    OptionIn(u8, Language),
    Value(u8),
    ValueIn(u8, Language),
    /// The colour of a value that is new.
    Swatch(u8),
    Sku,
    Price,
    CompareAt,
    /// By quantity, group, time and currency.
    MorePrices,
    Stock,
    Backorder,
    Weight,
    Size,
    Picture,
}

/// A product's texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Words {
    Name,
    Subtitle,
    Description,
    SeoTitle,
    SeoDescription,
}

impl Words {
    pub const ALL: [Self; 5] =
        [Self::Name, Self::Subtitle, Self::Description, Self::SeoTitle, Self::SeoDescription];

    fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Subtitle => "subtitle",
            Self::Description => "description",
            Self::SeoTitle => "seo_title",
            Self::SeoDescription => "seo_description",
        }
    }
}

/// An attribute: `choice: Material`; a text that is of one language, `text-id: Care`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Feature {
    pub kind: &'static str,
    pub language: Option<Language>,
    /// Its name, and its code if that does not give it.
    pub named: String,
}

/// Columns whose name never changes.
static PLAIN: [(&str, Column); 18] = [
    ("handle", Column::Handle),
    ("status", Column::Status),
    ("category", Column::Category),
    ("brand", Column::Brand),
    ("tags", Column::Tags),
    ("tax_class", Column::TaxClass),
    ("requires_shipping", Column::RequiresShipping),
    ("publish_at", Column::PublishAt),
    ("unpublish_at", Column::UnpublishAt),
    ("pictures", Column::Pictures),
    ("sku", Column::Sku),
    ("price", Column::Price),
    ("compare_at", Column::CompareAt),
    ("more_prices", Column::MorePrices),
    ("stock", Column::Stock),
    ("backorder", Column::Backorder),
    ("weight_grams", Column::Weight),
    ("size_mm", Column::Size),
];

const PICTURE: &str = "picture";

impl Column {
    /// A column by its name in the first row.
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.trim();
        let lower = name.to_lowercase();
        if lower == PICTURE {
            return Some(Self::Picture);
        }
        let plain = PLAIN.iter().find(|(known, _)| *known == lower);
        let plain = plain.map(|(_, column)| column.clone());
        plain.or_else(|| in_language(&lower)).or_else(|| feature(name)).or_else(|| numbered(&lower))
    }

    /// Whether each variant has its own, and not the product.
    pub fn is_of_variant(&self) -> bool {
        *self >= Self::Value(0)
    }

    /// Whether it only says more about something that is new to the shop.
    pub fn is_hint(&self) -> bool {
        use Column::{CategoryIn, OptionIn, Swatch, ValueIn};
        matches!(self, CategoryIn(_) | OptionIn(..) | ValueIn(..) | Swatch(_))
    }
}

fn in_language(name: &str) -> Option<Column> {
    let (base, code) = name.rsplit_once('-')?;
    let language = Language::parse(code)?;
    let words = Words::ALL.into_iter().find(|words| words.code() == base);
    match (words, numbered(base)) {
        (Some(words), _) => Some(Column::Text(words, language)),
        (None, Some(Column::Option(n))) => Some(Column::OptionIn(n, language)),
        (None, Some(Column::Value(n))) => Some(Column::ValueIn(n, language)),
        _ => (base == "category").then_some(Column::CategoryIn(language)),
    }
}

fn numbered(name: &str) -> Option<Column> {
    let number = |base: &str| {
        let number = name.strip_prefix(base)?.parse::<u8>().ok()?;
        (1..=MOST_OPTIONS).contains(&number).then_some(number)
    };
    number("option").map(Column::Option).or_else(|| {
        number("value").map(Column::Value).or_else(|| number("swatch").map(Column::Swatch))
    })
}

fn feature(name: &str) -> Option<Column> {
    let (kind, named) = name.split_once(':')?;
    let kind = kind.trim().to_lowercase();
    let (kind, language) = match kind.split_once('-') {
        Some((kind, code)) => (kind.to_owned(), Some(Language::parse(code)?)),
        None => (kind, None),
    };
    let kinds = [Kind::Choice, Kind::Text, Kind::Number, Kind::Bool, Kind::Date];
    let kind = kinds.into_iter().map(Kind::code).find(|known| *known == kind)?;
    let named = Named::parse(named)?.cell();
    let fits = language.is_none() || kind == Kind::Text.code();
    fits.then_some(Column::Attribute(Feature { kind, language, named }))
}

impl std::fmt::Display for Column {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some((name, _)) = PLAIN.iter().find(|(_, column)| column == self) {
            return f.write_str(name);
        }
        match self {
            Self::Text(words, language) => write!(f, "{}-{}", words.code(), language.code()),
            Self::CategoryIn(language) => write!(f, "category-{}", language.code()),
            Self::Attribute(feature) => feature.fmt(f),
            Self::Option(n) => write!(f, "option{n}"),
            Self::OptionIn(n, language) => write!(f, "option{n}-{}", language.code()),
            Self::Value(n) => write!(f, "value{n}"),
            Self::ValueIn(n, language) => write!(f, "value{n}-{}", language.code()),
            Self::Swatch(n) => write!(f, "swatch{n}"),
            _ => f.write_str(PICTURE),
        }
    }
}

impl std::fmt::Display for Feature {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.language {
            Some(language) => write!(f, "{}-{}: {}", self.kind, language.code(), self.named),
            None => write!(f, "{}: {}", self.kind, self.named),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_known_by_the_name_that_it_shows() {
        let names = [
            "handle",
            "name-en",
            "seo_description-id",
            "category",
            "category-id",
            "pictures",
            "choice: Material",
            "number: Capacity [volume]",
            "text-id: Care",
            "option1",
            "option6-en",
            "value2",
            "value2-id",
            "swatch3",
            "sku",
            "size_mm",
            "picture",
        ];
        for name in names {
            let column = Column::parse(name).expect("it is one of ours");
            assert_eq!(column.to_string(), name);
        }
        assert_eq!(Column::parse(" SKU "), Some(Column::Sku));
        for other in ["Title", "option0", "option7", "name-xx", "colour: Material", "date-id: Day"]
        {
            assert_eq!(Column::parse(other), None, "{other}");
        }
    }

    #[test]
    fn a_product_stands_before_its_variants() {
        let of_variant = |name| Column::parse(name).expect("ours").is_of_variant();
        assert!(["value1", "swatch1", "sku", "picture", "stock"].into_iter().all(of_variant));
        assert!(!["handle", "option1", "option6-id", "pictures"].into_iter().any(of_variant));
    }
}
