//! What the pages of a category, a brand, an attribute and a tag share.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::choices::ChoicesView;
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::field::Field;
use crate::admin::meanwhile::{Fields, seal};
use crate::admin::sent::{Notice, Sent};
use crate::admin::typed::{LanguageView, Typed};
use crate::error::Result;
use crate::staff::{Permission, Rule};
use crate::web::{Form, Html};

#[derive(Template)]
#[template(path = "admin/shelves/edit.html")]
pub(super) struct EditPage {
    pub shell: Desk,
    /// Where it came from: address and words.
    pub back: (String, String),
    pub action: String,
    /// The hidden fields of the form; of what is to be made there are none.
    pub version: Option<i64>,
    pub seen: String,
    pub notice: Notice,
    pub languages: Vec<LanguageView>,
    /// Of the texts in search engines; empty for what has no page there.
    pub handle: Vec<Field>,
    pub fields: Vec<Field>,
    pub ticks: Vec<Tick>,
    pub choices: Option<ChoicesView>,
    /// Where it is seen, what can be added to it, where it is removed: address and words.
    pub links: Vec<(String, String)>,
    pub removal: String,
    pub can_change: bool,
}

/// A box that can be ticked.
pub(super) struct Tick {
    pub name: &'static str,
    pub text: String,
    pub hint: String,
    pub is_on: bool,
}

impl EditPage {
    /// A page with nothing but the frame of its form.
    pub fn new<R: Rule>(
        staff: &Allowed<R>,
        typed: &Typed<'_>,
        (version, stored): (Option<i64>, &Fields),
    ) -> Result<Self> {
        let is_saved = staff.visit().query()?.get("saved").is_some();
        let mut shell = staff.desk("shelves");
        shell.shell.head.title.clone_from(&typed.shell.head.title);
        Ok(Self {
            notice: typed.notice(is_saved, "product-meanwhile"),
            action: shell.href(&shell.path).into_owned(),
            version,
            seen: seal(stored),
            can_change: staff.may(Permission::ChangeProducts),
            back: Default::default(),
            languages: Vec::new(),
            handle: Vec::new(),
            fields: Vec::new(),
            ticks: Vec::new(),
            choices: None,
            links: Vec::new(),
            removal: String::new(),
            shell,
        })
    }

    pub fn answer(&self, typed: &Typed<'_>) -> Result<HttpResponse> {
        Ok(Html::page(self)?
            .status(typed.sent.map_or(StatusCode::OK, Sent::status))
            .personal()
            .into_response())
    }
}

impl Tick {
    pub fn new(shell: &Desk, form: &Form, name: &'static str, keys: [&'static str; 2]) -> Self {
        let [text, hint] = keys.map(|key| shell.t(key).to_owned());
        Self { name, text, hint, is_on: !form.get(name).is_empty() }
    }
}
