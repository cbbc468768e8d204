//! The recovery codes, shown once.

use actix_web::HttpResponse;
use askama::Template;

use crate::admin::desk::Desk;
use crate::error::Result;
use crate::staff::RecoveryCodes;
use crate::web::Html;

#[derive(Template)]
#[template(path = "admin/account/codes.html")]
struct CodesPage {
    shell: Desk,
    codes: Vec<String>,
}

pub(super) fn show(shell: Desk, codes: RecoveryCodes) -> Result<HttpResponse> {
    Ok(Html::page(&CodesPage { shell, codes: codes.0 })?.personal().into_response())
}
