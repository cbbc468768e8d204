//! A page that asks one of the questions.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::address;
use super::steps::{StepView, steps};
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::field::Field;
use crate::admin::reader::Mistakes;
use crate::admin::sent::Notice;
use crate::error::Result;
use crate::opening::{Readiness, Step};
use crate::web::Html;

#[derive(Template)]
#[template(path = "admin/start/page.html")]
pub struct QuestionPage {
    pub shell: Desk,
    pub lead: String,
    pub notice: Notice,
    /// What there is already; empty for nothing.
    pub known: String,
    /// None where nothing is to be asked any more.
    pub fields: Vec<Field>,
    /// What the form was made of.
    pub seen: String,
    pub action: String,
    /// Where the next question is.
    pub next: String,
    /// Where more can be said about it: address and words.
    pub more: Option<(String, String)>,
    pub steps: Vec<StepView>,
    pub status: StatusCode,
}

impl QuestionPage {
    pub fn of<R>(staff: &Allowed<R>, step: Step, readiness: &Readiness) -> Self {
        let mut shell = staff.desk("admin-start");
        shell.shell.head.title = shell.t(&format!("step-{}", step.code())).to_owned();
        Self {
            lead: shell.t(&format!("step-lead-{}", step.code())).to_owned(),
            notice: Notice::default(),
            known: String::new(),
            fields: Vec::new(),
            seen: String::new(),
            action: shell.href(&address(Some(step))).into_owned(),
            next: shell.href(&address(step.next())).into_owned(),
            more: more(step)
                .map(|(path, key)| (shell.href(path).into_owned(), shell.t(key).to_owned())),
            steps: steps(&shell, readiness, Some(step)),
            status: StatusCode::OK,
            shell,
        }
    }

    /// Says at each field what is wrong with it.
    pub fn mark(&mut self, mistakes: &Mistakes) {
        if mistakes.is_empty() {
            return;
        }
        for field in &mut self.fields {
            let error = mistakes.get(field.name.as_ref()).map(|key| self.shell.t(key).to_owned());
            field.error = error.unwrap_or_default();
        }
        self.notice.wrong = self.shell.t("form-not-saved").to_owned();
        self.status = StatusCode::UNPROCESSABLE_ENTITY;
    }

    pub fn answer(self) -> Result<HttpResponse> {
        Ok(Html::page(&self)?.status(self.status).personal().into_response())
    }
}

/// The page that knows more of what a question is about than the question.
fn more(step: Step) -> Option<(&'static str, &'static str)> {
    match step {
        Step::Money => Some(("/admin/tax", "start-more-tax")),
        Step::Delivery => Some(("/admin/delivery", "start-more-delivery")),
        Step::Payment => Some(("/admin/payments", "start-more-payments")),
        _ => None,
    }
}
