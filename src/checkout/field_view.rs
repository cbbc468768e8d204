//! A field of a form as a page shows it, with what was typed and what is wrong.

use std::collections::BTreeMap;

use super::fields::Mistake;
use crate::web::Shell;

/// One field of a form.
#[derive(Debug, Default)]
pub struct FieldView {
    /// Also its id.
    pub name: String,
    pub label: String,
    pub hint: String,
    pub error: String,
    pub value: String,
    pub kind: &'static str,
    pub autocomplete: String,
    /// `numeric`, `tel` or `email`; empty for the usual keyboard.
    pub inputmode: &'static str,
    pub has_capitals: bool,
    pub most: usize,
    pub is_required: bool,
    /// Shown, but not to be changed.
    pub is_fixed: bool,
    pub is_half: bool,
    /// Of a `select`: value, text, chosen.
    pub choices: Vec<(String, String, bool)>,
}

impl FieldView {
    /// A `select` may only be required when its first choice is none (HTML, the select element).
    pub fn can_be_missing(&self) -> bool {
        self.is_required && self.choices.first().is_none_or(|(value, _, _)| value.is_empty())
    }

    pub fn describedby(&self) -> String {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-h", self.name));
        let error = (!self.error.is_empty()).then(|| format!("{}-e", self.name));
        hint.into_iter().chain(error).collect::<Vec<_>>().join(" ")
    }
}

/// The first mistake of each field, in words.
pub fn errors(shell: &Shell, mistakes: &[Mistake]) -> BTreeMap<String, String> {
    let mut errors = BTreeMap::new();
    for mistake in mistakes {
        errors.entry(mistake.field.clone()).or_insert_with(|| in_words(shell, mistake));
    }
    errors
}

pub(super) fn in_words(shell: &Shell, mistake: &Mistake) -> String {
    let most = i64::try_from(mistake.most).unwrap_or(i64::MAX);
    let arguments = [("example", mistake.example.into()), ("most", most.into())];
    shell.texts().with(&mistake.key, &arguments)
}
