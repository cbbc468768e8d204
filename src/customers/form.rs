//! A page that asks for something about an account: a few fields and one button.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, REFERRER_POLICY};
use askama::Template;

use crate::checkout::{FieldView, Mistake, errors};
use crate::error::Result;
use crate::web::{Form, Head, Html, Link, Shell, Visit};

#[derive(Template)]
#[template(path = "customers/form.html")]
struct FormPage {
    shell: Shell,
    heading: String,
    lead: String,
    mistakes: Vec<(String, String)>,
    action: String,
    fields: Vec<FieldView>,
    hidden: Vec<(&'static str, String)>,
    tick: Option<TickView>,
    button: String,
    links: Vec<Link>,
}

impl FormPage {
    fn asks_password(&self) -> bool {
        self.fields.iter().any(|field| field.kind == "password")
    }
}

/// What a page asks for. Its texts are `account-NAME-heading`, `-lead` and `-button`.
#[derive(Default)]
pub(super) struct Sheet<'a> {
    pub name: &'static str,
    /// The address that its texts speak of, where they do.
    pub about: &'a str,
    /// Where it is sent, without the language.
    pub action: String,
    pub fields: Vec<Field<'a>>,
    pub hidden: Vec<(&'static str, String)>,
    /// What she may want beside it.
    pub tick: Option<Tick>,
    /// Whether its own address must not get out.
    pub is_secret: bool,
    /// Paths with the keys of their words.
    pub links: &'a [(&'a str, &'a str)],
}

/// A field by what it asks for.
pub(super) enum Field<'a> {
    /// As it was typed, or is known.
    Email(&'a str),
    Name(&'a str),
    /// The address that she wants for her account.
    NewEmail(&'a str),
    OrderNumber(&'a str),
    /// The address of an account, to sign in with.
    SignInEmail(&'a str),
    /// The address that she signs in with, where it is not asked for: for password managers.
    Username(&'a str),
    Password,
    NewPassword,
}

impl Sheet<'_> {
    /// The page as it is first seen.
    pub fn blank(self, visit: &Visit) -> Result<HttpResponse> {
        self.page(visit, &[], StatusCode::OK)
    }

    /// The page again, with what is wrong.
    pub fn again(self, visit: &Visit, mistakes: &[Mistake]) -> Result<HttpResponse> {
        self.page(visit, mistakes, StatusCode::UNPROCESSABLE_ENTITY)
    }

    fn page(self, visit: &Visit, mistakes: &[Mistake], status: StatusCode) -> Result<HttpResponse> {
        let name = self.name;
        let mut shell = visit.shell(Head::of_account());
        let heading = shell.t(&format!("account-{name}-heading")).to_owned();
        shell.head.title = match mistakes.is_empty() {
            true => heading.clone(),
            false => shell.with("error-title", "title", &heading),
        };
        let errors = errors(&shell, mistakes);
        let error = |field: &str| errors.get(field).cloned().unwrap_or_default();
        let page = FormPage {
            lead: shell.with(&format!("account-{name}-lead"), "email", self.about),
            button: shell.t(&format!("account-{name}-button")).to_owned(),
            action: shell.href(&self.action).into_owned(),
            fields: self.fields.iter().map(|field| field.view(&shell, error)).collect(),
            hidden: self.hidden,
            tick: self.tick.map(|tick| tick.view(&shell)),
            links: self.links.iter().map(|(path, key)| link(&shell, path, key)).collect(),
            mistakes: errors.clone().into_iter().collect(),
            heading,
            shell,
        };
        let mut answer = Html::page(&page)?.status(status).personal().into_response();
        if self.is_secret {
            answer.headers_mut().insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        }
        Ok(answer)
    }
}

/// A box to tick; its label is `account-NAME`.
pub(super) struct Tick {
    pub name: &'static str,
    pub is_ticked: bool,
}

struct TickView {
    name: &'static str,
    label: String,
    is_ticked: bool,
}

impl Tick {
    fn view(self, shell: &Shell) -> TickView {
        let Self { name, is_ticked } = self;
        TickView { name, label: shell.t(&format!("account-{name}")).to_owned(), is_ticked }
    }
}

impl Field<'_> {
    pub fn view(&self, shell: &Shell, error: impl Fn(&str) -> String) -> FieldView {
        let (name, label, kind, autocomplete, value, most) = match *self {
            Self::Email(value) => ("email", "label-email", "email", "email", value, 254),
            Self::SignInEmail(value) => ("email", "label-email", "email", "username", value, 254),
            Self::NewEmail(value) => ("email", "label-new-email", "email", "email", value, 254),
            Self::OrderNumber(value) => ("number", "label-order-number", "text", "off", value, 30),
            Self::Name(value) => ("name", "label-name", "text", "name", value, 100),
            Self::Username(value) => ("username", "label-email", "email", "username", value, 254),
            // More than is taken, so that nothing that is pasted is cut behind her back.
            Self::Password => {
                ("password", "label-password", "password", "current-password", "", 500)
            }
            Self::NewPassword => {
                ("new_password", "label-new-password", "password", "new-password", "", 500)
            }
        };
        FieldView {
            label: shell.t(label).to_owned(),
            error: error(name),
            hint: match self {
                Self::NewPassword => shell.t("hint-new-password").to_owned(),
                Self::OrderNumber(_) => shell.t("hint-order-number").to_owned(),
                _ => String::new(),
            },
            inputmode: match self {
                Self::OrderNumber(_) => "numeric",
                _ if kind == "email" => "email",
                _ => "",
            },
            is_fixed: matches!(self, Self::Username(_)),
            is_required: true,
            value: value.to_owned(),
            autocomplete: autocomplete.to_owned(),
            name: name.to_owned(),
            kind,
            most,
            ..FieldView::default()
        }
    }
}

fn link(shell: &Shell, path: &str, key: &str) -> Link {
    let href = shell.href(path).into_owned();
    Link { href, text: shell.t(key).to_owned(), is_current: false }
}

/// A password as it was typed: spaces around it are part of it.
pub(super) fn typed<'a>(form: &'a Form, field: &str) -> &'a str {
    form.find(field).unwrap_or_default()
}
