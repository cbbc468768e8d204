//! A page of the back office that is one form.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::desk::Desk;
use super::field::Field;
use crate::error::Result;
use crate::web::Html;

#[derive(Template)]
#[template(path = "admin/form.html")]
pub struct FormPage {
    pub shell: Desk,
    /// Below the heading; empty for nothing.
    pub lead: String,
    /// What is wrong with the whole; empty for nothing.
    pub error: String,
    pub action: String,
    pub hidden: Vec<(&'static str, String)>,
    pub fields: Vec<Field>,
    pub button: String,
    /// Where it came from: address and words.
    pub back: (String, String),
}

impl FormPage {
    fn asks_password(&self) -> bool {
        self.fields.iter().any(Field::is_password)
    }

    /// 422 when something is wrong.
    pub fn answer(self) -> Result<HttpResponse> {
        let is_wrong = !self.error.is_empty() || self.fields.iter().any(|f| !f.error.is_empty());
        let status = if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        Ok(Html::page(&self)?.status(status).personal().into_response())
    }
}
