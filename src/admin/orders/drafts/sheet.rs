//! What the page of a draft shows: what was typed, what is wrong with it, and what was done.

use actix_web::http::StatusCode;

use super::form::{field, filled, is_search};
use crate::admin::desk::Desk;
use crate::admin::orders::addressed::Errors;
use crate::admin::reader::Mistakes;
use crate::checkout::{Proposal, errors};
use crate::drafts::Draft;
use crate::web::Form;

/// What a page shows.
pub(super) struct Sheet<'a> {
    pub draft: Option<&'a Draft>,
    pub form: Form,
    pub mistakes: Mistakes,
    /// What somebody else has changed as well, by field.
    pub theirs: Errors,
    pub status: StatusCode,
    /// The keys of what is said above it; empty for nothing.
    pub done: &'static str,
    pub wrong: &'static str,
    /// Whether what is missing is said: not of a form on which nobody has typed.
    pub is_judged: bool,
    /// What was sent to place it: only where the form is what is kept.
    pub deed: Option<Form>,
}

impl<'a> Sheet<'a> {
    pub fn of(draft: Option<&'a Draft>, form: Form) -> Self {
        Self {
            draft,
            form,
            mistakes: Mistakes::new(),
            theirs: Errors::new(),
            status: StatusCode::OK,
            done: "",
            wrong: "",
            is_judged: true,
            deed: None,
        }
    }

    /// Whoever looks for goods is not told yet what is missing.
    pub fn looked(draft: Option<&'a Draft>, form: Form) -> Self {
        Self { is_judged: !is_search(&form), ..Self::of(draft, form) }
    }

    /// As it is kept.
    pub fn kept(shell: &Desk, draft: &'a Draft) -> Self {
        let form = Form::default().with(filled(shell, draft));
        Self { deed: Some(Form::default()), ..Self::of(Some(draft), form) }
    }

    /// What is said at the fields.
    pub fn errors(&self, shell: &Desk, missing: &Errors) -> Errors {
        let mistakes = self.mistakes.iter();
        let mistakes = mistakes.map(|(name, key)| (name.clone(), shell.t(key).to_owned()));
        missing.clone().into_iter().chain(self.theirs.clone()).chain(mistakes).collect()
    }

    /// The key of what is said above it.
    pub fn wrong(&self) -> &'static str {
        match self.wrong {
            "" if !self.mistakes.is_empty() => "form-not-saved",
            key => key,
        }
    }
}

/// What keeps it from being ordered, by field.
pub(super) fn missing(shell: &Desk, proposal: &Proposal) -> Errors {
    let mut missing = errors(shell, &proposal.missing());
    for item in proposal.items().iter().filter(|item| item.trouble().is_some()) {
        let name = field(item.line.variant);
        missing.insert(name, shell.t("draft-cannot-be-had").to_owned());
    }
    if proposal.items().is_empty() {
        missing.insert("q".to_owned(), shell.t("draft-no-goods").to_owned());
    }
    missing
}
