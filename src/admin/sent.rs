//! A form that was sent and not saved: shown again with all that was typed, each mistake at its field,
//! and what somebody else has saved meanwhile.

use actix_web::http::StatusCode;

use super::meanwhile::Merged;
use super::reader::Mistakes;
use crate::web::{Form, Shell};

/// What was sent and not saved.
pub struct Sent<'a> {
    pub form: &'a Form,
    pub mistakes: &'a Mistakes,
    /// Where somebody else was faster.
    pub merged: Option<&'a Merged>,
}

/// What stands above the form.
#[derive(Default)]
pub struct Notice {
    pub saved: String,
    pub wrong: String,
    /// What somebody else has changed: in the form already.
    pub taken: Vec<String>,
}

impl Sent<'_> {
    pub fn status(&self) -> StatusCode {
        match self.merged {
            Some(_) => StatusCode::CONFLICT,
            None => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    /// What is wrong with a field, or what somebody else has put there; empty for nothing.
    pub fn error(&self, shell: &Shell, name: &str) -> String {
        let theirs = self.merged.and_then(|merged| merged.theirs.get(name));
        match (self.mistakes.get(name), theirs) {
            (Some(key), _) => shell.t(key).to_owned(),
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
            Some(Sent { merged: None, .. }) => {
                Self { wrong: t("form-not-saved"), ..Self::default() }
            }
            Some(Sent { merged: Some(merged), .. }) => Self {
                wrong: t(meanwhile),
                taken: merged.taken.iter().map(|name| label(name)).collect(),
                ..Self::default()
            },
        }
    }
}
