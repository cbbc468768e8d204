//! A form that was sent and not saved: shown again with all that was typed, each mistake at its field,
//! and what somebody else has saved meanwhile.

use actix_web::http::StatusCode;
use std::collections::BTreeMap;

use super::meanwhile::Merged;
use super::reader::Mistakes;
use crate::web::{Form, Shell};

/// What is wrong with what was sent, as it is said.
pub trait Wrong {
    fn is_nothing(&self) -> bool;

    /// What is wrong with a field.
    fn at(&self, shell: &Shell, field: &str) -> Option<String>;

    /// What is about no field.
    fn rest(&self) -> &[String] {
        &[]
    }
}

impl Wrong for Mistakes {
    fn is_nothing(&self) -> bool {
        self.is_empty()
    }

    fn at(&self, shell: &Shell, field: &str) -> Option<String> {
        self.get(field).map(|key| shell.t(key).to_owned())
    }
}

/// Mistakes that name what they are about, in words already.
#[derive(Debug, Default)]
pub struct Told {
    /// By field.
    pub fields: BTreeMap<String, String>,
    /// What is about no field.
    pub rest: Vec<String>,
}

impl Wrong for Told {
    fn is_nothing(&self) -> bool {
        self.fields.is_empty() && self.rest.is_empty()
    }

    fn at(&self, _: &Shell, field: &str) -> Option<String> {
        self.fields.get(field).cloned()
    }

    fn rest(&self) -> &[String] {
        &self.rest
    }
}

/// What was sent and not saved.
pub struct Sent<'a> {
    pub form: &'a Form,
    /// Nothing where it was only tried out.
    pub mistakes: &'a dyn Wrong,
    /// Where somebody else was faster.
    pub merged: Option<&'a Merged>,
}

/// What stands above the form.
#[derive(Default)]
pub struct Notice {
    pub saved: String,
    pub wrong: String,
    /// What is wrong with no field of its own.
    pub problems: Vec<String>,
    /// What somebody else has changed: in the form already.
    pub taken: Vec<String>,
    pub tried: String,
}

impl Sent<'_> {
    pub fn status(&self) -> StatusCode {
        match self.merged {
            Some(_) => StatusCode::CONFLICT,
            None if self.mistakes.is_nothing() => StatusCode::OK,
            None => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    /// What is wrong with a field, or what somebody else has put there; empty for nothing.
    pub fn error(&self, shell: &Shell, name: &str) -> String {
        let theirs = self.merged.and_then(|merged| merged.theirs.get(name));
        match (self.mistakes.at(shell, name), theirs) {
            (Some(words), _) => words,
            (None, Some(theirs)) if theirs.is_empty() => shell.t("form-theirs-empty").to_owned(),
            (None, Some(theirs)) => shell.with("form-theirs", "text", theirs),
            (None, None) => String::new(),
        }
    }
}

impl Notice {
    /// `meanwhile` is the key of what is said when somebody else was faster, `label` what a field is
    /// called.
    pub fn of(
        shell: &Shell,
        (sent, is_saved): (Option<&Sent<'_>>, bool),
        meanwhile: &str,
        label: impl Fn(&str) -> String,
    ) -> Self {
        let t = |key: &str| shell.t(key).to_owned();
        match sent {
            None if is_saved => Self { saved: t("form-saved"), ..Self::default() },
            None => Self::default(),
            Some(Sent { merged: None, mistakes, .. }) if mistakes.is_nothing() => {
                Self { tried: t("example-not-saved"), ..Self::default() }
            }
            Some(Sent { merged: None, mistakes, .. }) => Self {
                wrong: t("form-not-saved"),
                problems: mistakes.rest().to_vec(),
                ..Self::default()
            },
            Some(Sent { merged: Some(merged), .. }) => Self {
                wrong: t(meanwhile),
                taken: merged.taken.iter().map(|name| label(name)).collect(),
                ..Self::default()
            },
        }
    }
}
