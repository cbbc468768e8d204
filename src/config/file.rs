//! Reads `etalase.toml`.

use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::mistake::{Mistake, Origin};
use super::names::{NAMES, known, nearest};
use super::sources::{Sources, cannot_read};

impl Sources {
    pub(super) fn read_default_file(&mut self) {
        let path = Path::new("etalase.toml");
        if path.exists() {
            self.read_file(path, Origin::File(path.into(), 1));
        }
    }

    pub(super) fn read_file(&mut self, path: &Path, named_by: Origin) {
        match std::fs::read_to_string(path) {
            Ok(text) => self.read_toml(path, &text),
            Err(error) => self.mistake(named_by, cannot_read(path, &error)),
        }
    }

    fn read_toml(&mut self, path: &Path, text: &str) {
        let line_of = |at: usize| text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
        let origin = |at| Origin::File(PathBuf::from(path), line_of(at));
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            // Only the message: the error's full display would repeat the line, secrets included.
            let at = error.span().map_or(0, |span| span.start);
            self.mistake(origin(at), error.message().to_owned());
        }
        for (key, value) in table.get_ref() {
            self.read_entry(key, value.get_ref(), origin(key.span().start));
        }
    }

    fn read_entry(&mut self, key: &Spanned<DeString<'_>>, value: &DeValue<'_>, origin: Origin) {
        let Some(setting) = known(key.get_ref()) else {
            let near = nearest(key.get_ref(), NAMES.into_iter());
            return self.mistake(origin, format!("no setting {:?}; {near}", key.get_ref()));
        };
        match value {
            DeValue::String(text) => self.give(setting, text.to_string(), origin),
            DeValue::Integer(number) => self.give(setting, number.to_string(), origin),
            _ => self.mistakes.push(Mistake {
                setting: Some(setting),
                origin,
                text: format!(
                    "a {} cannot be used here; give \"text\" or a number",
                    value.type_str()
                ),
            }),
        }
    }
}
