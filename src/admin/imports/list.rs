//! `GET /admin/products/imports`: the field for a file, and the files that were brought.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::{LIST, address, state};
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::error::Result;
use crate::exchange::{self, Import};
use crate::staff::{Permission, to};
use crate::web::{Html, dates};

#[derive(Template)]
#[template(path = "admin/imports/list.html")]
struct ImportsPage {
    shell: Desk,
    action: String,
    /// Empty for who may not take all products along.
    export: String,
    /// What is wrong with a file that was sent; empty for nothing.
    wrong: String,
    imports: Vec<ImportView>,
}

struct ImportView {
    name: String,
    href: String,
    badge: (String, &'static str),
    who: String,
    at: String,
}

/// So many of the last files are shown.
const MOST: i64 = 50;

pub async fn show(staff: Allowed<to::ChangeProducts>) -> Result<HttpResponse> {
    page(&staff, "").await
}

/// The page; with what is wrong with a file that was sent.
pub(super) async fn page(staff: &Allowed<to::ChangeProducts>, wrong: &str) -> Result<HttpResponse> {
    let imports = staff.visit().shop.db.read(|conn| exchange::list(conn, MOST)).await?;
    let shell = staff.desk("imports-title");
    let page = ImportsPage {
        action: shell.href(LIST).into_owned(),
        export: match staff.may(Permission::ExportProducts) {
            true => shell.href("/admin/products/export.csv").into_owned(),
            false => String::new(),
        },
        wrong: if wrong.is_empty() { String::new() } else { shell.t(wrong).to_owned() },
        imports: imports.iter().map(|import| view(&shell, import)).collect(),
        shell,
    };
    let status = match wrong {
        "" => StatusCode::OK,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

fn view(shell: &Desk, import: &Import) -> ImportView {
    ImportView {
        name: import.name.clone(),
        href: shell.href(&address(import.id)).into_owned(),
        badge: state(shell, import.state),
        who: import.staff_name.clone(),
        at: dates::instant(shell, import.created_at),
    }
}
