//! Texts in each of the shop's languages: a field for each.

use crate::admin::reader::Reader;
use crate::language::LocalText;
use crate::settings::ShopSettings;

/// What is written in each language; empty for nothing.
pub fn local_stored(
    name: &str,
    text: &LocalText,
    settings: &ShopSettings,
) -> Vec<(String, String)> {
    let written = |language| {
        let own = text.iter().find(|(of, _)| *of == language);
        own.map(|(_, text)| text.to_owned()).unwrap_or_default()
    };
    let languages = settings.languages.iter();
    languages.map(|it| (format!("{name}-{}", it.code()), written(*it))).collect()
}

/// What was typed; languages that the shop does not speak now keep what they had, and a language
/// without a text falls back to another one.
pub fn read_local(
    reader: &mut Reader<'_>,
    (name, most): (&str, usize),
    settings: &ShopSettings,
    known: &LocalText,
) -> LocalText {
    let mut text = LocalText::default();
    for (language, words) in known.iter().filter(|(of, _)| !settings.languages.contains(of)) {
        text.set(language, words.to_owned());
    }
    for language in &settings.languages {
        let words = reader.lines(&format!("{name}-{}", language.code()), most);
        if !words.is_empty() {
            text.set(*language, words);
        }
    }
    text
}
