//! Settings that are asked together: how they stand in a form, and how they are read from it.

use crate::admin::desk::Desk;
use crate::admin::field::{Choices, Field, choose};
use crate::admin::reader::Reader;
use crate::admin::sent::Sent;
use crate::language::Language;
use crate::settings::ShopSettings;
use crate::web::Form;

/// Some settings. A form may ask several sections.
pub struct Section {
    /// Each field as it stands.
    pub stored: fn(&ShopSettings) -> Vec<(String, String)>,
    /// The fields as they are shown. The words of each are `setting-` and its name.
    pub fields: fn(&Typed<'_>) -> Vec<Field>,
    /// Puts what was typed into the settings.
    pub read: fn(&mut Reader<'_>, &mut ShopSettings),
}

/// The sections of a form.
pub type Sections = &'static [&'static Section];

pub fn stored(sections: Sections, settings: &ShopSettings) -> Vec<(String, String)> {
    sections.iter().flat_map(|section| (section.stored)(settings)).collect()
}

pub fn fields(sections: Sections, typed: &Typed<'_>) -> Vec<Field> {
    sections.iter().flat_map(|section| (section.fields)(typed)).collect()
}

/// What a field is called; one of a language with the language behind it.
pub fn label(shell: &Desk, name: &str) -> String {
    let (field, language) = name.split_once('-').unwrap_or((name, ""));
    let key = format!("setting-{}", field.replace('_', "-"));
    let words = shell.t(&key);
    match Language::parse(language) {
        Some(language) => format!("{words} ({})", language.own_name()),
        None => words.to_owned(),
    }
}

/// A form as it was typed, or as it stands.
pub struct Typed<'a> {
    pub shell: &'a Desk,
    pub form: &'a Form,
    pub sent: Option<&'a Sent<'a>>,
}

impl Typed<'_> {
    /// One that may be left empty.
    pub fn text(&self, name: impl Into<String>, most: usize) -> Field {
        let name = name.into();
        let (_, language) = name.split_once('-').unwrap_or((&name, ""));
        Field {
            label: label(self.shell, &name),
            lang: Language::parse(language).map_or("", Language::code),
            error: self.sent.map(|sent| sent.error(self.shell, &name)).unwrap_or_default(),
            most,
            is_optional: true,
            ..Field::text(self.shell, name, "", self.form)
        }
    }

    /// One for each of the shop's languages.
    pub fn local(&self, name: &str, most: usize) -> Vec<Field> {
        let languages = self.shell.settings().languages.iter();
        languages.map(|language| self.text(format!("{name}-{}", language.code()), most)).collect()
    }

    pub fn select(&self, name: &'static str, choices: Choices) -> Field {
        let choices = choose(choices, self.form.get(name));
        Field { kind: "select", choices, ..self.text(name, 0) }
    }

    /// A box to tick.
    pub fn check(&self, name: impl Into<String>) -> Field {
        Field { kind: "check", ..self.text(name, 0) }
    }
}

/// What a box says when it is ticked.
pub fn ticked(is_so: bool) -> String {
    if is_so { "1".to_owned() } else { String::new() }
}
