//! The page before something is removed: what uses it, and what happens to that.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use crate::admin::desk::Desk;
use crate::error::Result;
use crate::web::Html;

#[derive(Template)]
#[template(path = "admin/shelves/removal.html")]
pub(super) struct RemovalPage {
    pub shell: Desk,
    /// The thing's own page: address and name.
    pub back: (String, String),
    pub action: String,
    pub uses: Vec<String>,
    /// What happens, in sentences.
    pub follows: Vec<String>,
    pub can_remove: bool,
    /// Whether she has tried all the same.
    pub is_refused: bool,
}

impl RemovalPage {
    pub fn new(mut shell: Desk, thing: (String, String)) -> Self {
        shell.shell.head.title = shell.with("shelf-removal", "name", &thing.1);
        let action = shell.href(&shell.path).into_owned();
        let (uses, follows) = (Vec::new(), Vec::new());
        Self { shell, back: thing, action, uses, follows, can_remove: true, is_refused: false }
    }

    pub fn answer(self) -> Result<HttpResponse> {
        let status = if self.is_refused { StatusCode::CONFLICT } else { StatusCode::OK };
        Ok(Html::page(&self)?.status(status).personal().into_response())
    }
}
