//! What somebody typed, made into values or into mistakes, all of them at once.

use std::collections::BTreeMap;

use super::field::Field;
use crate::values::is_unprintable;
use crate::web::Form;

/// What is wrong: the key of the words, by field.
pub type Mistakes = BTreeMap<String, &'static str>;

/// Reads a form field by field, and remembers what is wrong with it.
pub struct Reader<'a> {
    pub form: &'a Form,
    mistakes: Mistakes,
}

impl<'a> Reader<'a> {
    pub fn of(form: &'a Form) -> Self {
        Self { form, mistakes: Mistakes::new() }
    }

    /// What was read, if nothing was wrong.
    pub fn end<T>(self, read: T) -> Result<T, Mistakes> {
        if self.mistakes.is_empty() { Ok(read) } else { Err(self.mistakes) }
    }

    /// What was wrong, for whoever can use a part of it.
    pub fn mistakes(self) -> Mistakes {
        self.mistakes
    }

    pub fn wrong(&mut self, name: &str, key: &'static str) {
        self.mistakes.insert(name.to_owned(), key);
    }

    /// What a field must say.
    pub fn ask<T>(
        &mut self,
        name: &str,
        key: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let read = parse(self.form.get(name));
        if read.is_none() {
            self.wrong(name, key);
        }
        read
    }

    /// What a list may say: nothing, or one of its choices.
    pub fn choice<T>(&mut self, name: &str, find: impl Fn(&str) -> Option<T>) -> Option<T> {
        match self.form.get(name) {
            "" => None,
            _ => self.ask(name, "form-choose", find),
        }
    }

    /// One line of text.
    pub fn line(&mut self, name: &str, most: usize) -> String {
        if !Field::fits(self.form, name, most) {
            self.wrong(name, "admin-too-long");
        }
        self.form.get(name).to_owned()
    }

    /// A text of several lines, with the line ends of a text.
    pub fn lines(&mut self, name: &str, most: usize) -> String {
        let text = self.form.get(name).replace("\r\n", "\n");
        let is_odd = |c: char| is_unprintable(c) && c != '\n' && c != '\t';
        if text.chars().count() > most || text.contains(is_odd) {
            self.wrong(name, "admin-too-long");
        }
        text
    }
}
