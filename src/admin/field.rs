//! The fields of the back office's forms, each with what was typed and what is wrong.

use std::borrow::Cow;

use crate::values::is_unprintable;
use crate::web::{Form, Shell};

/// One field, ready to print.
#[derive(Debug, Default)]
pub struct Field {
    /// Also its id.
    pub name: Cow<'static, str>,
    pub label: String,
    pub kind: &'static str,
    /// What was typed; of a password never.
    pub value: String,
    pub hint: String,
    pub error: String,
    pub autocomplete: &'static str,
    pub inputmode: &'static str,
    /// Of what is typed, where it is not the page's; empty for that.
    pub lang: &'static str,
    pub is_optional: bool,
    /// How many characters it takes, 0 for what has no length; the browser is told, and [`Field::fits`] sees to it.
    pub most: usize,
    /// Of a `select`: value, text, chosen.
    pub choices: Vec<(String, String, bool)>,
}

/// What is wrong with what was typed: the field, and the key of the words.
pub type Mistake = (&'static str, &'static str);

/// What can be chosen: value and text.
pub type Choices = Vec<(String, String)>;

/// The same with what is chosen.
pub fn choose(choices: Choices, chosen: &str) -> Vec<(String, String, bool)> {
    let choose = |(value, text): (String, String)| {
        let is_chosen = value == chosen;
        (value, text, is_chosen)
    };
    choices.into_iter().map(choose).collect()
}

impl Field {
    pub fn text(
        shell: &Shell,
        name: impl Into<Cow<'static, str>>,
        label: &str,
        form: &Form,
    ) -> Self {
        let name = name.into();
        let (label, value) = (shell.t(label).to_owned(), form.get(&name).to_owned());
        Self { name, label, value, kind: "text", autocomplete: "off", most: 100, ..Self::default() }
    }

    pub fn email(shell: &Shell, form: &Form) -> Self {
        let field = Self::text(shell, "email", "admin-email", form);
        Self { kind: "email", autocomplete: "username", most: 254, ..field }
    }

    pub fn is_password(&self) -> bool {
        self.kind == "password"
    }

    pub fn password(shell: &Shell, name: &'static str, label: &'static str) -> Self {
        let label = shell.t(label).to_owned();
        let autocomplete = if name == "password" { "current-password" } else { "new-password" };
        Self {
            name: name.into(),
            label,
            kind: "password",
            autocomplete,
            most: 500,
            ..Self::default()
        }
    }

    /// A code of the second factor, or a recovery code.
    pub fn code(shell: &Shell) -> Self {
        let label = shell.t("admin-code").to_owned();
        let (name, kind, autocomplete) = ("code", "text", "one-time-code");
        Self { name: name.into(), label, kind, autocomplete, most: 40, ..Self::default() }
    }

    pub fn select(
        shell: &Shell,
        (name, label): (&'static str, &'static str),
        choices: Vec<(String, String, bool)>,
    ) -> Self {
        let label = shell.t(label).to_owned();
        Self { name: name.into(), label, kind: "select", choices, ..Self::default() }
    }

    /// Whether what was typed is one line that is not too long.
    pub fn fits(form: &Form, name: &str, most: usize) -> bool {
        let typed = form.get(name);
        typed.chars().count() <= most && !typed.contains(is_unprintable)
    }

    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: hint.into(), ..self }
    }

    /// With the words for a mistake that is about it.
    pub fn with(self, shell: &Shell, mistakes: &[Mistake]) -> Self {
        let own = mistakes.iter().find(|(name, _)| *name == self.name);
        let error = own.map(|(_, key)| shell.t(key).to_owned());
        Self { error: error.unwrap_or_default(), ..self }
    }

    pub fn describedby(&self) -> String {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-h", self.name));
        let error = (!self.error.is_empty()).then(|| format!("{}-e", self.name));
        hint.into_iter().chain(error).collect::<Vec<_>>().join(" ")
    }
}
