//! Rules as text: what a file holds, and what a plan compares, is one and the same.

use super::read::{Ground, Write, below, write_text};

/// One thing of the rules that has a name of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// In the plan: `delivery zone`
    pub(super) what: &'static str,
    /// In the plan: `jawa`. Empty where there is only one.
    pub(super) name: String,
    /// The keys that lead to it: `delivery`, `zones`, `jawa`
    pub(super) path: Vec<String>,
    /// Keys and values as a file has them; what is as it is anyway is left out.
    pub(super) fields: Vec<(&'static str, String)>,
}

impl Entry {
    pub fn new(what: &'static str, name: &str, path: &[&str]) -> Self {
        let path = path.iter().map(|key| (*key).to_owned()).collect();
        Self { what, name: name.to_owned(), path, fields: Vec::new() }
    }

    pub(super) fn with(self, key: &'static str, value: &impl Write, ground: &Ground) -> Self {
        self.raw(key, value.write(ground))
    }

    pub(super) fn maybe<T: Write>(
        self,
        key: &'static str,
        value: Option<&T>,
        ground: &Ground,
    ) -> Self {
        match value {
            Some(value) => self.with(key, value, ground),
            None => self,
        }
    }

    /// Written only where it is not what it would be anyway.
    pub(super) fn unless<T: Write + PartialEq>(
        self,
        key: &'static str,
        value: &T,
        usual: &T,
        ground: &Ground,
    ) -> Self {
        self.maybe(key, Some(value).filter(|value| *value != usual), ground)
    }

    pub(super) fn word(self, key: &'static str, word: &str) -> Self {
        self.raw(key, write_text(word))
    }

    pub(super) fn unless_word(self, key: &'static str, word: &str, usual: &str) -> Self {
        if word == usual { self } else { self.word(key, word) }
    }

    /// A value that is written already.
    pub fn raw(mut self, key: &'static str, written: String) -> Self {
        self.fields.push((key, written));
        self
    }

    /// As a file has it: a header and a line for each field.
    pub(super) fn toml(&self) -> String {
        let header = self.path.iter().fold(String::new(), |path, key| below_written(&path, key));
        let lines: Vec<String> =
            self.fields.iter().map(|(key, value)| format!("{key} = {value}\n")).collect();
        format!("\n[{header}]\n{}", lines.concat())
    }
}

/// A key as it must be written to be read again.
pub(super) fn written_key(key: &str) -> String {
    match below("", key) {
        bare if bare == key => bare,
        _ => write_text(key),
    }
}

fn below_written(path: &str, key: &str) -> String {
    if path.is_empty() { written_key(key) } else { format!("{path}.{}", written_key(key)) }
}
