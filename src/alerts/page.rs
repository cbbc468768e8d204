//! A page of this room: what is so, and at most one button.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, REFERRER_POLICY};
use askama::Template;

use crate::error::Result;
use crate::web::{Head, Html, Shell, Visit};

#[derive(Template)]
#[template(path = "alerts/page.html")]
struct AlertPage {
    shell: Shell,
    lead: String,
    /// Where the button sends, and its words.
    button: Option<(String, String)>,
}

/// What the page is about. Its texts are `alert-NAME-heading` and `-lead`, with a button
/// `alert-NAME-button`.
pub(super) struct Sheet {
    pub name: &'static str,
    pub status: StatusCode,
    /// Where its button sends, without the language.
    pub action: Option<String>,
}

impl Sheet {
    pub fn page(self, visit: &Visit) -> Result<HttpResponse> {
        let Self { name, status, action } = self;
        let mut shell = visit.shell(Head::private(""));
        shell.head.title = shell.t(&format!("alert-{name}-heading")).to_owned();
        let page = AlertPage {
            lead: shell.t(&format!("alert-{name}-lead")).to_owned(),
            button: action.map(|action| {
                let words = shell.t(&format!("alert-{name}-button")).to_owned();
                (shell.href(&action).into_owned(), words)
            }),
            shell,
        };
        let mut answer = Html::page(&page)?.status(status).personal().into_response();
        // Its own address may be a secret.
        answer.headers_mut().insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        Ok(answer)
    }
}
