//! What somebody sees who may not.

use askama::Template;

use super::desk::Desk;
use crate::error::Result;
use crate::web::Html;

#[derive(Template)]
#[template(path = "admin/forbidden.html")]
struct ForbiddenPage {
    shell: Desk,
}

pub(super) fn page(shell: Desk) -> Result<Html> {
    Ok(Html::page(&ForbiddenPage { shell })?
        .status(actix_web::http::StatusCode::FORBIDDEN)
        .personal())
}
