//! What the staff write about a product, and the same as fields: for the form that it is edited in,
//! and for the audit log.

use chrono::NaiveDateTime;
use std::collections::{BTreeMap, BTreeSet};

use super::model::Status;
use crate::ids::{BrandId, CategoryId};
use crate::language::Language;
use crate::values::Slug;
use crate::web::dates;
use crate::web::frame::Frame;

/// How many tags a product has at most.
pub const MOST_TAGS: usize = 30;

/// Everything about a product that is not about one of its variants, its pictures or its options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub slug: Slug,
    pub status: Status,
    /// Since when shoppers see it, if it is active (UTC).
    pub publish_at: NaiveDateTime,
    /// Until when; later than `publish_at`.
    pub unpublish_at: Option<NaiveDateTime>,
    pub category: Option<CategoryId>,
    pub brand: Option<BrandId>,
    pub tax_class: String,
    pub requires_shipping: bool,
    pub tags: BTreeSet<String>,
    /// In every language that it was written in.
    pub texts: BTreeMap<Language, Words>,
}

/// A product's texts in one language; only the name is always there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    pub name: String,
    pub subtitle: String,
    pub description: String,
    /// What search engines show instead of name and description; empty for those.
    pub seo_title: String,
    pub seo_description: String,
}

impl Words {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Sheet {
    /// The name in the shop's own language, else in any.
    pub fn name(&self, own: Language) -> &str {
        let words = self.texts.get(&own).or_else(|| self.texts.values().next());
        words.map_or("", |words| &words.name)
    }

    /// Since when shoppers see it with another status: a draft that goes live is new from then on.
    pub fn shown_since(&self, status: Status, now: NaiveDateTime) -> NaiveDateTime {
        match (self.status, status) {
            (Status::Draft, Status::Active) => self.publish_at.max(now),
            _ => self.publish_at,
        }
    }

    /// Each field by its name, as somebody would type it by the shop's clock.
    pub fn fields(&self, frame: &Frame) -> Vec<(String, String)> {
        let category = self.category.and_then(|id| frame.find_category(id));
        let brand = self.brand.and_then(|id| frame.vocabulary.brands.get(&id));
        let tags: Vec<&str> = self.tags.iter().map(String::as_str).collect();
        let zone = frame.settings.time_zone;
        let end = self.unpublish_at.map(|at| dates::typed(at, zone));
        let yes = if self.requires_shipping { "1" } else { "" };
        let plain = [
            ("status", self.status.code().to_owned()),
            ("handle", self.slug.to_string()),
            ("publish_at", dates::typed(self.publish_at, zone)),
            ("unpublish_at", end.unwrap_or_default()),
            ("category", category.map(|category| category.slug.clone()).unwrap_or_default()),
            ("brand", brand.map(|brand| brand.slug.clone()).unwrap_or_default()),
            ("tags", tags.join(", ")),
            ("tax_class", self.tax_class.clone()),
            ("requires_shipping", yes.to_owned()),
        ];
        let mut fields: Vec<(String, String)> =
            plain.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        for language in &frame.settings.languages {
            let words = self.texts.get(language).cloned().unwrap_or_default();
            fields.extend(words.fields(*language));
        }
        fields
    }
}

impl Words {
    fn fields(self, language: Language) -> [(String, String); 5] {
        let code = language.code();
        [
            (format!("name-{code}"), self.name),
            (format!("subtitle-{code}"), self.subtitle),
            (format!("description-{code}"), self.description),
            (format!("seo_title-{code}"), self.seo_title),
            (format!("seo_description-{code}"), self.seo_description),
        ]
    }
}
