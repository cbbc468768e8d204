//! The languages that the shop speaks, and texts that exist in several of them.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A language with texts in `locales/`. A shop offers one or more of them; the first is its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    En,
    Id,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::En, Self::Id];

    /// The tag in `<html lang>`, in addresses and in the database (BCP 47).
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Id => "id",
        }
    }

    /// What its speakers call it.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Id => "Bahasa Indonesia",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }
}

/// A text in the languages that it was written in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LocalText(BTreeMap<Language, String>);

impl LocalText {
    /// The text in `language`, else in the shop's own, else in any, else nothing.
    pub fn get(&self, language: Language, own: Language) -> &str {
        let text = self.0.get(&language).or_else(|| self.0.get(&own));
        text.or_else(|| self.0.values().next()).map_or("", String::as_str)
    }

    pub fn set(&mut self, language: Language, text: String) {
        self.0.insert(language, text);
    }

    /// Every language that the text was written in.
    pub fn iter(&self) -> impl Iterator<Item = (Language, &str)> {
        self.0.iter().map(|(language, text)| (*language, text.as_str()))
    }
}

impl<const N: usize> From<[(Language, &str); N]> for LocalText {
    fn from(texts: [(Language, &str); N]) -> Self {
        Self(texts.into_iter().map(|(language, text)| (language, text.to_owned())).collect())
    }
}
