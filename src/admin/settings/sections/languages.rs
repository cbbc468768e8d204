//! Which languages the shop speaks, and which is its own.

use crate::admin::field::Field;
use crate::admin::reader::Reader;
use crate::admin::settings::section::{Section, Typed, ticked};
use crate::language::Language;
use crate::settings::ShopSettings;

pub const LANGUAGES: Section = Section { stored, fields, read };

fn stored(settings: &ShopSettings) -> Vec<(String, String)> {
    let own = settings.own_language().code().to_owned();
    let spoken = Language::ALL.map(|language| {
        let is_spoken = settings.languages.contains(&language);
        (format!("speaks-{}", language.code()), ticked(is_spoken))
    });
    std::iter::once(("language".to_owned(), own)).chain(spoken).collect()
}

fn fields(typed: &Typed<'_>) -> Vec<Field> {
    let named = |language: Language| (language.code().to_owned(), language.own_name().to_owned());
    let own = typed.select("language", Language::ALL.map(named).to_vec());
    let spoken = Language::ALL.map(|language| {
        let label = typed.shell.with("setting-speaks-language", "language", language.own_name());
        Field { label, ..typed.check(format!("speaks-{}", language.code())) }
    });
    std::iter::once(own.hint(typed.shell.t("setting-language-hint"))).chain(spoken).collect()
}

fn read(reader: &mut Reader<'_>, settings: &mut ShopSettings) {
    let own = reader.ask("language", "form-choose", Language::parse);
    let own = own.unwrap_or(settings.own_language());
    let is_spoken = |language: &Language| {
        *language != own && !reader.form.get(&format!("speaks-{}", language.code())).is_empty()
    };
    let others = Language::ALL.into_iter().filter(is_spoken);
    settings.languages = std::iter::once(own).chain(others).collect();
}
