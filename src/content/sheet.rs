//! What the staff write on a page, and the same as fields: for the form that it is edited in, and for
//! the audit log.

use chrono::NaiveDateTime;
use std::collections::BTreeMap;

use crate::language::Language;
use crate::values::Slug;
use crate::web::frame::Frame;
use crate::web::{PageKind, dates};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Never changes.
    pub kind: PageKind,
    pub slug: Slug,
    pub published: bool,
    /// Since when shoppers see an article (UTC); the day that it bears.
    pub publish_at: NaiveDateTime,
    /// In every language that it was written in.
    pub texts: BTreeMap<Language, Words>,
}

/// A page in one language; only the title is always there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    pub title: String,
    /// Markdown.
    pub body: String,
    /// What search engines show as its title; empty for the page's own.
    pub seo_title: String,
    /// What search engines and the list of articles say of it.
    pub description: String,
}

impl Words {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn fields(self, language: Language) -> [(String, String); 4] {
        let code = language.code();
        [
            (format!("title-{code}"), self.title),
            (format!("body-{code}"), self.body),
            (format!("seo_title-{code}"), self.seo_title),
            (format!("description-{code}"), self.description),
        ]
    }
}

impl Sheet {
    /// The title in the shop's own language, else in any.
    pub fn title(&self, own: Language) -> &str {
        self.texts.get(&own).or_else(|| self.texts.values().next()).map_or("", |words| &words.title)
    }

    pub fn path(&self) -> String {
        self.kind.path(self.slug.as_str())
    }

    /// Each field by its name, as somebody would type it by the shop's clock.
    pub fn fields(&self, frame: &Frame) -> Vec<(String, String)> {
        let yes = if self.published { "1" } else { "" };
        let mut fields = vec![
            ("published".to_owned(), yes.to_owned()),
            ("handle".to_owned(), self.slug.to_string()),
        ];
        if self.kind == PageKind::Article {
            let at = dates::typed(self.publish_at, frame.settings.time_zone);
            fields.push(("publish_at".to_owned(), at));
        }
        for language in &frame.settings.languages {
            let words = self.texts.get(language).cloned().unwrap_or_default();
            fields.extend(words.fields(*language));
        }
        fields
    }
}
