//! The contact form as its page shows it, with what was typed and why it is shown again.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use askama::Template;
use std::collections::BTreeMap;

use super::model::{LONGEST, Topic};
use super::shown;
use crate::checkout::{FieldView, Mistake, errors};
use crate::error::Result;
use crate::web::{Form, Head, Html, Shell, Visit};

#[derive(Template)]
#[template(path = "messages/contact.html")]
struct ContactPage {
    shell: Shell,
    /// Why it is to be sent again although nothing is wrong with it; empty for nothing.
    again: String,
    mistakes: Vec<(String, String)>,
    fields: Vec<FieldView>,
    body: FieldView,
    /// When the form was shown.
    shown: String,
}

/// Why the form is shown once more.
pub(super) enum Again {
    Mistakes(Vec<Mistake>),
    /// The key of what she is told.
    Sooner(&'static str),
    /// In so many seconds.
    Later(u32),
}

impl Again {
    /// What is so although nothing is wrong with what she typed; empty for nothing.
    fn told(&self, shell: &Shell) -> String {
        match self {
            Self::Mistakes(_) => String::new(),
            Self::Sooner(key) => shell.t(key).to_owned(),
            Self::Later(seconds) => {
                shell.count("contact-too-many", i64::from(seconds.div_ceil(60)))
            }
        }
    }
}

/// `again` is nothing when it is first seen.
pub(super) fn page(visit: &Visit, form: &Form, again: Option<Again>) -> Result<HttpResponse> {
    let shell = shell(visit, again.is_some());
    let mistakes = match &again {
        Some(Again::Mistakes(mistakes)) => errors(&shell, mistakes),
        _ => BTreeMap::new(),
    };
    let fields = Fields { shell: &shell, form, errors: &mistakes };
    let page = ContactPage {
        fields: vec![fields.topic(), fields.number(), fields.name(), fields.email()],
        body: fields.body(),
        again: again.as_ref().map(|again| again.told(&shell)).unwrap_or_default(),
        shown: shown::renew(&visit.shop.keys, form.get("shown"), visit.now),
        mistakes: mistakes.into_iter().collect(),
        shell,
    };
    answer(&page, again)
}

fn shell(visit: &Visit, is_again: bool) -> Shell {
    let mut shell = visit.shell(Head { sheet: "account.css", ..Head::default() });
    let heading = shell.t("contact-heading").to_owned();
    shell.head.title = match is_again {
        false => heading,
        true => shell.with("error-title", "title", heading),
    };
    shell.head.description = shell.with("contact-lead", "shop", shell.shop_name());
    shell
}

fn answer(page: &ContactPage, again: Option<Again>) -> Result<HttpResponse> {
    let status = match again {
        None => StatusCode::OK,
        Some(Again::Later(_)) => StatusCode::TOO_MANY_REQUESTS,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let mut answer = Html::page(page)?.status(status).personal().into_response();
    if let Some(Again::Later(seconds)) = again {
        answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(answer)
}

/// Builds the fields of the page.
struct Fields<'a> {
    shell: &'a Shell,
    form: &'a Form,
    errors: &'a BTreeMap<String, String>,
}

impl Fields<'_> {
    fn topic(&self) -> FieldView {
        let chosen = self.form.get("topic");
        let choice =
            |code: &str, key: &str| (code.to_owned(), self.shell.t(key).to_owned(), code == chosen);
        let topics = Topic::ALL.map(Topic::code);
        let topics = topics.iter().map(|code| choice(code, &format!("topic-{code}")));
        let choices = std::iter::once(choice("", "contact-choose")).chain(topics).collect();
        FieldView { choices, is_required: true, ..self.field("topic", "label-topic", 0) }
    }

    fn number(&self) -> FieldView {
        let hint = self.shell.t("hint-order-number").to_owned();
        FieldView { hint, inputmode: "numeric", ..self.field("number", "label-order-number", 30) }
    }

    fn name(&self) -> FieldView {
        FieldView { autocomplete: "name".into(), ..self.field("name", "label-name", 100) }
    }

    fn email(&self) -> FieldView {
        FieldView {
            kind: "email",
            inputmode: "email",
            autocomplete: "email".into(),
            hint: self.shell.t("contact-email-hint").to_owned(),
            is_required: true,
            ..self.field("email", "label-email", 254)
        }
    }

    fn body(&self) -> FieldView {
        FieldView { is_required: true, ..self.field("message", "label-message", LONGEST) }
    }

    fn field(&self, name: &str, label: &str, most: usize) -> FieldView {
        FieldView {
            label: self.shell.t(label).to_owned(),
            value: self.form.get(name).to_owned(),
            error: self.errors.get(name).cloned().unwrap_or_default(),
            name: name.to_owned(),
            kind: "text",
            autocomplete: "off".into(),
            most,
            ..FieldView::default()
        }
    }
}
