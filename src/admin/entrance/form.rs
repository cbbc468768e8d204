//! A page at the door: one form, no menu.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use crate::admin::caller::Caller;
use crate::admin::field::Field;
use crate::error::Result;
use crate::web::{Head, Html, Shell};

#[derive(Template)]
#[template(path = "admin/entrance/form.html")]
pub(in crate::admin) struct DoorPage {
    pub shell: Shell,
    pub heading: String,
    /// Below the heading; empty for nothing.
    pub lead: String,
    /// What is wrong with the whole; empty for nothing.
    pub error: String,
    pub action: String,
    pub hidden: Vec<(&'static str, String)>,
    pub fields: Vec<Field>,
    /// Empty where there is nothing to send.
    pub button: String,
    /// Another way: address and words.
    pub link: Option<(String, String)>,
}

impl DoorPage {
    fn asks_password(&self) -> bool {
        self.fields.iter().any(Field::is_password)
    }

    pub fn new(caller: &Caller, heading: &str, action: &str) -> Self {
        let mut shell = caller.visit.shell(Head::private(""));
        shell.head.title = shell.t(heading).to_owned();
        Self {
            heading: shell.head.title.clone(),
            lead: String::new(),
            error: String::new(),
            action: shell.href(action).into_owned(),
            hidden: Vec::new(),
            fields: Vec::new(),
            button: String::new(),
            link: None,
            shell,
        }
    }

    /// 422 when something is wrong.
    pub fn answer(self) -> Result<HttpResponse> {
        let is_wrong = !self.error.is_empty() || self.fields.iter().any(|f| !f.error.is_empty());
        let status = if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        Ok(Html::page(&self)?.status(status).personal().into_response())
    }
}
