//! The fields of a form about a thing that has texts in every language and is found by search
//! engines, as they were typed.

use super::desk::Desk;
use super::field::{Choices, Field, choose};
use super::found::Found;
use super::sent::{Notice, Sent};
use crate::language::Language;
use crate::web::Form;

/// The most letters of a name, and of what stands below it.
pub const LONGEST_NAME: usize = 200;
/// The most letters of a description: a form has at most 64 kB, and several languages.
pub const LONGEST_TEXT: usize = 10_000;
pub const LONGEST_SEO: usize = 400;
/// A thing's texts in one language, and how a search engine would show it.
#[derive(Default)]
pub struct LanguageView {
    pub code: &'static str,
    pub name: &'static str,
    pub texts: Vec<Field>,
    pub search: Vec<Field>,
    pub found: Option<Found>,
}

impl LanguageView {
    /// Without a field.
    pub fn of(language: Language) -> Self {
        Self { code: language.code(), name: language.own_name(), ..Self::default() }
    }
}

/// The fields of the form as they were typed.
pub struct Typed<'a> {
    pub shell: &'a Desk,
    pub form: &'a Form,
    pub sent: Option<&'a Sent<'a>>,
    /// The key of a field's label.
    pub label: fn(&str) -> String,
}

impl Typed<'_> {
    /// `name-en` is labelled as `name`, and is in English.
    pub fn field(&self, name: impl Into<String>, most: usize) -> Field {
        let name = name.into();
        let (base, code) = name.split_once('-').unwrap_or((&name, ""));
        let key = (self.label)(&base.replace('_', "-"));
        let lang = Language::parse(code).map_or("", Language::code);
        let error = self.error(&name);
        let field = Field::text(self.shell, name, &key, self.form);
        Field { most, error, lang, is_optional: true, ..field }
    }

    /// With its hint, whose key is that of the label and `-hint`.
    pub fn hinted(&self, name: impl Into<String>, most: usize) -> Field {
        let name = name.into();
        let (base, _) = name.split_once('-').unwrap_or((&name, ""));
        let key = (self.label)(&base.replace('_', "-"));
        let hint = self.shell.t(&format!("{key}-hint")).to_owned();
        self.field(name, most).hint(hint)
    }

    /// A moment by the clock of the shop.
    pub fn time(&self, name: &'static str) -> Field {
        Field { kind: "datetime-local", ..self.hinted(name, 0) }
    }

    /// One for each of the shop's languages; the shop's own must be said.
    pub fn local(&self, name: &str, most: usize) -> Vec<Field> {
        let own = self.shell.frame().own_language();
        let field = |language: &Language| {
            let field = self.field(format!("{name}-{}", language.code()), most);
            let label = format!("{} ({})", field.label, language.own_name());
            Field { label, is_optional: *language != own, ..field }
        };
        self.shell.settings().languages.iter().map(field).collect()
    }

    /// What is wrong with a field, or what somebody else has put there.
    pub fn error(&self, name: &str) -> String {
        self.sent.map(|sent| sent.error(self.shell, name)).unwrap_or_default()
    }

    pub fn select(&self, name: &'static str, choices: Choices) -> Field {
        let choices = choose(choices, self.form.get(name));
        Field { kind: "select", choices, ..self.field(name, 0) }
    }

    /// What the page says of the form as a whole; `meanwhile` is the key of what it says when somebody else
    /// was faster.
    pub fn notice(&self, is_saved: bool, meanwhile: &str) -> Notice {
        let called = |name: &str| self.called(name);
        Notice::of(self.shell, (self.sent, is_saved), meanwhile, called)
    }

    /// What a field is called; one of a language with the language behind it.
    fn called(&self, name: &str) -> String {
        let (field, language) = name.split_once('-').unwrap_or((name, ""));
        let key = (self.label)(&field.replace('_', "-"));
        let words = self.shell.t(&key);
        match Language::parse(language) {
            Some(language) => format!("{words} ({})", language.own_name()),
            None => words.to_owned(),
        }
    }

    /// The name, these lines and the description of a thing that is shown at `path`.
    pub fn language(&self, language: Language, lines: &[&str], path: &str) -> LanguageView {
        let (shell, code) = (self.shell, language.code());
        let is_own = language == shell.frame().own_language();
        let field = |name: &str, most| self.field(format!("{name}-{code}"), most);
        let name = Field { is_optional: !is_own, ..field("name", LONGEST_NAME) };
        let lines = lines.iter().map(|name| field(name, LONGEST_NAME));
        let text = Field { kind: "textarea", ..field("description", LONGEST_TEXT) };
        let said = |wanted: &str, instead: &str| match self.form.get(&format!("{wanted}-{code}")) {
            "" => self.form.get(&format!("{instead}-{code}")).to_owned(),
            text => text.to_owned(),
        };
        let (title, about) = (said("seo_title", "name"), said("seo_description", "description"));
        let found = Found::of(shell, (language, path), (&title, &about));
        LanguageView {
            code,
            name: language.own_name(),
            search: vec![
                field("seo_title", LONGEST_NAME).hint(found.lengths.0.as_str()),
                field("seo_description", LONGEST_SEO).hint(found.lengths.1.as_str()),
            ],
            texts: std::iter::once(name).chain(lines).chain([text]).collect(),
            found: Some(found),
        }
    }
}
